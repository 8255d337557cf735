package dev.patchbay.emulator.portsip;

import static dev.patchbay.emulator.portsip.Form.bool;
import static dev.patchbay.emulator.portsip.Form.listOf;
import static dev.patchbay.emulator.portsip.Form.matching;
import static dev.patchbay.emulator.portsip.Form.objectOf;
import static dev.patchbay.emulator.portsip.Form.oneOf;
import static dev.patchbay.emulator.portsip.Form.text;

import dev.patchbay.emulator.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objects inside users and groups. */
final class NestedForms {
  static final List<String> DAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

  /** The vendor gives most nested strings no limit; this one keeps a simulator's store sane. */
  private static final Form STRING = text(4096);

  private static final Form TIME =
      matching("must be a time such as 09:00", "([01][0-9]|2[0-3]):[0-5][0-9]");

  private static final Form DAY =
      objectOf(
          Map.of(
              "enabled",
              bool(),
              "ranges",
              listOf(objectOf(Map.of("from", TIME, "to", TIME), Set.of("from", "to")))),
          Set.of());

  static final Form WEEK = objectOf(days(Map.of()), Set.of());

  static final Form OFFICE_HOURS =
      objectOf(days(Map.of("mode", oneOf("GLOBAL", "CUSTOM"))), Set.of("mode"));

  static final Form GROUP_CALLER_IDS =
      listOf(
          objectOf(
              Map.of("provider_id", STRING, "caller_id", STRING, "description", text(1024)),
              Set.of("provider_id", "caller_id")));

  static final Form BLFS =
      listOf(
          objectOf(
              Map.of("key", STRING, "value", STRING, "first_name", STRING, "last_name", STRING),
              Set.of()));

  static final Form JSON_TEXT =
      Form.rule(
          "must be JSON in a string",
          value ->
              value.isTextual()
                  && Json.parse(value.textValue().getBytes(StandardCharsets.UTF_8)).isPresent());

  private NestedForms() {}

  /** From v22.6 on they have a name for display. */
  static Form callerIds(Level level) {
    var fields = new HashMap<String, Form>();
    fields.put("provider_id", STRING);
    fields.put("caller_id", STRING);
    fields.put("preferred", bool());
    fields.put("description", text(1024));
    if (level.atLeast(Level.V22_6)) {
      fields.put("display_name", text(128));
    }
    return listOf(objectOf(fields, Set.of("provider_id", "caller_id")));
  }

  private static Map<String, Form> days(Map<String, Form> besides) {
    var fields = new HashMap<>(besides);
    DAYS.forEach(day -> fields.put(day, DAY));
    return fields;
  }
}
