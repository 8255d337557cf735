package dev.patchbay.provisioning;

/**
 * What a look at one object found, and what came of it.
 *
 * @param <S> what was seen
 */
public record Inspected<S>(S seen, Repair repair) {

  /** What was done about it. */
  public sealed interface Repair {
    /** Nothing was to be done. */
    record None() implements Repair {}

    /** The PBX is as the directory wants it. */
    record Done() implements Repair {}

    /** Begun, and gone on with by the journal. */
    record Pending(String reason) implements Repair {}
  }
}
