package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.Json;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a user in IPCortex's columns. Where users are deactivated by taking abilities
 * away, {@code can_hotdesk}, {@code can_webrtc} and {@code can_teams} are not theirs.
 */
record SettingColumns(Deactivation deactivation) {
  /** How a column is written. */
  private enum Form {
    FLAG,
    NUMBER,
    TEXT
  }

  /**
   * A column.
   *
   * @param blank what it is of somebody for whom nobody asks for anything; IPCortex names none
   */
  private record Column(String name, Form form, String blank) {
    void put(ObjectNode values, String text) {
      switch (form) {
        case FLAG -> values.put(name, Boolean.parseBoolean(text));
        case NUMBER -> values.put(name, Integer.parseInt(text));
        case TEXT -> values.put(name, text);
      }
    }

    Optional<String> text(JsonNode row) {
      return switch (form) {
        case FLAG ->
            row.has(name)
                ? Optional.of(String.valueOf(Abilities.isOn(row.path(name))))
                : Optional.empty();
        case NUMBER, TEXT -> Json.text(row, name);
      };
    }
  }

  static final String PHONE = "owned_phoneid";
  private static final Map<PbxField, Column> COLUMNS = new EnumMap<>(PbxField.class);

  static {
    flag(PbxField.CAN_FORWARD, "can_forward");
    flag(PbxField.XMPP_ADD, "xmpp_flags_add");
    flag(PbxField.XMPP_AUTH, "xmpp_flags_auth");
    flag(PbxField.VOICEMAIL_NOTIFY, "email_vm");
    flag(PbxField.VOICEMAIL_ATTACH, "email_vm_att");
    flag(PbxField.VOICEMAIL_DELETE, "email_vm_del");
    flag(PbxField.EMAIL_RECORDINGS, "email_mon");
    flag(PbxField.DELETE_RECORDINGS, "email_mon_del");
    flag(PbxField.STORE_RECORDINGS, "vmail_mon");
    flag(PbxField.LINKABLE, "call_by_all");
    COLUMNS.put(PbxField.HOT_DESKING, new Column("can_hotdesk", Form.FLAG, "true"));
    COLUMNS.put(PbxField.WEBRTC, new Column("can_webrtc", Form.NUMBER, "0"));
    COLUMNS.put(PbxField.TEAMS, new Column("can_teams", Form.NUMBER, "0"));
    COLUMNS.put(PbxField.VACATION_NUMBER, new Column("vacation", Form.TEXT, ""));
    COLUMNS.put(PbxField.VACATION_MODE, new Column("vacation_mode", Form.TEXT, "off"));
    COLUMNS.put(PbxField.OWNED_PHONE, new Column(PHONE, Form.TEXT, ""));
  }

  private static void flag(PbxField field, String column) {
    COLUMNS.put(field, new Column(column, Form.FLAG, "false"));
  }

  Set<PbxField> fields() {
    var fields = EnumSet.copyOf(COLUMNS.keySet());
    if (!deactivation.columns().isEmpty()) {
      fields.removeAll(List.of(PbxField.HOT_DESKING, PbxField.WEBRTC, PbxField.TEAMS));
    }
    return fields;
  }

  List<String> names() {
    return fields().stream().map(field -> column(field).name()).toList();
  }

  /** Puts what the user has a value of. */
  void put(ObjectNode values, PbxUser user) {
    for (PbxField field : fields()) {
      user.get(field).ifPresent(text -> column(field).put(values, text));
    }
  }

  /** Puts those that changed; one without a value becomes blank. */
  void put(ObjectNode values, PbxUser user, Set<PbxField> changed) {
    for (PbxField field : fields()) {
      if (changed.contains(field)) {
        Column column = column(field);
        column.put(values, user.get(field).orElse(column.blank()));
      }
    }
  }

  /** The settings in a row that was read. */
  void read(JsonNode row, Map<PbxField, String> fields) {
    for (PbxField field : fields()) {
      column(field).text(row).ifPresent(text -> fields.put(field, text));
    }
  }

  private static Column column(PbxField field) {
    return Objects.requireNonNull(COLUMNS.get(field));
  }
}
