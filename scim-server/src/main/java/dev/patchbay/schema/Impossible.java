package dev.patchbay.schema;

/** What becomes of the parts of a request that the PBX of the tenant can never do. */
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
}
