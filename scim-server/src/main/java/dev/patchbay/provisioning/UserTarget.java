package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.Reservation;
import dev.patchbay.mapping.AttributeMapping;
import dev.patchbay.mapping.KnownRoles;
import dev.patchbay.mapping.Mapping;
import dev.patchbay.mapping.Offboarding;
import dev.patchbay.mapping.PartValues;
import dev.patchbay.mapping.RoleMapping;
import dev.patchbay.mapping.ScimUser;
import dev.patchbay.mapping.UserNaming;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the PBX should hold for a user resource, and which names and numbers that takes. */
final class UserTarget {
  private final PbxAdapter adapter;
  private final RoleMirror mirror;
  private final AttributeMapping attributes;
  private final RoleMapping roles;
  private final UserNaming naming;
  private final Offboarding offboarding;
  private final Offered offered;

  /**
   * @param targets what further phone systems of the tenant can do
   */
  UserTarget(
      Mapping mapping,
      ProvisioningPolicy policy,
      PbxAdapter adapter,
      RoleMirror mirror,
      List<PbxCapabilities> targets) {
    this.adapter = adapter;
    this.mirror = mirror;
    this.attributes = mapping.attributes();
    this.roles = mapping.roles();
    this.naming = mapping.naming();
    this.offboarding = mapping.offboarding();
    this.offered =
        new Offered(
            adapter.capabilities(),
            Offered.Elsewhere.of(targets),
            attributes,
            roles,
            policy.unsupported());
  }

  static String pbxName(ObjectNode resource) {
    return resource.path(ResourceTypes.PBX_USER).path("pbxUserName").asText();
  }

  /** Empty text where users of the PBX have no numbers. */
  static String extension(ObjectNode resource) {
    return resource.path(ResourceTypes.PBX_USER).path("extensionNumber").asText();
  }

  /** Whether such a user has a number of its own on the PBX. */
  boolean hasNumber(ObjectNode resource) {
    return adapter.capabilities().holds(PbxField.EXTENSION)
        && adapter
            .rolesWithNumbers()
            .map(roles -> roles.contains(role(resource, Applied.NOTHING)))
            .orElse(true);
  }

  /** The PBX user for {@code resource}, which already has its PBX name and extension. */
  PbxUser of(ObjectNode resource, Applied applied) {
    return adapter.canonical(
        attributes.toPbx(
            resource, pbxName(resource), extension(resource), role(resource, applied)));
  }

  /** What of an inactive user is not on the PBX since it does not fit there. */
  Optional<String> unfit(ObjectNode resource, Applied applied) {
    try {
      of(resource, applied);
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(refusal.detail());
    }
  }

  /** Of a value that does not fit, what the PBX has. */
  private PbxUser whatFits(ObjectNode resource, Applied applied) {
    return adapter.canonical(
        attributes.whatFits(
            resource,
            pbxName(resource),
            extension(resource),
            role(resource, applied),
            applied.fields()));
  }

  /**
   * As {@link #of}; of a leaver with a value that does not fit, all the others: what is wrong with
   * one must not keep a person in, nor with his rights.
   */
  private PbxUser ofAny(ObjectNode resource, Applied applied) {
    try {
      return of(resource, applied);
    } catch (Refusal refusal) {
      if (resource.path("active").asBoolean(true) || applied.ref().isEmpty()) {
        throw refusal;
      }
      return whatFits(resource, applied);
    }
  }

  /** As {@link #of}; empty when the PBX lost the user and nobody wants it to work again. */
  Optional<PbxUser> wanted(ObjectNode resource, Applied applied) {
    var user = ofAny(resource, applied);
    boolean restsGone =
        applied.ref().isEmpty() && !user.enabled() && Report.orphaned(EntryType.USER, resource);
    return restsGone ? Optional.empty() : Optional.of(user);
  }

  /**
   * The fields a request is about: those it moves, and those it names. An identity provider that
   * repeats what was refused asks for it again.
   */
  Set<PbxField> asked(ObjectNode base, ObjectNode wish, Applied applied, Predicate<String> names) {
    var asked = moved(base, wish, applied);
    asked.addAll(named(names));
    return asked;
  }

  /** The fields whose attributes are named. */
  Set<PbxField> named(Predicate<String> names) {
    var named = EnumSet.noneOf(PbxField.class);
    for (PbxField field : PbxField.values()) {
      if (attributes.comesFrom(field, names)) {
        named.add(field);
      }
    }
    return named;
  }

