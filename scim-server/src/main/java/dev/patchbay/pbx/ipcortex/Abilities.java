package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * With what a user may sign in.
 *
 * @param webrtc {@code can_webrtc}: -1 not, 0 as the PBX is set, 1 webrtc, 2 mobrtc, 3 both
 * @param teams {@code can_teams}: -1 not, 0 as the PBX is set, 1 teams
 * @param hotdesk {@code can_hotdesk}: at other people's phones
 */
record Abilities(int webrtc, int teams, boolean hotdesk) {
  /** What a switch may be read as; how IPCortex shows one is not documented. */
  private static final Set<String> ON = Set.of("true", "1", "yes", "on", "y", "t");

  static final List<String> COLUMNS = List.of("can_webrtc", "can_teams", "can_hotdesk");

  /** Of somebody who is deactivated. */
  static final Abilities NONE = new Abilities(-1, -1, false);

  Abilities {
    if (webrtc < -1 || webrtc > 3 || teams < -1 || teams > 1) {
      throw new IllegalArgumentException("webrtc must be -1 to 3 and teams -1 to 1");
    }
  }

  void put(ObjectNode values) {
    values.put("can_webrtc", webrtc).put("can_teams", teams).put("can_hotdesk", hotdesk);
  }

  boolean heldBy(JsonNode row) {
    return row.path("can_webrtc").asInt(Integer.MIN_VALUE) == webrtc
        && row.path("can_teams").asInt(Integer.MIN_VALUE) == teams
        && isOn(row.path("can_hotdesk")) == hotdesk;
  }

  static boolean isOn(JsonNode value) {
    return ON.contains(value.asText("").toLowerCase(Locale.ROOT));
  }
}
