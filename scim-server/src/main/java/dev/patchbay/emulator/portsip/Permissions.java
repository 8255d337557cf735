package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a role allows: truth values in areas, false unless given. */
final class Permissions {
  private static final List<String> VIEW_OR_FULL = List.of("view_only", "full_access");

  private static final List<String> CALL_LOG =
      List.of(
          "call_log_view_only",
          "call_log_full_access",
          "call_recording_view_only",
          "call_recording_full_access");

  private static final Map<String, List<String>> AREAS = areas();

  static final Form FORM = Form.objectOf(forms(), Set.of());

  private Permissions() {}

  private static Map<String, List<String>> areas() {
    var areas = new LinkedHashMap<String, List<String>>();
    areas.put("general", List.of("voicemail_view_only", "voicemail_full_access", "meeting"));
    areas.put("system", List.of("information", "dealer", "tenant"));
    areas.put("trunk", VIEW_OR_FULL);
    areas.put("company", VIEW_OR_FULL);
    areas.put("company_call_log", CALL_LOG);
    areas.put("phone_system", VIEW_OR_FULL);
    areas.put("user_management", List.of("roles", "users"));
    areas.put("user_call_log", CALL_LOG);
    areas.put("policies", List.of("domestic_calls", "internal_calls", "international_calls"));
    areas.put("analytics", List.of("call_report_view_only", "call_report_full_access"));
    areas.put("billing", VIEW_OR_FULL);
    return areas;
  }

  private static Map<String, Form> forms() {
    return AREAS.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, area -> areaForm(area.getValue())));
  }

  private static Form areaForm(List<String> names) {
    return Form.objectOf(
        names.stream().collect(Collectors.toMap(name -> name, name -> Form.bool())), Set.of());
  }

  /** All of them, those named as {@code area.name} true. */
  static ObjectNode of(String... granted) {
    List<String> held = Arrays.asList(granted);
    return build((area, name) -> held.contains(area + "." + name));
  }

  /** Everything within a tenant. */
  static ObjectNode ofTenant() {
    return build((area, name) -> !area.equals("system"));
  }

  /** The given ones, the others false. */
  static ObjectNode complete(JsonNode given) {
    return build((area, name) -> given.path(area).path(name).asBoolean(false));
  }

  private static ObjectNode build(java.util.function.BiPredicate<String, String> granted) {
    ObjectNode permissions = Json.object();
    AREAS.forEach(
        (area, names) -> {
          ObjectNode inner = permissions.putObject(area);
          names.forEach(name -> inner.put(name, granted.test(area, name)));
        });
    return permissions;
  }
}
