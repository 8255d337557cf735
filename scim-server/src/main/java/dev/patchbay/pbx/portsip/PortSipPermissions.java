package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxPermissions;
import dev.patchbay.pbx.http.Json;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** What a PortSIP role allows: truth values in areas, {@code policies.international_calls}. */
final class PortSipPermissions {
  static final PbxPermissions KNOWN =
      new PbxPermissions(
          Set.of(
              "general.voicemail_view_only",
              "general.voicemail_full_access",
              "general.meeting",
              "trunk.view_only",
              "company.view_only",
              "company_call_log.call_log_view_only",
              "company_call_log.call_log_full_access",
              "company_call_log.call_recording_view_only",
              "company_call_log.call_recording_full_access",
              "phone_system.view_only",
              "user_call_log.call_log_view_only",
              "user_call_log.call_log_full_access",
              "user_call_log.call_recording_view_only",
              "user_call_log.call_recording_full_access",
              "policies.domestic_calls",
              "policies.internal_calls",
              "policies.international_calls",
              "analytics.call_report_view_only",
              "analytics.call_report_full_access",
              "billing.view_only"),
          Set.of(
              "system.information",
              "system.dealer",
              "system.tenant",
              "trunk.full_access",
              "company.full_access",
              "phone_system.full_access",
              "user_management.roles",
              "user_management.users",
              "billing.full_access"));

  private PortSipPermissions() {}

  /** Those that are true, whether we know them or not. */
  static Set<String> granted(JsonNode permissions) {
    var granted = new TreeSet<String>();
    permissions
        .properties()
        .forEach(
            area ->
                area.getValue().properties().stream()
                    .filter(permission -> permission.getValue().asBoolean(false))
                    .forEach(permission -> granted.add(area.getKey() + "." + permission.getKey())));
    return granted;
  }

  /**
   * The tree that grants exactly {@code wanted}.
   *
   * @param before what PortSIP holds: what it names is named again, for it may know more than we
   */
  static ObjectNode tree(JsonNode before, Set<String> wanted) {
    ObjectNode tree = Json.object();
    granted(before).forEach(name -> put(tree, name, false));
    wanted.forEach(name -> put(tree, name, true));
    return tree;
  }

  /** The tree that names every permission we know, {@code wanted} granted and no other. */
  static ObjectNode whole(Set<String> wanted) {
    ObjectNode tree = Json.object();
    new TreeSet<>(KNOWN.all()).forEach(name -> put(tree, name, wanted.contains(name)));
    return tree;
  }

  /** Whether it names every permission we know and no other. */
  static boolean isWhole(JsonNode permissions) {
    var names = new HashSet<String>();
    permissions
        .properties()
        .forEach(
            area ->
                area.getValue()
                    .fieldNames()
                    .forEachRemaining(name -> names.add(area.getKey() + "." + name)));
    return names.equals(KNOWN.all());
  }

  private static void put(ObjectNode tree, String name, boolean granted) {
    int dot = name.indexOf('.');
    tree.withObjectProperty(name.substring(0, dot)).put(name.substring(dot + 1), granted);
  }
}
