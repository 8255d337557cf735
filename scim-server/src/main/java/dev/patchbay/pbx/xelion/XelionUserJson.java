package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxUpdate;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.Json;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** An account in Xelion's JSON, a {@code UserProfile}. */
final class XelionUserJson {
  static final String TYPE = "UserProfile";
  private static final String LINE = "XCCPhoneLine";

  /** What an account holds; all else of a user is its Person's. */
  private static final Map<PbxField, String> NAMES =
      Collections.unmodifiableMap(
          new EnumMap<>(
              Map.of(
                  PbxField.NAME, "userName",
                  PbxField.ENABLED, "active",
                  PbxField.ROLE, "xccRole",
                  PbxField.LICENSED, "userLicense",
                  PbxField.PHONE_HOST, "phoneHost")));

  /** What a change of an account sets. */
  static final PbxUpdate OF_ACCOUNT =
      new PbxUpdate(
          Set.of(
              PbxField.NAME,
              PbxField.ENABLED,
              PbxField.ROLE,
              PbxField.LICENSED,
              PbxField.PHONE_HOST,
              PbxField.LOCALE),
          Set.of(PbxSecret.PASSWORD));

  /** What a change of a Person sets. */
  static final PbxUpdate OF_PERSON =
      new PbxUpdate(
          Set.of(
              PbxField.DISPLAY_NAME,
              PbxField.EMAIL,
              PbxField.WORK_PHONE,
              PbxField.MOBILE_PHONE,
              PbxField.HOME_PHONE),
          Set.of());

  private XelionUserJson() {}

