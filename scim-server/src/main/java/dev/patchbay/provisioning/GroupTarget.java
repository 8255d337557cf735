package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Reservation;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.plan.Planner;
import dev.patchbay.plan.ProvisioningPlan;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.util.Optional;
import java.util.function.Predicate;

/** What the PBX should hold for a group resource. */
final class GroupTarget implements NamedTarget {
  /** Membership is the PBX's user group of the same name. */
  private static final String USER_GROUP = "userGroup";

  /** Membership is kept here and means nothing to the PBX. */
  private static final String BRIDGE = "bridge";

  private final PbxAdapter adapter;
  private final Planner planner;

  GroupTarget(PbxAdapter adapter, Planner planner) {
    this.adapter = adapter;
    this.planner = planner;
  }

  @Override
  public EntryType type() {
    return EntryType.GROUP;
  }

  @Override
  public ProvisioningPlan plan(Applied applied, Optional<ObjectNode> wish) {
    return planner.group(applied, wish.flatMap(this::of));
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

  @Override
  public boolean onPbx(ObjectNode resource) {
    return !kind(resource).equals(BRIDGE);
  }

  @Override
  public Reservation name(ObjectNode resource) {
    return new Reservation(Reservation.Kind.GROUP_NAME, resource.path("displayName").asText());
  }

  /** Refuses what the PBX cannot hold, naming the attribute. */
  @Override
  public void check(ObjectNode resource) {
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

  /** A group cannot become another kind, which would leave it on the PBX. */
  @Override
  public void checkChange(ObjectNode base, ObjectNode wish) {
    if (!kind(base).equals(kind(wish))) {
      throw new Refusal(Refusal.Kind.MUTABILITY, "kind is fixed once the group is made");
    }
    check(wish);
  }

  /** The PBX says so itself when it is asked to make it. */
  @Override
  public void checkAbsent(ObjectNode resource) {}

  @Override
  public void checkDelete(Entry entry) {}

  @Override
  public boolean deletionStands() {
    return true;
  }

  @Override
  public Optional<Applied> read(PbxRef ref) {
    return adapter.group(ref).map(GroupTarget::applied);
  }

  /**
   * PortSIP does not say when a group was made, so one of our name after an unanswered create is
   * taken to be ours if nobody is in it: members come later, and a stranger's would have refused
   * the create. The PBX looks names up in any case; ours is as we wrote it.
   */
  @Override
  public Optional<Applied> made(ObjectNode resource) {
    return adapter
        .groupNamed(resource.path("displayName").asText())
        .filter(group -> of(resource).map(PbxGroup::name).equals(Optional.of(group.value().name())))
        .filter(group -> adapter.members(group.ref()).isEmpty())
        .map(GroupTarget::applied);
  }

  private static Applied applied(Found<PbxGroup> group) {
    return Applied.present(group.ref(), group.value().fields());
  }

  /** Where the PBX has no groups, every one is the bridge's. */
  private String kind(ObjectNode resource) {
    return adapter.capabilities().groups()
        ? resource.path(ResourceTypes.PBX_GROUP).path("kind").asText(USER_GROUP)
        : BRIDGE;
  }
}
