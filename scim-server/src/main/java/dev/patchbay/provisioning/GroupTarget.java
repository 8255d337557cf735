package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Reservation;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.util.Optional;
import java.util.function.Predicate;

/** What the PBX should hold for a group resource. */
final class GroupTarget {
  /** Membership is the PBX's user group of the same name. */
  private static final String USER_GROUP = "userGroup";

  /** Membership is kept here and means nothing to the PBX. */
  private static final String BRIDGE = "bridge";

  private final PbxAdapter adapter;

  GroupTarget(PbxAdapter adapter) {
    this.adapter = adapter;
  }

  /** The PBX group; empty for a group the PBX has no part in. */
  Optional<PbxGroup> of(ObjectNode resource) {
    if (kind(resource).equals(BRIDGE)) {
      return Optional.empty();
    }
    var description =
        Optional.of(resource.path(ResourceTypes.PBX_GROUP).path("description").asText(""))
            .filter(Predicate.not(String::isBlank));
    return Optional.of(
        adapter.canonical(new PbxGroup(resource.path("displayName").asText(), description)));
  }

  boolean bridgeOnly(GroupRun run) {
    return kind(run.wish().orElse(run.entry().resource())).equals(BRIDGE);
  }

  Reservation name(ObjectNode resource) {
    return new Reservation(Reservation.Kind.GROUP_NAME, resource.path("displayName").asText());
  }

  /** Refuses what the PBX cannot hold, naming the attribute. */
  void check(ObjectNode resource) {
    var kind = kind(resource);
    if (!kind.equals(USER_GROUP) && !kind.equals(BRIDGE)) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE,
          "kind must be " + USER_GROUP + " or " + BRIDGE + ", was " + Refusal.quoted(kind));
    }
    of(resource)
        .ifPresent(
            group -> {
              check("displayName", group.name(), PbxField.NAME);
              group
                  .description()
                  .ifPresent(text -> check("description", text, PbxField.DESCRIPTION));
            });
  }

  private void check(String attribute, String value, PbxField field) {
    // A user name and a group name have the same limit on every PBX we speak to.
    var limit = adapter.capabilities().maxLength().getOrDefault(field, Integer.MAX_VALUE);
    if (value.length() > limit) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE,
          attribute + " is longer than the " + limit + " characters the pbx takes");
    }
  }

  /** As {@link #check}; a group cannot become another kind, which would leave it on the PBX. */
  void checkChange(ObjectNode base, ObjectNode wish) {
    if (!kind(base).equals(kind(wish))) {
      throw new Refusal(Refusal.Kind.MUTABILITY, "kind is fixed once the group is made");
    }
    check(wish);
  }

  private static String kind(ObjectNode resource) {
    return resource.path(ResourceTypes.PBX_GROUP).path("kind").asText(USER_GROUP);
  }
}
