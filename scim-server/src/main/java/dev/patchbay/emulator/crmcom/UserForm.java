package dev.patchbay.emulator.crmcom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The members {@code users/create} takes and what they hold. Anything else is refused: the vendor
 * says nothing of it, and ignoring it would hide mistakes.
 */
final class UserForm {
  private static final List<String> MANDATORY =
      List.of("username", "password", "password_confirmation", "first_name", "last_name");
  private final Map<String, Predicate<JsonNode>> members;

  /**
   * @param dates how dates are written
   */
  UserForm(DateTimeFormatter dates) {
    members = members(dates);
  }

  private static Map<String, Predicate<JsonNode>> members(DateTimeFormatter dates) {
    var members = new LinkedHashMap<String, Predicate<JsonNode>>();
    MANDATORY.forEach(name -> members.put(name, JsonNode::isTextual));
    for (String name :
        List.of("token", "email", "ip_address", "cti_phone_extension_number", "fields_set")) {
      members.put(name, JsonNode::isTextual);
    }
    members.put("user_template_identifier", JsonNode::isObject);
    for (int number = 1; number <= 8; number++) {
      members.put("udf_string_" + number, JsonNode::isTextual);
    }
    for (int number = 1; number <= 4; number++) {
      members.put("udf_float_" + number, JsonNode::isNumber);
      members.put("udf_date_" + number, it -> isDate(it, dates));
    }
    return members;
  }

  private static boolean isDate(JsonNode value, DateTimeFormatter dates) {
    try {
      return value.isTextual() && LocalDate.parse(value.textValue(), dates).getYear() > 0;
    } catch (DateTimeParseException other) {
      return false;
    }
  }

  /** The rule the body breaks first; empty if none. Never holds a value, which may be a secret. */
  Optional<String> broken(ObjectNode body) {
    var broken = new ArrayList<String>();
    for (var member : body.properties()) {
      Predicate<JsonNode> form = members.get(member.getKey());
      if (form == null) {
        broken.add(member.getKey() + " is not known");
      } else if (!form.test(member.getValue())) {
        broken.add(member.getKey() + " has a wrong type");
      }
    }
    MANDATORY.stream()
        .filter(name -> body.path(name).asText().isBlank())
        .forEach(name -> broken.add(name + " is mandatory"));
    if (!body.path("password").equals(body.path("password_confirmation"))) {
      broken.add("password_confirmation is not the password");
    }
    return broken.stream().findFirst();
  }
}
