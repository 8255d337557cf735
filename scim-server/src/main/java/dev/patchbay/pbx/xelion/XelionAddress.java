package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.http.Json;
import java.util.List;
import java.util.Optional;

/**
 * One of a Person's telecom addresses that the bridge keeps.
 *
 * @param type Xelion's word for the kind
 * @param label what we write beside it; empty where the mark of {@link XelionMark} stands
 */
record XelionAddress(PbxField field, String type, String label) {
  private static final String TELEPHONE = "Telephone";
  private static final String HOME = "home";

  /**
   * @param emailType Xelion's word for e-mail addresses, which its pages do not tell
   */
  static List<XelionAddress> all(String emailType) {
    return List.of(
        new XelionAddress(PbxField.EMAIL, emailType, ""),
        new XelionAddress(PbxField.WORK_PHONE, TELEPHONE, "work"),
        new XelionAddress(PbxField.MOBILE_PHONE, "Mobile", "mobile"),
        new XelionAddress(PbxField.HOME_PHONE, TELEPHONE, HOME));
  }

  /** The one in a Person's JSON: the first with our label, else the first of the kind. */
  Optional<ObjectNode> in(JsonNode person) {
    return find(person, true).or(() -> find(person, false));
  }

  private Optional<ObjectNode> find(JsonNode person, boolean labelled) {
    for (JsonNode each : person.path("telecomAddresses")) {
      if (each instanceof ObjectNode address
          && isOfType(address.path("addressType").asText())
          && fits(address.path("label").asText(), labelled)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  private boolean isOfType(String found) {
    return found.equals(type) || (type.equals(TELEPHONE) && found.startsWith(TELEPHONE));
  }

  /** A telephone without any label is somebody's at work; one at home says so. */
  private boolean fits(String found, boolean labelled) {
    if (!labelled) {
      return !label.equals(HOME) && !found.equalsIgnoreCase(HOME);
    }
    return label.isEmpty() ? XelionMark.read(found).isPresent() : found.equalsIgnoreCase(label);
  }

  /** As it stands in a new Person, or as a new one in a Person that is there. */
  ObjectNode made(String value, String withLabel) {
    return Json.object()
        .put("addressType", type)
        .put("address", value)
        .put("commonName", value)
        .put("label", withLabel)
        .put("objectType", "TelecomAddress");
  }
}
