package dev.patchbay.mapping;

import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.ResourceTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells, for people, which attribute becomes which field of the PBX's users in a tenant. */
public final class MapTable {
  private static final Set<PbxField> NOT_OF_USERS =
      Set.of(PbxField.DESCRIPTION, PbxField.PERMISSIONS);

  private static final Map<String, String> SHORT =
      Map.of(
          ResourceTypes.ENTERPRISE_USER, "enterprise",
          ResourceTypes.PBX_USER, "pbx",
          ResourceTypes.PORTSIP_USER, "portsip",
          ResourceTypes.IPCORTEX_USER, "ipcortex",
          ResourceTypes.XELION_USER, "xelion",
          ResourceTypes.CRMCOM_USER, "crmcom");

  private MapTable() {}

  /** A line for each field. */
  public static List<String> lines(MappingSettings settings, PbxCapabilities pbx) {
    var attributes = new AttributeMapping(settings.attributes(), pbx.fields());
    return Arrays.stream(PbxField.values())
        .filter(field -> pbx.holds(field) && !NOT_OF_USERS.contains(field))
        .map(field -> line(field, from(field, attributes), rules(field, pbx)))
        .toList();
  }

  private static String line(PbxField field, String from, List<String> rules) {
    return "%-32s%-44s%s"
        .formatted(AttributeMap.word(field), from, String.join(", ", rules))
        .stripTrailing();
  }

  private static String from(PbxField field, AttributeMapping attributes) {
    return switch (field) {
      case NAME -> "see naming";
      case EXTENSION -> "see extensions";
      case ROLE -> "see roles";
      default ->
          attributes
              .settings()
              .map()
              .of(field)
              .map(mapped -> "set by attributes: " + paths(mapped.paths()))
              .orElseGet(() -> usual(field, attributes));
    };
  }

  private static String usual(PbxField field, AttributeMapping attributes) {
    return switch (field) {
      case WORK_PHONE, MOBILE_PHONE, HOME_PHONE -> attributes.attribute(field);
      default -> paths(attributes.sources(field));
    };
  }

  private static String paths(List<List<String>> paths) {
    return paths.isEmpty()
        ? "nothing"
        : paths.stream().map(MapTable::path).distinct().collect(Collectors.joining(", "));
  }

  private static String path(List<String> path) {
    String head = path.getFirst();
    return SHORT.containsKey(head)
        ? SHORT.get(head) + ":" + String.join(".", path.subList(1, path.size()))
        : String.join(".", path);
  }

  private static List<String> rules(PbxField field, PbxCapabilities pbx) {
    var rules = new ArrayList<String>();
    if (pbx.fields().required().contains(field)) {
      rules.add("required");
    }
    if (pbx.fixed().contains(field)) {
      rules.add("fixed");
    }
    if (pbx.maxLength().containsKey(field)) {
      rules.add("at most " + pbx.maxLength().get(field));
    }
    return rules;
  }
}
