package dev.patchbay.reconcile;

/** What a comparison does about what it finds. */
public enum RepairPolicy {
  /** Nothing: it only tells. */
  REPORT,
  /** Sets right what is missing or different on the PBX. */
  UPSERT,
  /** As {@link #UPSERT}, and takes away what the bridge made itself and nobody wants any more. */
  SYNC;

  boolean upserts() {
    return this != REPORT;
  }

  boolean removes() {
    return this == SYNC;
  }
}
