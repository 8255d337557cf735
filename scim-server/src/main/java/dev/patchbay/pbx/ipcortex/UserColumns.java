package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxFields;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A user in IPCortex's columns; decides and does nothing. {@code null} leaves a column as it is, so
 * what is to go is sent as an empty text.
 */
record UserColumns(
    RoleNames roles,
    Deactivation deactivation,
    Passwords passwords,
    NameForm nameForm,
    Company company) {
  /** The company is fixed for life; an update never names it. */
  private static final Set<PbxField> UPDATED =
      Set.of(
          PbxField.NAME,
          PbxField.DISPLAY_NAME,
          PbxField.EXTENSION,
          PbxField.EMAIL,
          PbxField.ENABLED,
          PbxField.ROLE);

  static final String ROLE = "roleid";
  private static final String COMPANY = "company";
  private static final Set<String> SECRETS = Set.of("password", "pwhash");
  private static final Map<PbxField, String> TEXTS = new EnumMap<>(PbxField.class);

  static {
    TEXTS.put(PbxField.NAME, "uname");
    TEXTS.put(PbxField.DISPLAY_NAME, "name");
    TEXTS.put(PbxField.EXTENSION, "owned_extension");
    TEXTS.put(PbxField.EMAIL, "email");
  }

  /** Every field there is a column for, which has one value but for a name's 64 and 240 letters. */
  PbxFields fields() {
    var held = new HashSet<>(UPDATED);
    if (company instanceof Company.Organization) {
      held.add(PbxField.COMPANY);
    }
    held.addAll(settings().fields());
    return new PbxFields(
        held,
        Set.of(PbxField.NAME),
        Set.of(),
        Map.of(PbxField.NAME, 64, PbxField.DISPLAY_NAME, 240, PbxField.COMPANY, 32));
  }

  private SettingColumns settings() {
    return new SettingColumns(deactivation);
  }

  /** What an update sets. */
  Set<PbxField> updated() {
    var updated = new HashSet<>(UPDATED);
    updated.addAll(settings().fields());
    if (deactivation instanceof Deactivation.Unsupported) {
      updated.remove(PbxField.ENABLED);
    }
    return updated;
  }

  /** What users are looked for by. */
  static String column(PbxField field) {
    return TEXTS.getOrDefault(field, "");
  }

  /** What reads ask for; {@code rolename} comes with {@code roleid}. */
  List<String> columns() {
    var columns = new ArrayList<String>();
    columns.add("contact_id");
    columns.addAll(TEXTS.values());
    columns.add(ROLE);
    if (company instanceof Company.Organization) {
      columns.add(COMPANY);
    }
    columns.addAll(deactivation.columns());
    columns.addAll(settings().names());
    return columns;
  }

  /** As IPCortex gives it back: no blanks, nothing it has no column for, working unless told. */
  PbxUser canonical(PbxUser user) {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    Stream.concat(TEXTS.keySet().stream(), settings().fields().stream())
        .forEach(field -> user.get(field).ifPresent(text -> fields.put(field, text)));
    fields.computeIfPresent(PbxField.DISPLAY_NAME, (field, name) -> nameForm.of(name));
    user.get(PbxField.ROLE).ifPresent(role -> fields.put(PbxField.ROLE, roles.name(role)));
    if (company instanceof Company.Organization(String otherwise)) {
      fields.put(PbxField.COMPANY, user.get(PbxField.COMPANY).orElse(otherwise));
    }
    fields.values().removeIf(String::isBlank);
    boolean works = user.enabled();
    if (!works) {
      fields.keySet().removeAll(deactivation.withheld());
    }
    fields.put(PbxField.ENABLED, String.valueOf(works));
    return new PbxUser(fields);
  }

  /** The values of a create: all at once. */
  ObjectNode created(PbxUser user, Secret password) {
    PbxUser canonical = canonical(user);
    requirePossible(canonical);
    ObjectNode values = Json.object();
    TEXTS.forEach(
        (field, column) -> canonical.get(field).ifPresent(text -> values.put(column, text)));
    settings().put(values, canonical);
    passwords.put(values, password);
    canonical
        .get(PbxField.COMPANY)
        .map(UserColumns::checkedCompany)
        .or(company::listed)
        .ifPresent(it -> values.put(COMPANY, it));
    canonical.get(PbxField.ROLE).ifPresent(role -> values.set(ROLE, roles.sent(role)));
    if (!canonical.enabled()) {
      deactivation.stop(values, roles, passwords);
      values.properties().removeIf(column -> column.getValue().asText("-").isEmpty());
    }
    return values;
  }

  private static String checkedCompany(String id) {
    if (!Company.FORM.matcher(id).matches()) {
      throw new Rejected(
          Reason.INVALID, "an organization must be a company's id here: 1 to 32 of a-z A-Z 0-9 _");
    }
    return id;
  }

  /** The values of an update that sets these fields, and the password if there is one. */
  ObjectNode updated(PbxUser user, Set<PbxField> changed, Optional<Secret> password) {
    PbxUser canonical = canonical(user);
    requirePossible(canonical);
    ObjectNode values = Json.object();
    TEXTS.forEach(
        (field, column) -> {
          if (changed.contains(field)) {
            values.put(column, canonical.get(field).orElse(""));
          }
        });
    settings().put(values, canonical, changed);
    password.ifPresent(secret -> put(values, canonical, secret));
    if (canonical.enabled()) {
      work(values, canonical, changed);
    } else if (changed.contains(PbxField.ENABLED) || anyWithheld(changed)) {
      deactivation.stop(values, roles, passwords);
    }
    return values;
  }

  private void put(ObjectNode values, PbxUser user, Secret password) {
    if (!user.enabled()) {
      requirePasswordsKept();
    }
    passwords.put(values, password);
  }

  /** Refuses a password that would let a deactivated user in again. */
  void requirePasswordsKept() {
    if (!deactivation.keepsPasswords()) {
      throw new Rejected(Reason.INVALID, "a deactivated user of this pbx cannot have a password");
    }
  }

  private boolean anyWithheld(Set<PbxField> changed) {
    return deactivation.withheld().stream().anyMatch(changed::contains);
  }

  private void work(ObjectNode values, PbxUser user, Set<PbxField> changed) {
    boolean resumes = changed.contains(PbxField.ENABLED);
    if (resumes) {
      deactivation.resume(values);
    }
    if (resumes && withholds(PbxField.ROLE) && user.get(PbxField.ROLE).isEmpty()) {
      throw new Rejected(Reason.INVALID, "without a role a user of this pbx stays deactivated");
    }
    if (changed.contains(PbxField.ROLE) || (resumes && withholds(PbxField.ROLE))) {
      user.get(PbxField.ROLE).ifPresent(role -> values.set(ROLE, roles.sent(role)));
    }
    if (resumes && withholds(PbxField.EXTENSION)) {
      values.put(column(PbxField.EXTENSION), user.get(PbxField.EXTENSION).orElse(""));
    }
    if (resumes && withholds(PbxField.OWNED_PHONE)) {
      user.get(PbxField.OWNED_PHONE).ifPresent(it -> values.put(SettingColumns.PHONE, it));
    }
  }

  private boolean withholds(PbxField field) {
    return deactivation.withheld().contains(field);
  }

  private void requirePossible(PbxUser user) {
    if (deactivation instanceof Deactivation.Unsupported && !user.enabled()) {
      throw new Rejected(Reason.UNSUPPORTED, "no user of this pbx can be deactivated");
    }
    user.get(PbxField.ROLE).ifPresent(this::requireAssignable);
  }

  /** Whether the role may be given: not that of deactivated users. */
  boolean assignable(String role) {
    return !(deactivation instanceof Deactivation.ByRole(String disabled) && disabled.equals(role));
  }

  private void requireAssignable(String role) {
    if (!assignable(role)) {
      throw new Rejected(Reason.INVALID, "role '" + role + "' is the one of deactivated users");
    }
  }

  /** The user in a row that was read. */
  PbxUser read(JsonNode row) {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    TEXTS.forEach(
        (field, column) -> Json.text(row, column).ifPresent(text -> fields.put(field, text)));
    settings().read(row, fields);
    boolean works = deactivation.works(row, roles);
    if (company instanceof Company.Organization) {
      Json.text(row, COMPANY).ifPresent(it -> fields.put(PbxField.COMPANY, it));
    }
    roles.read(row).ifPresent(role -> fields.put(PbxField.ROLE, role));
    if (!works) {
      fields.keySet().removeAll(deactivation.withheld());
    }
    fields.put(PbxField.ENABLED, String.valueOf(works));
    return new PbxUser(fields);
  }

  /** The columns of {@code values} that a row does not show as they were sent. */
  List<String> missing(ObjectNode values, JsonNode row) {
    var missing = new ArrayList<String>();
    values
        .properties()
        .forEach(
            sent -> {
              if (!SECRETS.contains(sent.getKey()) && !shows(row, sent.getKey(), sent.getValue())) {
                missing.add(sent.getKey());
              }
            });
    return missing;
  }

  private boolean shows(JsonNode row, String column, JsonNode sent) {
    if (column.equals(ROLE)) {
      return roles.read(row).equals(Optional.of(roles.name(sent.asText())));
    }
    if (sent.isBoolean()) {
      return Abilities.isOn(row.path(column)) == sent.booleanValue();
    }
    return Json.text(row, column).orElse("").equals(sent.asText().strip());
  }
}
