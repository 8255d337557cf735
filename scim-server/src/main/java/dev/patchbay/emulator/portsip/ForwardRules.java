package dev.patchbay.emulator.portsip;

import static dev.patchbay.emulator.portsip.Field.setting;
import static dev.patchbay.emulator.portsip.Form.listOf;
import static dev.patchbay.emulator.portsip.Form.objectOf;
import static dev.patchbay.emulator.portsip.Form.oneOf;
import static dev.patchbay.emulator.portsip.Form.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where calls go: 14 rules by presence and hours, 2 for no answer, and the custom ones. */
final class ForwardRules {
  private static final String TO_NUMBER = "FORWARD_TO_NUMBER";
  private static final String TO_VOICEMAIL = "FORWARD_TO_VOICEMAIL";
  private static final String HANGUP = "HANGUP";

  private static final Form ACTION = oneOf(TO_NUMBER, TO_VOICEMAIL, HANGUP);
  private static final Form ACTION_OR_RING = oneOf(TO_NUMBER, TO_VOICEMAIL, HANGUP, "RING_ANYWAY");
  private static final Form NUMBER = text(64);

  /** Presences in which the phone may ring all the same. */
  private static final Set<String> RINGING = Set.of("available", "busy");

  private static final List<String> PRESENCES =
      List.of("available", "busy", "dnd", "away", "lunch", "trip", "offline");

  private static final List<String> NO_ANSWER_RULES =
      List.of("available_no_answer_forward_rule", "busy_no_answer_forward_rule");

  /** How long a phone rings before nobody answers, in seconds, unless told. */
  private static final int RING_SECONDS = 60;

  private static final Form NO_ANSWER =
      objectOf(
          Map.of("action", ACTION, "number", NUMBER, "timeout", Form.integer(0, 86_400)),
          Set.of("action"));

  private static final Form CUSTOM =
      listOf(
          objectOf(
              Map.of(
                  "action",
                  ACTION_OR_RING,
                  "number",
                  NUMBER,
                  "caller_id",
                  text(1024),
                  "type",
                  oneOf("ALL_HOURS", "SPECIFIC_HOURS", "OUTSIDE_SPECIFIC_HOURS"),
                  "hours",
                  NestedForms.WEEK),
              Set.of("action", "type")));

  private ForwardRules() {}

  static List<Field> fields() {
    var fields = new ArrayList<Field>();
    for (String presence : PRESENCES) {
      Form form = rule(RINGING.contains(presence) ? ACTION_OR_RING : ACTION);
      fields.add(setting(presence + "_office_hours_forward_rule", form));
      fields.add(setting(presence + "_non_office_hours_forward_rule", form));
    }
    NO_ANSWER_RULES.forEach(name -> fields.add(setting(name, NO_ANSWER)));
    fields.add(setting("custom_forward_rules", CUSTOM).or(Json.array()));
    return fields;
  }

  /** The user with what its rules leave open. */
  static ObjectNode complete(ObjectNode user) {
    for (String name : NO_ANSWER_RULES) {
      if (user.get(name) instanceof ObjectNode rule && !rule.hasNonNull("timeout")) {
        rule.put("timeout", RING_SECONDS);
      }
    }
    return user;
  }

  private static Form rule(Form action) {
    return objectOf(Map.of("action", action, "number", NUMBER), Set.of("action"));
  }
}
