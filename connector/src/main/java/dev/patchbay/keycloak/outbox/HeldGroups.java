package dev.patchbay.keycloak.outbox;

import java.util.Map;
import java.util.Set;

/**
 * The groups that a target holds a user in.
 *
 * @param groups ids, each with whether that is known, or may be since a request was not answered
 */
public record HeldGroups(Map<String, Certainty> groups) {
  public static final HeldGroups NONE = new HeldGroups(Map.of());

  /** How well a membership is known. */
  public enum Certainty {
    SURE,
    MAYBE
  }

  public HeldGroups {
    groups = Map.copyOf(groups);
  }

  /** Groups that the user is in, or may be. */
  public Set<String> all() {
    return groups.keySet();
  }

  public boolean surely(String group) {
    return groups.get(group) == Certainty.SURE;
  }

  /** Whether the user is known to be in these groups and in no other. */
  public boolean exactly(Set<String> wanted) {
    return groups.keySet().equals(wanted) && !groups.containsValue(Certainty.MAYBE);
  }
}
