package dev.patchbay.plan;

import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.BindMicrosoft365;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ordered calls for one entry.
 *
 * @param own what the request asked for
 * @param leftOver what an earlier wish left to do: after the request's own, each in a call of its
 *     own, so that its refusal is not this request's
 * @param awaiting what it leaves out because another entry has it yet
 */
public record ProvisioningPlan(List<PbxCall> own, List<PbxCall> leftOver, Awaiting awaiting) {
  /** How it stands about a Microsoft 365 id that another user still has. */
  public enum Awaiting {
    NOTHING,
    /** It is bound as soon as the other one gave it up. */
    AN_ID,
    /** It was waited for long enough. */
    IN_VAIN
  }

  public static final ProvisioningPlan NOTHING = new ProvisioningPlan(List.of(), List.of());

  public ProvisioningPlan {
    own = List.copyOf(own);
    leftOver = List.copyOf(leftOver);
  }

  public ProvisioningPlan(List<PbxCall> own, List<PbxCall> leftOver) {
    this(own, leftOver, Awaiting.NOTHING);
  }

  /** The same without binding anybody to the id that another user has. */
  public ProvisioningPlan withoutBinding(Awaiting why) {
    return new ProvisioningPlan(withoutBinding(own), withoutBinding(leftOver), why);
  }

  private static List<PbxCall> withoutBinding(List<PbxCall> calls) {
    return calls.stream().flatMap(ProvisioningPlan::unbound).toList();
  }

  /** What an earlier binding of ours may have left goes all the same: somebody may wait for it. */
  private static Stream<PbxCall> unbound(PbxCall call) {
    if (!(call instanceof BindMicrosoft365(var ref, var id, var attempt))) {
      return Stream.of(call);
    }
    return switch (attempt) {
      case FIRST -> Stream.empty();
      case AGAIN -> Stream.of(new PbxCall.UnbindMicrosoft365(ref));
    };
  }

  public boolean binds() {
    return calls().stream().anyMatch(BindMicrosoft365.class::isInstance);
  }

  public List<PbxCall> calls() {
    return Stream.concat(own.stream(), leftOver.stream()).toList();
  }

  public boolean isEmpty() {
    return own.isEmpty() && leftOver.isEmpty();
  }
}
