package dev.patchbay.pbx.crmcom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Section;

/**
 * A template users are made from, which gives them their rights; its key in the settings is the
 * role we know it by.
 *
 * @param key the member of {@code user_template_identifier}: CRM.COM wants exactly one
 * @param cti whether its account has phone integration, so that users need an extension
 */
record CrmComTemplate(String key, String identifier, boolean cti) {

  static CrmComTemplate from(Section section) {
    boolean byId = section.has("id");
    if (byId == section.has("name")) {
      section.reject(byId ? "name" : "id", "expected exactly one of id and name");
    }
    String key = byId ? "id" : "name";
    return new CrmComTemplate(
        key, section.optionalString(key).orElse(""), section.bool("cti", false));
  }

  void addTo(ObjectNode body) {
    body.putObject("user_template_identifier").put(key, identifier);
  }
}
