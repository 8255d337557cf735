package dev.patchbay.plan;

import dev.patchbay.pbx.api.PbxCall;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ordered calls for one entry.
 *
 * @param own what the request asked for
 * @param leftOver what an earlier wish left to do: after the request's own, each in a call of its
 *     own, so that its refusal is not this request's
 */
public record ProvisioningPlan(List<PbxCall> own, List<PbxCall> leftOver) {
  public static final ProvisioningPlan NOTHING = new ProvisioningPlan(List.of(), List.of());

  public ProvisioningPlan {
    own = List.copyOf(own);
    leftOver = List.copyOf(leftOver);
  }

  public List<PbxCall> calls() {
    return Stream.concat(own.stream(), leftOver.stream()).toList();
  }

  public boolean isEmpty() {
    return own.isEmpty() && leftOver.isEmpty();
  }
}
