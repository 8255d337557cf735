package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Updates that take values away. What clears a field is not documented, and a PortSIP may take it
 * for "unchanged" and answer 200: until a field was seen to go once, it is looked at before and
 * after, so that what is kept does not become a success.
 */
final class PortSipClearing {
  // Long enough to end the try that found it out, short enough for a PortSIP that was mended.
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final PortSipApi api;
  private final ClearWith with;
  private final Clock clock;
  private final Set<Cleared> proven = ConcurrentHashMap.newKeySet();
  private final Map<Cleared, Instant> kept = new ConcurrentHashMap<>();

  /** A field of what a call updates. */
  private record Cleared(String call, String field) {}

  PortSipClearing(PortSipApi api, ClearWith with, Clock clock) {
    this.api = api;
    this.with = with;
    this.clock = clock;
  }

  /** Lets an update with this body take the field's value away. */
  void clear(ObjectNode body, String field) {
    with.clear(body, field);
  }

  /**
   * Sends the update.
   *
   * @param path of the object, which shows it too
   * @param before the object, where it has been read
   */
  void post(
      PbxCall call, String path, ObjectNode body, Optional<ObjectNode> before, CallTime time) {
    HttpCall effect = HttpCall.effect(call.name(), path, Json.body(body));
    List<String> unproven =
        body.properties().stream()
            .filter(field -> isBlank(field.getValue()))
            .map(Map.Entry::getKey)
            .filter(field -> !proven.contains(new Cleared(call.name(), field)))
            .toList();
    if (unproven.isEmpty()) {
      api.effect(effect, time);
      return;
    }
    HttpCall look = HttpCall.read(call.name(), path);
    ObjectNode held = before.orElseGet(() -> api.readFirst(look, time));
    List<String> going = unproven.stream().filter(field -> !isBlank(held.path(field))).toList();
    refuseKept(call, going);
    api.effect(effect, time);
    if (!going.isEmpty()) {
      check(call, body, held, going, readBack(look, time));
    }
  }

  private static boolean isBlank(JsonNode value) {
    return value.isNull()
        || value.isMissingNode()
        || (value.isTextual() && value.asText().isBlank());
  }

  /** Before anything else of the call takes effect. */
  private void refuseKept(PbxCall call, List<String> going) {
    Instant now = clock.instant();
    kept.values().removeIf(until -> !until.isAfter(now));
    List<String> known =
        going.stream().filter(it -> kept.containsKey(new Cleared(call.name(), it))).toList();
    if (!known.isEmpty()) {
      throw refused(call, known);
    }
  }

  private ObjectNode readBack(HttpCall look, CallTime time) {
    try {
      return api.read(look, time);
    } catch (PbxException unread) {
      throw new OutcomeUnknown(
          "pbx '" + api.pbx() + "' did not show what " + look.name() + " cleared", unread);
    }
  }

  private void check(
      PbxCall call, ObjectNode body, ObjectNode held, List<String> going, ObjectNode after) {
    List<String> same =
        going.stream().filter(field -> after.path(field).equals(held.path(field))).toList();
    Instant until = clock.instant().plus(REMEMBERED);
    for (String field : going) {
      var cleared = new Cleared(call.name(), field);
      if (same.contains(field)) {
        kept.put(cleared, until);
      } else if (isBlank(after.path(field))) {
        proven.add(cleared);
      }
    }
    if (same.isEmpty()) {
      return;
    }
    boolean alone =
        body.properties().stream()
            .filter(field -> !same.contains(field.getKey()))
            .allMatch(field -> field.getValue().equals(held.path(field.getKey())));
    // Where more was done, what is there now has to be read before anything else is decided.
    throw alone
        ? refused(call, same)
        : new OutcomeUnknown("pbx '" + api.pbx() + "' did only part of " + call.name(), null);
  }

  private Rejected refused(PbxCall call, List<String> fields) {
    return new Rejected(
        Reason.UNSUPPORTED,
        "pbx '%s' does not clear %s by %s in %s (see its setting clear-with)"
            .formatted(api.pbx(), String.join(", ", fields), with, call.name()));
  }
}
