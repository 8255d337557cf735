package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxFields;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A user in PortSIP's JSON. Reads of v22.3 and later hold passwords: only named fields are taken.
 */
final class PortSipUserJson {
  private static final Map<PbxField, String> NAMES = new EnumMap<>(PbxField.class);

  static {
    NAMES.put(PbxField.NAME, "name");
    NAMES.put(PbxField.EXTENSION, "extension_number");
    NAMES.put(PbxField.DISPLAY_NAME, "display_name");
    NAMES.put(PbxField.EMAIL, "email");
    NAMES.put(PbxField.ENABLED, "enabled");
    NAMES.put(PbxField.ROLE, "role");
    NAMES.put(PbxField.WORK_PHONE, "work_phone");
    NAMES.put(PbxField.MOBILE_PHONE, "mobile_phone");
    NAMES.put(PbxField.HOME_PHONE, "home_phone");
    NAMES.put(PbxField.ADDRESS, "address");
    NAMES.put(PbxField.DEPARTMENT, "department");
  }

  /**
   * What {@code POST /users/{id}} takes of the above; the others have calls of their own, or none.
   */
  private static final Set<PbxField> UPDATABLE =
      Set.of(
          PbxField.DISPLAY_NAME,
          PbxField.EMAIL,
          PbxField.ENABLED,
          PbxField.WORK_PHONE,
          PbxField.MOBILE_PHONE,
          PbxField.HOME_PHONE,
          PbxField.ADDRESS,
          PbxField.DEPARTMENT);

  /**
   * What a single read shows and an update does not take. All else goes back as it came, fields of
   * later versions included: an update that replaces would otherwise clear them.
   */
  private static final List<String> NOT_FOR_UPDATES =
      List.of(
          "id",
          "name",
          "password",
          "role",
          "role_id",
          "role_name",
          "extension_number",
          "extension_password",
          "profile",
          "created_at",
          "avatar_file_name",
          "avatar_file_size",
          "avatar_file_url",
          "sync_type");

  private PortSipUserJson() {}

  /** What {@code POST /users/{id}} sets of a user: one request, however much of it. */
  static Set<PbxField> updatable(ApiLevel level) {
    var updatable = EnumSet.copyOf(UPDATABLE);
    updatable.addAll(PortSipProfileJson.fields(level));
    return updatable;
  }

  /**
   * What PortSIP has of a user; the vendor requires these on create, or has no use for one without.
   */
  static PbxFields fields(ApiLevel level) {
    var held = EnumSet.copyOf(NAMES.keySet());
    held.add(PbxField.MICROSOFT365);
    held.addAll(PortSipProfileJson.fields(level));
    held.addAll(PortSipParts.KINDS);
    return new PbxFields(
        held,
        Set.of(
            PbxField.NAME,
            PbxField.EXTENSION,
            PbxField.DISPLAY_NAME,
            PbxField.EMAIL,
            PbxField.ROLE),
        Set.of(PbxField.MICROSOFT365),
        unlisted(level),
        maxLength(level));
  }

  private static Set<PbxField> unlisted(ApiLevel level) {
    var unlisted = EnumSet.copyOf(PortSipParts.KINDS);
    unlisted.addAll(PortSipProfileJson.fields(level));
    return unlisted;
  }

  /** The longest values PortSIP takes; v22.6 shortened the display name. */
  private static Map<PbxField, Integer> maxLength(ApiLevel level) {
    var lengths = new EnumMap<PbxField, Integer>(PbxField.class);
    for (PbxField field : List.of(PbxField.NAME, PbxField.EXTENSION, PbxField.ROLE)) {
      lengths.put(field, 64);
    }
    for (PbxField field : List.of(PbxField.EMAIL, PbxField.ADDRESS, PbxField.DEPARTMENT)) {
      lengths.put(field, 128);
    }
    for (PbxField field :
        List.of(PbxField.WORK_PHONE, PbxField.MOBILE_PHONE, PbxField.HOME_PHONE)) {
      lengths.put(field, 32);
    }
    lengths.put(PbxField.DISPLAY_NAME, level.atLeast(ApiLevel.V22_6) ? 128 : 1024);
    lengths.put(PbxField.DESCRIPTION, 1024);
    return lengths;
  }

