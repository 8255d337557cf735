package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxPart;
import dev.patchbay.pbx.api.PbxParts;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The phones, speed dials and lines a user resource asks for. */
public final class PartValues {
  private static final Pattern MAC = Pattern.compile("[0-9a-f]{12}");

  /** Without these no phone can be set up. */
  private static final List<String> OF_ANY_PHONE =
      List.of("vendor", "model", "template", "timezone");

  private static final List<String> OF_A_PHONE =
      List.of("language", "codecs", "transport", "interface", "rps", "serialNumber");

  private static final List<String> OF_A_LINE =
      List.of("incoming", "outgoing", "editable", "skill");

  private PartValues() {}

  static PbxParts of(PbxField kind, ScimUser user) {
    return switch (kind) {
      case PHONES -> phones(user);
      case SPEED_DIALS -> speedDials(user);
      case LINES -> lines(user);
      default -> throw new IllegalArgumentException(kind + " has no parts");
    };
  }

  /** Twelve hexadecimal digits in lower case with colons, however they were written. */
  public static Optional<String> knownMac(String written) {
    var digits = written.toLowerCase(Locale.ROOT).replaceAll("[:.\\s-]", "");
    return Optional.of(digits.replaceAll("..(?!$)", "$0:"))
        .filter(mac -> MAC.matcher(digits).matches());
  }

  private static String mac(String written) {
    return knownMac(written)
        .orElseThrow(
            () ->
                invalid(
                    "phones.mac must be a MAC address of 12 hexadecimal digits, was "
                        + Refusal.quoted(written)));
  }

  public static PbxParts phones(ScimUser user) {
    return parts(ScimUser.PBX, "phones", user, PartValues::phone);
  }

  private static PbxPart phone(JsonNode phone) {
    var values = new HashMap<String, String>();
    var mac = mac(required("phones.mac", phone.path("mac")));
    OF_ANY_PHONE.forEach(name -> values.put(name, required("phones." + name, phone.path(name))));
    OF_A_PHONE.forEach(
        name -> ScimUser.text(phone.path(name)).ifPresent(it -> values.put(name, it)));
    return new PbxPart(mac, values);
  }

  static PbxParts speedDials(ScimUser user) {
    return parts(ScimUser.PBX, "speedDials", user, PartValues::speedDial);
  }

  private static PbxPart speedDial(JsonNode dial) {
    var list = required("speedDials.list", dial.path("list"));
    var code = required("speedDials.code", dial.path("code"));
    switch (list) {
      case "8" -> code("[2-9]", code, "8 is one digit from 2 to 9");
      case "100" -> code("[0-9]{2}", code, "100 is two digits");
      default -> throw invalid("speedDials.list must be 8 or 100, was " + Refusal.quoted(list));
    }
    var values = new HashMap<String, String>();
    values.put("number", required("speedDials.number", dial.path("number")));
    ScimUser.text(dial.path("description")).ifPresent(it -> values.put("description", it));
    return new PbxPart(list + "/" + code, values);
  }

  private static void code(String form, String code, String rule) {
    if (!code.matches(form)) {
      throw invalid("speedDials.code of list " + rule + ", was " + Refusal.quoted(code));
    }
  }

  /** Xelion's; what nobody says of a connection is left to the PBX's adapter. */
  static PbxParts lines(ScimUser user) {
    return parts(ResourceTypes.XELION_USER, "lines", user, PartValues::line);
  }

  private static PbxPart line(JsonNode line) {
    var values = new HashMap<String, String>();
    OF_A_LINE.forEach(name -> ScimUser.text(line.path(name)).ifPresent(it -> values.put(name, it)));
    return new PbxPart(required("lines.value", line.path("value")).strip(), values);
  }

  private interface Reading {
    PbxPart of(JsonNode element);
  }

  private static PbxParts parts(String urn, String attribute, ScimUser user, Reading reading) {
    var parts = new ArrayList<PbxPart>();
    for (JsonNode element : user.json().path(urn).path(attribute)) {
      var part = reading.of(element);
      if (parts.stream().anyMatch(it -> it.key().equals(part.key()))) {
        throw invalid(attribute + " has " + part.key() + " twice");
      }
      parts.add(part);
    }
    return PbxParts.of(parts);
  }

  private static String required(String attribute, JsonNode value) {
    return ScimUser.text(value).orElseThrow(() -> invalid(attribute + " is required"));
  }

  private static Refusal invalid(String detail) {
    return new Refusal(Refusal.Kind.INVALID_VALUE, detail);
  }

  /** As {@link #of}, of a resource that need not be well formed. */
  public static Optional<PbxParts> known(PbxField kind, ScimUser user) {
    try {
      return Optional.of(of(kind, user));
    } catch (Refusal malformed) {
      return Optional.empty();
    }
  }
}