  /**
   * As Xelion gives it back: in its characters, without blanks and what it has no place for,
   * enabled unless told, and called by its user name where no name is left.
   */
  static PbxUser canonical(PbxUser user) {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    for (PbxField field : OF_PERSON.fields()) {
      user.get(field)
          .map(XelionText::kept)
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> fields.put(field, text));
    }
    for (PbxField field :
        List.of(
            PbxField.NAME,
            PbxField.ROLE,
            PbxField.LICENSED,
            PbxField.PHONE_HOST,
            PbxField.LOCALE)) {
      user.get(field).filter(text -> !text.isBlank()).ifPresent(text -> fields.put(field, text));
    }
    fields.put(PbxField.ENABLED, String.valueOf(user.enabled()));
    XelionLines.canonical(user).ifPresent(lines -> fields.put(PbxField.LINES, lines));
    user.get(PbxField.NAME).ifPresent(name -> fields.putIfAbsent(PbxField.DISPLAY_NAME, name));
    return new PbxUser(fields);
  }

  /** The body of a create. */
  static ObjectNode create(
      PbxUser user, Secret password, String person, XelionSettings.NewUsers usual) {
    ObjectNode body =
        Json.object()
            .put("userName", user.get(PbxField.NAME).orElseThrow())
            .put("password", password.reveal())
            .put("active", user.enabled());
    user.get(PbxField.ROLE).ifPresent(role -> body.put("xccRole", role));
    body.set("person", reference(person, XelionPersonJson.TYPE));
    locale(user, usual).ifPresent(it -> body.set("locale", it));
    body.put("userLicense", licensed(user, usual))
        .put("defaultSecurityNewContacts", usual.newContacts())
        .put("phoneHost", user.get(PbxField.PHONE_HOST).orElse(usual.phoneHost()));
    lines(body, usual.lines());
    wallboards(body, usual.wallboards());
    return body.put("commonName", user.get(PbxField.DISPLAY_NAME).orElseThrow())
        .put("objectType", TYPE);
  }

  private static void lines(ObjectNode body, List<XelionSettings.Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    ArrayNode list = body.putArray("lines");
    for (XelionSettings.Line line : lines) {
      ObjectNode reference = reference(line.oid(), LINE);
      if (!line.name().isEmpty()) {
        reference.put("commonName", line.name());
      }
      ObjectNode relation = list.addObject();
      relation.set("line", reference);
      relation
          .put("orderNumber", list.size())
          .put("skillNumber", line.skill())
          .put("incoming", line.incoming())
          .put("outgoing", line.outgoing())
          .put("editable", line.editable())
          .put("objectType", "XCCConnectedUser");
    }
  }

  private static void wallboards(ObjectNode body, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    ObjectNode preferences = body.putObject("preferences").put("objectType", "UserPreferences");
    ArrayNode list = preferences.putArray("wallboards");
    for (String oid : lines) {
      ObjectNode wallboard = list.addObject().put("objectType", "XCCUserWallboard");
      wallboard.set("phoneLine", reference(oid, LINE));
    }
  }

  /** The operations that set the changed fields and the password of an account. */
  static XelionPatch changes(UpdateUser call, XelionSettings.NewUsers usual) {
    var patch = new XelionPatch();
    PbxUser user = call.user();
    if (call.changed().contains(PbxField.NAME)) {
      patch.replace("/userName", user.get(PbxField.NAME).orElseThrow());
    }
    if (call.changed().contains(PbxField.LICENSED)) {
      patch.replace("/userLicense", licensed(user, usual));
    }
    if (call.changed().contains(PbxField.LOCALE)) {
      locale(user, usual).ifPresent(it -> patch.replace("/locale", it));
    }
    if (call.changed().contains(PbxField.PHONE_HOST)) {
      patch.replace("/phoneHost", user.get(PbxField.PHONE_HOST).orElse(usual.phoneHost()));
    }
    if (call.changed().contains(PbxField.ENABLED)) {
      patch.replace("/active", call.user().enabled());
    }
    if (call.changed().contains(PbxField.ROLE)) {
      call.user().get(PbxField.ROLE).ifPresent(role -> patch.replace("/xccRole", role));
    }
    Optional.ofNullable(call.secrets().get(PbxSecret.PASSWORD))
        .ifPresent(password -> patch.replace("/password", password.reveal()));
    return patch;
  }

  private static Optional<JsonNode> locale(PbxUser user, XelionSettings.NewUsers usual) {
    return user.get(PbxField.LOCALE)
        .flatMap(usual.locales()::oid)
        .or(usual::locale)
        .map(oid -> reference(oid, "Locale"));
  }

  private static boolean licensed(PbxUser user, XelionSettings.NewUsers usual) {
    return user.get(PbxField.LICENSED).map(Boolean::parseBoolean).orElse(usual.license());
  }

  /** An account as it was read, with what the operations replace. */
  static ObjectNode replaced(ObjectNode account, XelionPatch patch) {
    ObjectNode body = account.deepCopy();
    for (JsonNode operation : patch.json().path("operations")) {
      body.set(operation.path("path").asText().substring(1), operation.path("value"));
    }
    return body.put("objectType", TYPE).put("changeType", "Modified");
  }

  static XelionKey key(JsonNode account) {
    return XelionKey.of(account.path("oid").asText(), Json.text(account.path("person"), "oid"));
  }

  /** What an account holds of a user. */
  static Map<PbxField, String> read(JsonNode account) {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    NAMES.forEach(
        (field, name) -> Json.text(account, name).ifPresent(value -> fields.put(field, value)));
    fields.putIfAbsent(PbxField.ENABLED, "true");
    name(account).ifPresent(name -> fields.put(PbxField.DISPLAY_NAME, name));
    return fields;
  }

  private static Optional<String> name(JsonNode account) {
    return Json.text(account.path("person"), "commonName")
        .or(() -> Json.text(account, "commonName"));
  }

  static boolean isCalled(String name, JsonNode account) {
    return Json.text(account, Objects.requireNonNull(NAMES.get(PbxField.NAME)))
        .filter(name::equalsIgnoreCase)
        .isPresent();
  }

  /** A reference to another object, as it stands inside one. */
  private static ObjectNode reference(String oid, String type) {
    return Json.object().put("oid", oid).put("objectType", type);
  }
}
