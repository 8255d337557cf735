package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.http.Json;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a user's account in PortSIP's JSON. All of them travel in creates and updates, a
 * single read shows them, and no list does.
 */
final class PortSipProfileJson {
  /**
   * One of them.
   *
   * @param blank what it is where nobody asks for anything; the vendor does not say of those that
   *     are null
   */
  private record Setting(String name, PortSipForm form, JsonNode blank) {}

  private static final Map<PbxField, Setting> SETTINGS = new EnumMap<>(PbxField.class);

  static {
    flag(PbxField.RECORD_AUDIO, "enable_audio_recording", false);
    flag(PbxField.RECORD_VIDEO, "enable_video_recording", false);
    flag(PbxField.DO_NOT_DISTURB, "enable_dnd", false);
    flag(PbxField.AUTOMATIC_CALLBACK, "enable_acb", false);
    flag(PbxField.HOT_DESKING, "enable_hot_desking", false);
    flag(PbxField.ANONYMOUS_OUTBOUND, "anonymous_outbound_calls", false);
    flag(PbxField.DELIVER_CALLER_ID, "delivery_outbound_cid", true);
    flag(PbxField.VOICEMAIL_PIN_REQUIRED, "enable_voicemail_pin", true);
    flag(PbxField.VOICEMAIL_NOTIFY, "enable_voicemail_notify", false);
    text(PbxField.VOICEMAIL_LANGUAGE, "voicemail_prompt", TextNode.valueOf("en-US"));
    text(PbxField.VOICEMAIL_TIME, "voicemail_play_datetime", TextNode.valueOf("DISABLE"));
    text(PbxField.TIME_ZONE, "timezone", NullNode.instance);
    text(PbxField.SMS, "sms", TextNode.valueOf("DISABLE"));
    text(PbxField.SIP_INTERFACE, "interface", NullNode.instance);
    text(PbxField.PREFERRED_TRANSPORT, "preferred_transport", NullNode.instance);
    put(
        PbxField.CUSTOM_OPTIONS,
        new Setting("custom_options", new PortSipForm.JsonText(), NullNode.instance));
    put(
        PbxField.OUTBOUND_CALLER_IDS,
        new Setting("outbound_caller_ids", new PortSipForm.CallerIds(), Json.array()));
    put(PbxField.BLFS, new Setting("blfs", new PortSipForm.Lamps(), Json.array()));
    put(
        PbxField.OFFICE_HOURS,
        new Setting("office_hours", new PortSipForm.Hours(), Json.object().put("mode", "GLOBAL")));
    EnumSet.range(PbxField.FORWARD_AVAILABLE_OFFICE, PbxField.FORWARD_OFFLINE_NON_OFFICE)
        .forEach(
            field ->
                put(field, new Setting(rule(field), new PortSipForm.Rule(), NullNode.instance)));
  }

  private PortSipProfileJson() {}

  private static void put(PbxField field, Setting setting) {
    SETTINGS.put(field, setting);
  }

  private static void flag(PbxField field, String name, boolean blank) {
    put(field, new Setting(name, new PortSipForm.Flag(), BooleanNode.valueOf(blank)));
  }

  private static void text(PbxField field, String name, JsonNode blank) {
    put(field, new Setting(name, new PortSipForm.Text(), blank));
  }

  /** As {@code busy_non_office_hours_forward_rule} or {@code busy_no_answer_forward_rule}. */
  private static String rule(PbxField field) {
    String when = field.name().substring("FORWARD_".length()).toLowerCase(Locale.ROOT);
    return when + (when.endsWith("_office") ? "_hours_forward_rule" : "_forward_rule");
  }

  /** Those that a PortSIP of this version has. */
  static Set<PbxField> fields(ApiLevel level) {
    var fields = EnumSet.copyOf(SETTINGS.keySet());
    if (!level.atLeast(ApiLevel.V22_6)) {
      fields.remove(PbxField.TIME_ZONE);
    }
    return fields;
  }

  static boolean has(PbxField field) {
    return SETTINGS.containsKey(field);
  }

  /** The value as a read would give it back. */
  static Optional<String> canonical(PbxField field, String value) {
    Setting setting = setting(field);
    return setting.form().text(setting.form().json(value, NullNode.instance));
  }

  /** Puts the value into a body that may hold what PortSIP has of the field. */
  static void put(ObjectNode body, PbxField field, String value) {
    Setting setting = setting(field);
    body.set(setting.name(), setting.form().json(value, body.path(setting.name())));
  }

  /** Puts into the body what a user has of whom nothing was ever asked. */
  static void clear(ObjectNode body, PbxField field, PortSipClearing clearing) {
    Setting setting = setting(field);
    if (setting.blank().isNull() && !(setting.form() instanceof PortSipForm.Rule)) {
      clearing.clear(body, setting.name());
    } else {
      body.set(setting.name(), setting.blank());
    }
  }

  private static Setting setting(PbxField field) {
    return Objects.requireNonNull(SETTINGS.get(field));
  }

  /** What a read shows; a switch it has no value for is off, or as the vendor says. */
  static void read(JsonNode json, Map<PbxField, String> fields) {
    SETTINGS.forEach(
        (field, setting) -> {
          JsonNode shown = json.path(setting.name());
          JsonNode value = shown.isNull() ? setting.blank() : shown;
          setting.form().text(value).ifPresent(text -> fields.put(field, text));
        });
  }
}
