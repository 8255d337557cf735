package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.mapping.AttributeMapping;
import dev.patchbay.mapping.KnownRoles;
import dev.patchbay.mapping.RoleMapping;
import dev.patchbay.mapping.ScimUser;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses, before anything is stored, what the tenant's PBX has no call for: a wish that can never
 * be carried out must not be answered as done, nor wait in the journal.
 */
record Offered(
    PbxCapabilities pbx,
    Elsewhere elsewhere,
    AttributeMapping attributes,
    RoleMapping roles,
    Unsupported unsupported) {

  /** What further phone systems of the tenant make of its users. */
  record Elsewhere(Set<PbxField> held, Set<PbxField> changed) {
    static Elsewhere of(List<PbxCapabilities> targets) {
      var held = EnumSet.noneOf(PbxField.class);
      var changed = EnumSet.noneOf(PbxField.class);
      for (PbxCapabilities target : targets) {
        held.addAll(target.fields().held());
        target.fields().held().stream().filter(target::changes).forEach(changed::add);
      }
      return new Elsewhere(held, changed);
    }
  }

  /** What becomes of a change that the PBX cannot make and that lets nobody in or out. */
  public enum Unsupported {
    REJECT,
    /** The bridge has the new value and the PBX keeps the old one. */
    BRIDGE_ONLY
  }

  /** Who may work, and with which rights, is never the bridge's alone. */
  private static final Set<PbxField> ACCESS =
      EnumSet.of(PbxField.ENABLED, PbxField.ROLE, PbxField.MICROSOFT365);

  void checkCreate(ObjectNode wish) {
    if (!active(wish) && !pbx.changes(PbxField.ENABLED)) {
      throw new Refusal(Kind.INVALID_VALUE, "active: the pbx cannot create inactive users");
    }
    checkForms(wish);
  }

  /** What only another phone system takes is refused here where it is in no form at all. */
  private void checkForms(ObjectNode wish) {
    for (PbxField field : elsewhere.held()) {
      if (field.yields() && !pbx.holds(field)) {
        var unused = attributes.raw(field, wish);
      }
    }
  }

  /**
   * @param known the PBX roles to recognise
   */
  void checkChange(ObjectNode base, ObjectNode wish, KnownRoles known) {
    if (active(base) != active(wish) && !pbx.changes(PbxField.ENABLED)) {
      throw lacking("active: the pbx cannot deactivate or activate users");
    }
    if (!wish.path("password").isMissingNode() && !pbx.changes(PbxSecret.PASSWORD)) {
      throw lacking("password: the pbx cannot change it");
    }
    checkSecret(wish, "extensionPassword", PbxSecret.EXTENSION_PASSWORD);
    checkSecret(wish, "voicemailPin", PbxSecret.VOICEMAIL_PIN);
    checkForms(wish);
    for (PbxField field : pbx.fixed()) {
      if (stays(field) && !value(field, base, known).equals(value(field, wish, known))) {
        throw fixed(field);
      }
    }
  }

  private void checkSecret(ObjectNode wish, String attribute, PbxSecret secret) {
    if (!new ScimUser(wish).json().path(ScimUser.PBX).path(attribute).isMissingNode()
        && !pbx.changes(secret)) {
      throw lacking(attribute + ": the pbx cannot change it");
    }
  }

  /** Whether the PBX takes people out for good, in the way the policy says. */
  boolean deletes(DeletePolicy policy) {
    return policy.retains() ? pbx.changes(PbxField.ENABLED) : pbx.offers(PbxCall.DeleteUser.class);
  }

  static Refusal cannotDelete() {
    return lacking("the pbx cannot delete users");
  }

  /** Name and number have rules of their own: they do not follow the resource, or are fixed. */
  private boolean stays(PbxField field) {
    return switch (field) {
      case NAME, EXTENSION, ENABLED -> false;
      default ->
          ACCESS.contains(field)
              || (unsupported == Unsupported.REJECT && !elsewhere.changed().contains(field));
    };
  }

  private Object value(PbxField field, ObjectNode user, KnownRoles known) {
    return field == PbxField.ROLE ? roles.role(user, known) : attributes.raw(field, user);
  }

  private Refusal fixed(PbxField field) {
    String attribute = attributes.attribute(field);
    return pbx.offers(PbxCall.UpdateUser.class)
        ? new Refusal(Kind.MUTABILITY, attribute + " is fixed on the pbx once the user exists")
        : lacking(attribute + ": the pbx cannot change users");
  }

  private static Refusal lacking(String detail) {
    return new Refusal(Kind.UNSUPPORTED, detail);
  }

  private static boolean active(ObjectNode user) {
    return new ScimUser(user).active();
  }
}
