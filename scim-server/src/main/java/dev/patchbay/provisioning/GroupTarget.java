package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Reservation;
import dev.patchbay.mapping.Granted;
import dev.patchbay.mapping.GroupCallerIds;
import dev.patchbay.mapping.GroupKind;
import dev.patchbay.mapping.GroupSettings;
import dev.patchbay.mapping.ServedTypes;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxService;
import dev.patchbay.plan.Planner;
import dev.patchbay.plan.ProvisioningPlan;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the PBX should hold for a group resource. */
final class GroupTarget implements NamedTarget {
  private static final String KIND = "kind";
  private static final String TARGET = "target";

  private final PbxAdapter adapter;
  private final Planner planner;
  private final GroupSettings settings;
  private final List<String> offered;
  private final ResourceType type;
  private final Gifts gifts;

  GroupTarget(PbxAdapter adapter, Planner planner, GroupSettings settings, Gifts gifts) {
    this.gifts = gifts;
    this.adapter = adapter;
    this.planner = planner;
    this.settings = settings;
    this.offered = GroupKind.offered(adapter.capabilities());
    this.type = ServedTypes.of(adapter.capabilities()).groups();
  }

  @Override
  public EntryType type() {
    return EntryType.GROUP;
  }

  @Override
  public ProvisioningPlan plan(Applied applied, Optional<ObjectNode> wish) {
    return !MemberCalls.outlives(applied.ref()) && wish.map(this::makes).orElse(true)
        ? planner.group(applied, wish.flatMap(this::of))
        : ProvisioningPlan.NOTHING; // a service is neither made nor changed
  }

  /** The PBX group; empty for a group that is none of the PBX's user groups. */
  Optional<PbxGroup> of(ObjectNode resource) {
    if (!makes(resource)) {
      return Optional.empty();
    }
    var description =
        Optional.of(resource.path(ResourceTypes.PBX_GROUP).path("description").asText(""))
            .filter(Predicate.not(String::isBlank));
    return Optional.of(
        adapter.canonical(
            new PbxGroup(
                resource.path("displayName").asText(), description, GroupCallerIds.of(resource))));
  }

  @Override
  public boolean onPbx(ObjectNode resource) {
    return switch (kind(resource)) {
      case GroupKind.UserGroup group -> true;
      case GroupKind.OfService service -> true;
      case GroupKind.Gives gives -> true;
      case GroupKind.OfCompany company -> false;
      case GroupKind.Bridge bridge -> false;
    };
  }

  @Override
  public boolean makes(ObjectNode resource) {
    return kind(resource) instanceof GroupKind.UserGroup;
  }

  /** Two groups of one service would undo each other's changes. */
  @Override
  public Set<Reservation> names(ObjectNode resource, Applied applied) {
    var names = new HashSet<Reservation>();
    names.add(name(resource));
    applied
        .ref()
        .filter(ref -> PbxService.of(ref).isPresent())
        .ifPresent(ref -> names.add(new Reservation(Reservation.Kind.SERVICE, ref.id())));
    return names;
  }

  /** What a request says itself counts, not what a rule says. */
  @Override
  public ObjectNode chosen(ObjectNode resource) {
    var choice = settings.choose(resource);
    if (choice.isEmpty() || resource.path(ResourceTypes.PBX_GROUP).has(KIND)) {
      return resource;
    }
    var chosen = resource.deepCopy();
    var extension = chosen.withObjectProperty(ResourceTypes.PBX_GROUP);
    extension.put(KIND, choice.get().kind());
    choice.get().target().ifPresent(target -> extension.put(TARGET, target));
    type.declareSchemas(chosen);
    return chosen;
  }

  @Override
  public Optional<Applied> attached(ObjectNode resource) {
    var target = text(resource, TARGET);
    return switch (kind(resource)) {
      case GroupKind.OfService(PbxService service) -> service(service, target);
      case GroupKind.Gives(Granted what) -> Optional.of(gifts.standing(what, target));
      case GroupKind.UserGroup group -> Optional.empty();
      case GroupKind.OfCompany company -> Optional.empty();
      case GroupKind.Bridge bridge -> Optional.empty();
    };
  }

  private Optional<Applied> service(PbxService service, String target) {
    var found = adapter.services(service, target);
    if (found.isEmpty()) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE,
          "target: the pbx has no " + service.word() + " " + Refusal.quoted(target));
    }
    if (found.size() > 1) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE,
          "target: "
              + Refusal.quoted(target)
              + " is ambiguous, the pbx has several of kind "
              + service.word()
              + " called so: give the id of one");
    }
    return Optional.of(Applied.present(found.getFirst(), Map.of()));
  }

  @Override
  public Reservation name(ObjectNode resource) {
    return new Reservation(Reservation.Kind.GROUP_NAME, resource.path("displayName").asText());
  }

  /** Refuses what the PBX cannot hold, naming the attribute. */
  @Override
  public void check(ObjectNode resource) {
    checkKind(resource);
    of(resource)
        .ifPresent(
            group -> {
              check("displayName", group.name(), PbxField.NAME);
              group
                  .description()
                  .ifPresent(text -> check("description", text, PbxField.DESCRIPTION));
            });
  }

  private void checkKind(ObjectNode resource) {
    var kind = text(resource, KIND);
    if (!kind.isEmpty() && !offered.contains(kind)) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE, "kind must be one of " + String.join(", ", offered));
    }
    boolean needsTarget = GroupKind.needsTarget(kind);
    if (needsTarget == text(resource, TARGET).isBlank()) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE,
          needsTarget
              ? "target is needed for kind " + kind + ": what the group stands for"
              : "target means nothing without a kind that has one");
    }
    if (!makes(resource) && GroupCallerIds.of(resource).isPresent()) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE,
          "outboundCallerIds are of groups of kind userGroup alone: the pbx shows them for those");
    }
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
    if (!text(base, TARGET).equals(text(wish, TARGET))) {
      throw new Refusal(Refusal.Kind.MUTABILITY, "target is fixed once the group is made");
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

  /** Where the PBX has no groups, those that say nothing are the bridge's. */
  private GroupKind kind(ObjectNode resource) {
    var word = text(resource, KIND);
    return GroupKind.named(offered.contains(word) ? word : offered.getFirst());
  }

  private static String text(ObjectNode resource, String attribute) {
    return resource.path(ResourceTypes.PBX_GROUP).path(attribute).asText("");
  }
}
