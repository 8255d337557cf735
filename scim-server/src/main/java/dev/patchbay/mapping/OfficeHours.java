package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Json;
import dev.patchbay.schema.ResourceTypes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A person's office hours, from {@code officeHoursMode} and {@code officeHours}. Hours without a
 * mode are the person's own.
 */
final class OfficeHours {
  private static final List<String> DAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

  private OfficeHours() {}

  static Optional<String> text(ScimUser user) {
    var hours = user.json().path(ResourceTypes.PBX_USER).path("officeHours");
    var mode = user.text(ResourceTypes.PBX_USER, "officeHoursMode").map(OfficeHours::mode);
    if (mode.isEmpty() && hours.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode text = Json.object().put("mode", mode.orElse("CUSTOM"));
    var days = days(hours);
    if (text.path("mode").asText().equals("CUSTOM")) {
      for (String day : DAYS) {
        for (String range : days.getOrDefault(day, Set.of())) {
          text.withArray(day).add(range);
        }
      }
    }
    return Optional.of(text.toString());
  }

  private static String mode(String sent) {
    String mode = sent.toUpperCase(Locale.ROOT);
    if (!mode.equals("GLOBAL") && !mode.equals("CUSTOM")) {
      throw ProfileFields.invalid("officeHoursMode", "GLOBAL or CUSTOM");
    }
    return mode;
  }

  private static Map<String, Set<String>> days(JsonNode hours) {
    var days = new TreeMap<String, Set<String>>();
    for (JsonNode range : hours) {
      String day = range.path("day").asText().toLowerCase(Locale.ROOT);
      if (!DAYS.contains(day)) {
        throw ProfileFields.invalid("officeHours.day", "one of " + String.join(", ", DAYS));
      }
      String from = time(range, "from");
      String to = time(range, "to");
      if (to.compareTo(from) <= 0) {
        throw ProfileFields.invalid("officeHours.to", "later than from; 23:59 ends a whole day");
      }
      days.computeIfAbsent(day, it -> new TreeSet<>()).add(from + "-" + to);
    }
    return days;
  }

  private static String time(JsonNode range, String end) {
    String time = range.path(end).asText();
    if (!TIME.matcher(time).matches()) {
      throw ProfileFields.invalid("officeHours." + end, "a time such as 09:00");
    }
    return time;
  }
}
