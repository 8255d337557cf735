package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.portsip.Field.Use;
import java.util.List;
import java.util.Locale;

/** What phones and speed dials are made of. */
final class PartFields {
  private static final Form DIGITS = Form.matching("must be 4 to 8 digits", "[0-9]{4,8}");
  private static final Form MAC =
      Form.matching(
          "must be a MAC address in lower case with : or -", "([0-9a-f]{2}[:-]){5}[0-9a-f]{2}");

  static final FieldSet PHONES =
      new FieldSet(
          List.of(
              Field.own("id", Use.LIST),
              fixed("mac", MAC),
              fixed("filename", Form.text(1, 256)),
              fixed("vendor", Form.text(1, 256)),
              fixed("model", Form.text(1, 256)),
              Field.listed("password", Form.text(1, 64)).required(),
              Field.listed(
                      "language",
                      Form.oneOf(
                          "ENGLISH",
                          "CHINESE",
                          "DUTCH",
                          "FRENCH",
                          "GERMAN",
                          "GREEK",
                          "ITALIAN",
                          "JAPANESE",
                          "POLISH",
                          "RUSSIAN",
                          "SPANISH",
                          "SWEDISH",
                          "UKRAINIAN",
                          "BULGARIAN"))
                  .required(),
              Field.listed("transfer", Form.oneOf("BLIND", "ATTENDED", "NEW_CALL"))
                  .or("BLIND")
                  .required(),
              Field.listed("timezone", Form.text(1, 256)).required(),
              Field.listed("codecs", Form.listOf(Form.text(1, 64))).required(),
              Field.listed(
                      "interface",
                      Form.oneOf(
                          "WEB_DOMAIN",
                          "PUBLIC_IPV4",
                          "PUBLIC_IPV6",
                          "PRIVATE_IPV4",
                          "PRIVATE_IPV6",
                          "SBC_DOMAIN"))
                  .required(),
              Field.listed("preferred_transport", Form.oneOf("UDP", "TCP", "TLS")).required(),
              text("ringtone"),
              text("queue_ringtone"),
              text("external_ringtone"),
              text("date_format"),
              text("time_format"),
              text("powerled"),
              text("backlight"),
              text("screensaver"),
              Field.listed("rps", Form.bool()).or(false),
              Field.listed("https", Form.bool()).or(false),
              Field.listed("enable_lldp", Form.bool()).or(false),
              Field.listed("enable_vlan_wan_port", Form.bool()).or(false),
              Field.listed("wan_port_id", Form.integer(1, 4094)),
              Field.listed("wan_port_priority", Form.integer(0, 7)),
              Field.listed("enable_vlan_pc_port", Form.bool()).or(false),
              Field.listed("pc_port_id", Form.integer(1, 4094)),
              Field.listed("pc_port_priority", Form.integer(0, 7)),
              text("serial_number"),
              Field.listed("door_password1", DIGITS),
              Field.listed("door_password2", DIGITS),
              Field.own("url", Use.LIST)));

  static final FieldSet SPEED_DIAL_8 = speedDials("must be 2 to 9", "[2-9]");
  static final FieldSet SPEED_DIAL_100 = speedDials("must be 00 to 99", "[0-9]{2}");

  private PartFields() {}

  /** Set by a create, and never again. */
  private static Field fixed(String name, Form form) {
    return Field.field(name, form, Use.CREATE, Use.READ, Use.LIST).required();
  }

  private static Field text(String name) {
    return Field.listed(name, Form.text(256));
  }

  private static FieldSet speedDials(String rule, String code) {
    return new FieldSet(
        List.of(
            Field.own("id", Use.LIST),
            Field.listed("code", Form.matching(rule, code)).required(),
            Field.listed("phone_number", Form.text(1, 64)).required(),
            Field.listed("description", Form.text(1024))));
  }

  /** What tells one from the others: a phone's MAC address, a speed dial's code. */
  static String code(ObjectNode body) {
    return body.has("mac") ? mac(body.path("mac").asText()) : body.path("code").asText();
  }

  /** As compared: the separators do not count. */
  static String mac(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-f]", "");
  }

  /** Where the phone fetches its settings. */
  static ObjectNode withUrl(ObjectNode body) {
    ObjectNode made = Json.object().setAll(body);
    return body.has("mac") ? made.put("url", "/provision/" + code(body)) : made;
  }
}