  /** As PortSIP gives it back: no blanks, nothing it has no field for, enabled unless told. */
  static PbxUser canonical(PbxUser user) {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    user.fields().forEach((field, value) -> keep(fields, field, value));
    fields.put(
        PbxField.ENABLED, user.get(PbxField.ENABLED).map(PortSipUserJson::flag).orElse("true"));
    return PortSipParts.canonical(new PbxUser(fields), user);
  }

  private static void keep(Map<PbxField, String> fields, PbxField field, String value) {
    boolean held = NAMES.containsKey(field) || field == PbxField.MICROSOFT365;
    if (held && !value.isBlank()) {
      fields.put(field, value);
    } else if (PortSipProfileJson.has(field)) {
      PortSipProfileJson.canonical(field, value).ifPresent(it -> fields.put(field, it));
    }
  }

  private static String flag(String value) {
    return String.valueOf(Boolean.parseBoolean(value));
  }

  /** The body of a create: all fields at once, secrets included. */
  static ObjectNode create(PbxUser user, PbxSecrets secrets) {
    ObjectNode body = Json.object();
    canonical(user).fields().forEach((field, value) -> put(body, field, value));
    return body.put("password", secrets.password().reveal())
        .put("extension_password", secrets.extensionPassword().reveal())
        .put("voicemail_pin", secrets.voicemailPin().reveal());
  }

  /**
   * The body of an update that sets the changed fields.
   *
   * @param before what PortSIP holds, to be sent along; empty where it merges
   */
  static ObjectNode update(ObjectNode before, UpdateUser call, PortSipClearing clearing) {
    ObjectNode body = before.deepCopy();
    body.remove(NOT_FOR_UPDATES);
    body.properties().removeIf(field -> field.getValue().isNull());
    PbxUser user = canonical(call.user());
    for (PbxField field : call.changed()) {
      user.get(field)
          .ifPresentOrElse(value -> put(body, field, value), () -> clear(body, field, clearing));
    }
    Optional.ofNullable(call.secrets().get(PbxSecret.VOICEMAIL_PIN))
        .ifPresent(pin -> body.put("voicemail_pin", pin.reveal()));
    // v22.6 refuses an update without it.
    if (!body.has("display_name")) {
      user.get(PbxField.DISPLAY_NAME).ifPresent(name -> body.put("display_name", name));
    }
    return body;
  }

  private static void clear(ObjectNode body, PbxField field, PortSipClearing clearing) {
    if (PortSipProfileJson.has(field)) {
      PortSipProfileJson.clear(body, field, clearing);
    } else {
      clearing.clear(body, Objects.requireNonNull(NAMES.get(field)));
    }
  }

  private static void put(ObjectNode body, PbxField field, String value) {
    String name = NAMES.get(field);
    if (PortSipProfileJson.has(field)) {
      PortSipProfileJson.put(body, field, value);
    } else if (field == PbxField.ENABLED) {
      body.put(name, Boolean.parseBoolean(value));
    } else if (name != null) {
      body.put(name, value);
    }
  }

  /** The user in a list's item or a single read; empty when it has no id. */
  static Optional<Found<PbxUser>> read(JsonNode json, Duration skew) {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    NAMES.forEach(
        (field, name) -> Json.text(json, name).ifPresent(value -> fields.put(field, value)));
    PortSipProfileJson.read(json, fields);
    // v22.3 and later name the role twice, by id and by name.
    Json.text(json, "role_name").ifPresent(role -> fields.put(PbxField.ROLE, role));
    Optional<Instant> created = Json.text(json, "created_at").flatMap(it -> time(it, skew));
    boolean synced = Json.text(json, "sync_type").isPresent();
    return Json.text(json, "id")
        .map(id -> new Found<>(new PbxRef(id), new PbxUser(fields), created, synced));
  }

  private static Optional<Instant> time(String text, Duration skew) {
    try {
      return Optional.of(Instant.parse(text).minus(skew));
    } catch (DateTimeException | ArithmeticException unreadable) {
      return Optional.empty();
    }
  }
}
