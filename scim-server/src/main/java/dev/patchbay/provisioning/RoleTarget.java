package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Reservation;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.plan.Planner;
import dev.patchbay.plan.ProvisioningPlan;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import java.util.Optional;
import java.util.TreeSet;

/** What the PBX should hold for a role resource, and what a role of the PBX is as a resource. */
final class RoleTarget implements NamedTarget {
  private static final ResourceType TYPE = ResourceTypes.role(true);

  private final Tenant tenant;
  private final Planner planner;
  private final RoleRules rules;

  RoleTarget(Tenant tenant, Planner planner) {
    this.tenant = tenant;
    this.planner = planner;
    this.rules =
        new RoleRules(tenant.mapping().roles().settings(), tenant.adapter().capabilities());
  }

  /** Refuses every write where the PBX has no calls for one. */
  void checkOffered() {
    rules.checkOffered();
  }

  /** A role of the PBX as a resource: {@code before} with what the PBX has of it. */
  ObjectNode resource(ObjectNode before, Found<PbxRole> found) {
    var resource = before.deepCopy();
    var role = found.value();
    resource.put("displayName", role.name());
    role.description()
        .ifPresentOrElse(
            text -> resource.put("description", text), () -> resource.remove("description"));
    var extension = resource.withObjectProperty(ResourceTypes.PBX_ROLE);
    extension.remove("permissions");
    if (!role.permissions().isEmpty()) {
      var permissions = extension.putArray("permissions");
      new TreeSet<>(role.permissions()).forEach(it -> permissions.addObject().put("value", it));
    }
    extension.put("builtIn", found.managedByPbx());
    extension.put("assignable", rules.assignable(role.name()));
    TYPE.declareSchemas(resource);
    return resource;
  }

  /** A new role as it is stored: with what no request says of it. */
  ObjectNode completed(ObjectNode resource) {
    var role = of(resource);
    check(resource);
    return resource(resource, new Found<>(new PbxRef(role.name()), role, Optional.empty(), false));
  }

  private static PbxRole of(ObjectNode resource) {
    var permissions = new TreeSet<String>();
    for (JsonNode element : resource.path(ResourceTypes.PBX_ROLE).path("permissions")) {
      permissions.add(element.path("value").asText());
    }
    return new PbxRole(
        resource.path("displayName").asText(),
        Optional.of(resource.path("description").asText("")),
        permissions);
  }

  @Override
  public EntryType type() {
    return EntryType.ROLE;
  }

  @Override
  public ProvisioningPlan plan(Applied applied, Optional<ObjectNode> wish) {
    return planner.role(applied, wish.map(RoleTarget::of));
  }

  @Override
  public boolean onPbx(ObjectNode resource) {
    return true;
  }

  @Override
  public boolean makes(ObjectNode resource) {
    return true;
  }

  @Override
  public Reservation name(ObjectNode resource) {
    return new Reservation(Reservation.Kind.ROLE_NAME, resource.path("displayName").asText());
  }

  @Override
  public void check(ObjectNode resource) {
    rules.checkNew(of(resource));
  }

  @Override
  public void checkChange(ObjectNode base, ObjectNode wish) {
    var before = of(base);
    var after = of(wish);
    if (!before.equals(after)) {
      RoleRules.checkOwn(builtIn(base));
      rules.checkChange(before, after);
    }
  }

  /** A look at the PBX: of a create without an answer it could not be told later who made it. */
  @Override
  public void checkAbsent(ObjectNode resource) {
    var name = resource.path("displayName").asText();
    if (tenant.adapter().roles().stream()
        .anyMatch(it -> it.value().name().equalsIgnoreCase(name))) {
      throw RoleRules.taken(name);
    }
  }

  @Override
  public void checkDelete(Entry entry) {
    RoleRules.checkOwn(builtIn(entry.resource()));
    var name = entry.resource().path("displayName").asText();
    var users =
        tenant
            .database()
            .read(handle -> EntryStore.holding(handle, tenant.name(), PbxField.ROLE, name));
    RoleRules.checkUnused(name, users.size());
  }

  private static boolean builtIn(ObjectNode resource) {
    return resource.path(ResourceTypes.PBX_ROLE).path("builtIn").asBoolean();
  }

  /** The PBX keeps a role that users have, also such as we do not know. */
  @Override
  public boolean deletionStands() {
    return false;
  }

  @Override
  public Optional<Applied> read(PbxRef ref) {
    return tenant.adapter().role(ref).map(RoleTarget::applied);
  }

  /** There was none of that name just before, so one that is as we asked is ours. */
  @Override
  public Optional<Applied> made(ObjectNode resource) {
    var wanted = of(resource);
    return tenant.adapter().roles().stream()
        .filter(it -> it.value().name().equals(wanted.name()))
        .flatMap(it -> tenant.adapter().role(it.ref()).stream())
        .filter(it -> !it.managedByPbx() && it.value().equals(wanted))
        .map(RoleTarget::applied)
        .findFirst();
  }

  static Applied applied(Found<PbxRole> role) {
    return Applied.present(role.ref(), role.value().fields());
  }
}
