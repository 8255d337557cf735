package dev.patchbay.schema;

/** What becomes of the parts of a request that can never be done. */
public enum Impossible {
  /** The whole request is refused for them. */
  REFUSED,
  /** They are left out, so that the rest can be told: who leaves has to go all the same. */
  LEFT_OUT;

  /** Says so to the sender, or leaves it out. */
  public void found(Refusal refusal) {
    if (this == REFUSED) {
      throw refusal;
    }
  }

  /** Makes a change that the schema may not allow. */
  public void change(Runnable change) {
    try {
      change.run();
    } catch (Refusal refusal) {
      if (refusal.kind() != Refusal.Kind.MUTABILITY) {
        throw refusal;
      }
      found(refusal);
    }
  }
}
