package dev.patchbay.pbx.crmcom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A user in CRM.COM's JSON. */
final class CrmComUserJson {
  private static final Map<PbxField, String> TEXTS = new EnumMap<>(PbxField.class);
  private static final Map<PbxField, String> NUMBERS = new EnumMap<>(PbxField.class);
  private static final Map<PbxField, String> DATES = new EnumMap<>(PbxField.class);

  static {
    TEXTS.put(PbxField.NAME, "username");
    TEXTS.put(PbxField.GIVEN_NAME, "first_name");
    TEXTS.put(PbxField.FAMILY_NAME, "last_name");
    TEXTS.put(PbxField.EMAIL, "email");
    TEXTS.put(PbxField.IP_ADDRESS, "ip_address");
    for (int number = 1; number <= 8; number++) {
      TEXTS.put(PbxField.valueOf("CUSTOM_TEXT_" + number), "udf_string_" + number);
    }
    for (int number = 1; number <= 4; number++) {
      DATES.put(PbxField.valueOf("CUSTOM_DATE_" + number), "udf_date_" + number);
      NUMBERS.put(PbxField.valueOf("CUSTOM_NUMBER_" + number), "udf_float_" + number);
    }
  }

  /** What CRM.COM has no member for, or not always, and we keep in mind all the same. */
  private static final Set<PbxField> NOTED =
      EnumSet.of(PbxField.ROLE, PbxField.EXTENSION, PbxField.ENABLED);

  private CrmComUserJson() {}

  /** The fields that come to something. */
  static Set<PbxField> held() {
    var held = EnumSet.copyOf(NOTED);
    held.addAll(TEXTS.keySet());
    held.addAll(NUMBERS.keySet());
    held.addAll(DATES.keySet());
    return held;
  }

  /** What can be said of a user there; one who was not told to be inactive is active. */
  static PbxUser canonical(PbxUser user) {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    fields.putAll(user.fields());
    fields.keySet().retainAll(held());
    fields.values().removeIf(String::isBlank);
    fields.putIfAbsent(PbxField.ENABLED, "true");
    return new PbxUser(fields);
  }

  /** The create: password and all, and the extension where the template has phones. */
  static HttpCall create(
      CreateUser create, CrmComTemplate template, Secret token, DateTimeFormatter dates) {
    String password = create.secrets().password().reveal();
    ObjectNode body = Json.object().put("token", token.reveal());
    template.addTo(body);
    body.put("password", password).put("password_confirmation", password);
    PbxUser user = canonical(create.user());
    TEXTS.forEach((field, name) -> user.get(field).ifPresent(value -> body.put(name, value)));
    NUMBERS.forEach(
        (field, name) -> user.get(field).ifPresent(value -> body.put(name, new BigDecimal(value))));
    DATES.forEach(
        (field, name) ->
            user.get(field).ifPresent(day -> body.put(name, LocalDate.parse(day).format(dates))));
    user.get(PbxField.EXTENSION)
        .filter(number -> template.cti())
        .ifPresent(number -> body.put("cti_phone_extension_number", number));
    return HttpCall.effect(create.name(), "/users/create", Json.body(body));
  }

  /** What the answer calls the new user; its name where it says nothing we understand. */
  static PbxRef ref(JsonNode data, String username) {
    return Stream.of(data.path("id"), data.path("user").path("id"))
        .filter(JsonNode::isValueNode)
        .map(JsonNode::asText)
        .filter(id -> !id.isBlank() && !id.equals("null"))
        .findFirst()
        .map(PbxRef::new)
        .orElseGet(() -> new PbxRef(username));
  }
}
