package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.http.Json;
import java.util.List;
import java.util.Set;

/** How a user is kept from working; IPCortex has no switch for it. Decides; does nothing. */
sealed interface Deactivation {

  /** The fields a deactivated user has no value in. */
  Set<PbxField> withheld();

  /** Whether a password may be set while it lasts, and is still the user's afterwards. */
  boolean keepsPasswords();

  /** The columns to read, beside the usual ones, to know whether a user works. */
  List<String> columns();

  /** Whether a user that reads like this works. */
  boolean works(JsonNode row, RoleNames roles);

  /** Puts into {@code values} what keeps the user from working, whatever it could do before. */
  void stop(ObjectNode values, RoleNames roles, Passwords passwords);

  /** Puts into {@code values} what lets it work again, its own fields apart. */
  void resume(ObjectNode values);

  /**
   * A role that allows nothing.
   *
   * @param role its short name
   */
  record ByRole(String role) implements Deactivation {
    @Override
    public Set<PbxField> withheld() {
      return Set.of(PbxField.ROLE);
    }

    @Override
    public boolean keepsPasswords() {
      return true;
    }

    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public boolean works(JsonNode row, RoleNames roles) {
      return roles.read(row).filter(role::equals).isEmpty();
    }

    @Override
    public void stop(ObjectNode values, RoleNames roles, Passwords passwords) {
      values.set("roleid", roles.sent(role));
    }

    @Override
    public void resume(ObjectNode values) {
      // the role it has otherwise is a field of its own
    }
  }

  /**
   * A password nobody knows, and no client to sign in with. Sessions and desk phones go on.
   *
   * @param abilities what users have who work
   */
  record Scramble(Abilities abilities) implements Deactivation {
    @Override
    public Set<PbxField> withheld() {
      return Set.of();
    }

    @Override
    public boolean keepsPasswords() {
      return false;
    }

    @Override
    public List<String> columns() {
      return Abilities.COLUMNS;
    }

    @Override
    public boolean works(JsonNode row, RoleNames roles) {
      return !Abilities.NONE.heldBy(row);
    }

    @Override
    public void stop(ObjectNode values, RoleNames roles, Passwords passwords) {
      values.remove(List.of("password", "pwhash"));
      passwords.putUnknown(values);
      Abilities.NONE.put(values);
    }

    @Override
    public void resume(ObjectNode values) {
      abilities.put(values);
    }
  }

  /** As {@link Scramble}, and without number and phone, so that the desk phone is nobody's. */
  record Release(Scramble scramble) implements Deactivation {
    @Override
    public Set<PbxField> withheld() {
      return Set.of(PbxField.EXTENSION, PbxField.OWNED_PHONE);
    }

    @Override
    public boolean keepsPasswords() {
      return false;
    }

    @Override
    public List<String> columns() {
      return scramble.columns();
    }

    @Override
    public boolean works(JsonNode row, RoleNames roles) {
      return scramble.works(row, roles)
          || Json.text(row, "owned_extension").isPresent()
          || Json.text(row, SettingColumns.PHONE).isPresent();
    }

    @Override
    public void stop(ObjectNode values, RoleNames roles, Passwords passwords) {
      scramble.stop(values, roles, passwords);
      values.put("owned_extension", "").put(SettingColumns.PHONE, "");
    }

    @Override
    public void resume(ObjectNode values) {
      scramble.resume(values);
    }
  }

  /** Not at all. */
  record Unsupported() implements Deactivation {
    @Override
    public Set<PbxField> withheld() {
      return Set.of();
    }

    @Override
    public boolean keepsPasswords() {
      return true;
    }

    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public boolean works(JsonNode row, RoleNames roles) {
      return true;
    }

    @Override
    public void stop(ObjectNode values, RoleNames roles, Passwords passwords) {
      throw new IllegalStateException("nobody can be deactivated here");
    }

    @Override
    public void resume(ObjectNode values) {
      // whoever is there works
    }
  }
}