  /** The fields in which the two resources want different things of the PBX. */
  Set<PbxField> moved(ObjectNode base, ObjectNode wish, Applied applied) {
    var before = whatFits(base, applied);
    var after = ofAny(wish, applied);
    var moved = EnumSet.noneOf(PbxField.class);
    for (PbxField field : PbxField.values()) {
      if (!before.get(field).equals(after.get(field))) {
        moved.add(field);
      }
    }
    return moved;
  }

  /** The fields that the PBX is not known to hold as {@code resource} wants them. */
  Set<PbxField> unheld(ObjectNode resource, Applied applied) {
    PbxUser user;
    try {
      user = ofAny(resource, applied);
    } catch (Refusal unmapped) {
      return EnumSet.allOf(PbxField.class);
    }
    var unheld = EnumSet.noneOf(PbxField.class);
    for (PbxField field : PbxField.values()) {
      if (!applied.holds(field, user.get(field))) {
        unheld.add(field);
      }
    }
    return unheld;
  }

  /** Refuses a new user whose role must not be given, or that the PBX cannot make so. */
  void checkNew(ObjectNode wish) {
    roles.check(Optional.empty(), wish, known(wish).orElseGet(() -> stored(wish)));
    offered.checkCreate(wish);
  }

  /**
   * Refuses a wish that adds a role which must not be given, or that nobody knows; that renames
   * where the settings forbid it; or that the PBX has no call for.
   */
  void checkChange(ObjectNode base, ObjectNode wish) {
    roles.check(Optional.of(base), wish, known(wish).orElseGet(() -> stored(wish)));
    naming.checkChange(base, wish);
    offered.checkChange(base, wish, stored(base, wish));
  }

  /** Whether the PBX can take somebody out for good, as the policy says. */
  boolean deletes(DeletePolicy policy) {
    return offered.deletes(policy);
  }

  /** {@code base} with only the part of {@code wish} that takes away. */
  ObjectNode offBoardingPart(ObjectNode base, ObjectNode wish) {
    return offboarding.part(base, wish, stored(base, wish));
  }

  /** {@code wish} with what stands behind the refused fields as {@code base} has it. */
  ObjectNode putBack(ObjectNode base, ObjectNode wish, Set<PbxField> refused) {
    var kept = attributes.putBack(base, wish, refused);
    naming.putBack(base, wish, kept, refused.contains(PbxField.NAME));
    return kept;
  }

  /** The names and numbers {@code resource} needs for itself. */
  Set<Reservation> needed(ObjectNode resource) {
    var needed = new LinkedHashSet<Reservation>();
    needed.add(new Reservation(Reservation.Kind.USER_NAME, resource.path("userName").asText()));
    needed.add(new Reservation(Reservation.Kind.PBX_NAME, pbxName(resource)));
    if (!extension(resource).isEmpty()) {
      needed.add(new Reservation(Reservation.Kind.EXTENSION, extension(resource)));
    }
    needed.addAll(claimed(resource));
    return needed;
  }

  /** Of those, the ones that a resource names beside name and number. */
  Set<Reservation> claimed(ObjectNode resource) {
    var claimed = new LinkedHashSet<Reservation>();
    microsoftId(resource).ifPresent(claimed::add);
    if (adapter.capabilities().holds(PbxField.PHONES)) {
      PartValues.known(PbxField.PHONES, new ScimUser(resource))
          .ifPresent(
              phones ->
                  phones
                      .byKey()
                      .keySet()
                      .forEach(mac -> claimed.add(new Reservation(Reservation.Kind.MAC, mac))));
    }
    return claimed;
  }

  Optional<Reservation> microsoftId(ObjectNode resource) {
    return attributes
        .microsoftId(resource)
        .map(id -> new Reservation(Reservation.Kind.MICROSOFT365, id));
  }

  private String role(ObjectNode resource, Applied applied) {
    var held = applied.fields().get(PbxField.ROLE);
    var known = known(resource);
    if (known.isEmpty() && held != null) {
      return held; // not knowing what a value means must not move a role
    }
    return roles.role(resource, known.orElseGet(() -> stored(resource)));
  }

  /**
   * The roles to recognise: those of the settings, those last seen on the PBX, and only for a value
   * that is none of them what the PBX says now; empty when it had to be asked and did not answer.
   */
  private Optional<KnownRoles> known(ObjectNode resource) {
    var stored = stored(resource);
    return roles.choose(resource, stored).unknown().isEmpty()
        ? Optional.of(stored)
        : mirror.asked().map(stored::and);
  }

  /** The roles to recognise without asking the PBX; the directory is read only where it helps. */
  private KnownRoles stored(ObjectNode... resources) {
    var known = roles.settings().known();
    boolean enough =
        Arrays.stream(resources).allMatch(it -> roles.choose(it, known).unknown().isEmpty());
    return enough ? known : known.and(mirror.stored());
  }
}
