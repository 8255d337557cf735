package dev.patchbay.emulator.portsip;

import static dev.patchbay.emulator.portsip.Field.field;
import static dev.patchbay.emulator.portsip.Field.listed;
import static dev.patchbay.emulator.portsip.Field.own;
import static dev.patchbay.emulator.portsip.Field.setting;
import static dev.patchbay.emulator.portsip.Form.bool;
import static dev.patchbay.emulator.portsip.Form.matching;
import static dev.patchbay.emulator.portsip.Form.oneOf;
import static dev.patchbay.emulator.portsip.Form.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.portsip.Field.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The user as PortSIP v22.2 documents it, in the order of its page, and what later ones add. */
final class UserFields {
  private static final Set<String> RESERVED_NAMES =
      Set.of("admin", "system", "administrator", "root");

  private static Form name(Undocumented undocumented) {
    String letters = undocumented.is(Otherwise.NAMES_OF_ANY_LETTER) ? "\\p{L}" : "A-Za-z";
    return text(1, 64)
        .and(
            matching(
                "may hold " + letters + " 0-9 _ - ' . and neither begin nor end with a dot",
                "(?!\\.)[" + letters + "0-9_\\-'.]+(?<!\\.)"))
        .and(Form.rule("is reserved", UserFields::isFree));
  }

  private static final Form EXTENSION = matching("must be 3 to 64 digits", "[0-9]{3,64}");

  private static final Form LANGUAGE =
      matching("must be a BCP 47 tag", "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

  /** Secrets a create takes and no read gives back; they are not kept with the user. */
  static final List<String> SECRETS = List.of("password", "extension_password");

  private static final Map<Level, FieldSet> BY_LEVEL = new EnumMap<>(Level.class);

  static {
    Arrays.stream(Level.values())
        .forEach(it -> BY_LEVEL.put(it, new FieldSet(all(it, Undocumented.usual()))));
  }

  private UserFields() {}

  static FieldSet of(Level level) {
    return Objects.requireNonNull(BY_LEVEL.get(level));
  }

  /** Those of a PBX whose names and PINs may be of other forms than the usual ones. */
  static FieldSet of(Level level, Undocumented undocumented) {
    boolean usual =
        Collections.disjoint(
            undocumented.otherwise(),
            Set.of(Otherwise.NAMES_OF_ANY_LETTER, Otherwise.NO_DESCENDING_PINS));
    return usual ? of(level) : new FieldSet(all(level, undocumented));
  }

  private static List<Field> all(Level level, Undocumented undocumented) {
    var fields = new ArrayList<Field>();
    fields.addAll(account(level, name(undocumented)));
    fields.addAll(settings(level));
    fields.addAll(later(level));
    fields.addAll(ForwardRules.fields());
    fields.addAll(voicemail(PinForm.of(undocumented)));
    fields.addAll(
        List.of(
            own("profile"),
            own("created_at", Use.LIST),
            own("avatar_file_name", Use.LIST),
            own("avatar_file_size", Use.LIST),
            own("avatar_file_url", Use.LIST),
            own("sync_type", Use.LIST)));
    return fields;
  }

  /** What came after v22.2. */
  private static List<Field> later(Level level) {
    var fields = new ArrayList<Field>();
    if (level.atLeast(Level.V22_3)) {
      fields.add(setting("enable_ai_transcript", bool()).or(false));
      fields.add(setting("enable_uc_app", bool()).or(true));
      fields.add(setting("enable_teams_phone_app", bool()).or(false));
    }
    if (level.atLeast(Level.V22_4)) {
      fields.add(setting("soft_phone_template", text(64)));
    }
    if (level.atLeast(Level.V22_6)) {
      fields.add(setting("timezone", text(64)));
    }
    return fields;
  }

  private static List<Field> account(Level level, Form name) {
    return List.of(
        own("id", Use.LIST),
        field("name", name, Use.CREATE, Use.READ, Use.LIST).required(),
        // The policy is the tenant's, and checked where the tenant is known.
        field("password", Form.rule("must be a string", JsonNode::isTextual), Use.CREATE)
            .required(),
        listed("email", text(128)).required(),
        listed("display_name", text(level.atLeast(Level.V22_6) ? 128 : 1024)).required(),
        listed("enabled", bool()).or(true),
        field("role", text(1, 64), Use.CREATE, Use.READ, Use.LIST).required(),
        field("extension_number", EXTENSION, Use.CREATE, Use.READ, Use.LIST).required(),
        field("extension_password", Form.rule("must be a string", JsonNode::isTextual), Use.CREATE)
            .required(),
        listed("mobile_phone", text(32)),
        listed("work_phone", text(32)),
        listed("home_phone", text(32)),
        listed("address", text(128)),
        listed("department", text(128)));
  }

  private static List<Field> settings(Level level) {
    return List.of(
        setting("enable_audio_recording", bool()).or(false),
        setting("enable_video_recording", bool()).or(false),
        setting("enable_dnd", bool()),
        setting("enable_acb", bool()),
        setting("enable_hot_desking", bool()).or(false),
        setting("anonymous_outbound_calls", bool()).or(false),
        setting("delivery_outbound_cid", bool()).or(true),
        setting("sms", oneOf("DISABLE", "ALLOW", "ALLOW_WITH_SENDER_ID")).or("DISABLE"),
        setting("outbound_caller_ids", NestedForms.callerIds(level)).or(Json.array()),
        setting("custom_options", NestedForms.JSON_TEXT),
        setting("office_hours", NestedForms.OFFICE_HOURS),
        setting(
            "interface",
            oneOf(
                "WEB_DOMAIN",
                "PUBLIC_IPV4",
                "PUBLIC_IPV6",
                "PRIVATE_IPV4",
                "PRIVATE_IPV6",
                "SBC_DOMAIN")),
        setting("preferred_transport", oneOf("UDP", "TCP", "TLS")),
        setting("blfs", NestedForms.BLFS).or(Json.array()));
  }

  private static List<Field> voicemail(Form pin) {
    return List.of(
        setting("voicemail_prompt", LANGUAGE).or("en-US"),
        setting("enable_voicemail_pin", bool()).or(true),
        setting("voicemail_pin", pin).required(),
        setting("enable_voicemail_notify", bool()).or(false),
        setting("voicemail_play_datetime", oneOf("DISABLE", "12_HOUR_CLOCK", "24_HOUR_CLOCK")));
  }

  private static boolean isFree(JsonNode name) {
    return !RESERVED_NAMES.contains(name.textValue().toLowerCase(Locale.ROOT));
  }
}
