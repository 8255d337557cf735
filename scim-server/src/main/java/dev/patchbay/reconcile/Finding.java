package dev.patchbay.reconcile;

import dev.patchbay.provisioning.Inspected.Repair;
import java.util.Comparator;
import java.util.Optional;

/**
 * One thing that is not as it should be.
 *
 * @param subject what it is about
 * @param alarming whether somebody whom the directory has put out can still work
 */
public record Finding(Subject subject, Drift drift, boolean alarming, Outcome outcome) {

  /** Whom to look at first. */
  static final Comparator<Finding> FIRST =
      Comparator.comparing((Finding it) -> !it.alarming())
          .thenComparingInt(Finding::rank)
          .thenComparing(it -> it.subject().type().equals("member"))
          .thenComparing(it -> it.subject().name());

  /**
   * What a finding is about.
   *
   * @param type {@code user}, {@code group} or {@code member}
   * @param entry the SCIM resource's id: for a member, the user's
   * @param group the group's SCIM id, for a member
   * @param pbx what the PBX calls it
   * @param name for people
   */
  public record Subject(
      String type,
      Optional<String> entry,
      Optional<String> group,
      Optional<String> pbx,
      String name) {}

  /** What was done about it. */
  public sealed interface Outcome {
    /** Nothing: the policy does not ask for it. */
    record Reported() implements Outcome {}

    /** Nothing until an operator releases the brake. */
    record Held() implements Outcome {}

    /** Nothing: it must not be touched, or cannot be changed. */
    record Left(String reason) implements Outcome {}

    record Repaired() implements Outcome {}

    /** Begun; the journal goes on. */
    record Pending(String reason) implements Outcome {}
  }

  static Outcome outcome(Repair repair) {
    return switch (repair) {
      case Repair.None none -> new Outcome.Reported();
      case Repair.Done done -> new Outcome.Repaired();
      case Repair.Pending pending -> new Outcome.Pending(pending.reason());
    };
  }

  private int rank() {
    return switch (drift) {
      case Drift.Missing missing -> 1;
      case Drift.Different different -> 2;
      case Drift.Unexpected(Drift.Origin origin) ->
          switch (origin) {
            case OURS -> 0;
            case STRANGER -> 3;
            case PBX -> 4;
          };
    };
  }
}
