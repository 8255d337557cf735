package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether IPCortex did what it calls a success. Of an account without the right to administrate
 * users it silently ignores most columns, which must not become a success of ours.
 */
final class Written {
  // Long enough to end the try that found it out, short enough for rights that are given meanwhile.
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final Verify verify;
  private final UserColumns columns;
  private final IpCortexErrors errors;
  private final Clock clock;
  private final Map<Ignored, Instant> ignored = new ConcurrentHashMap<>();

  /** A column that is not set, or not cleared. */
  private record Ignored(String column, boolean cleared) {}

  /** When a user is read again after it was written. */
  enum Verify {
    /** Where success is not sure: our account may lack the right, or a value is to be cleared. */
    AUTO,
    ALWAYS,
    NEVER
  }

  Written(Verify verify, UserColumns columns, IpCortexErrors errors, Clock clock) {
    this.verify = verify;
    this.columns = columns;
    this.errors = errors;
    this.clock = clock;
  }

  /** Whether a write of {@code values} is to be read back. */
  boolean doubts(Rights rights, ObjectNode values) {
    return switch (verify) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> rights == Rights.DOUBTFUL || anyCleared(values);
    };
  }

  /** That an empty text clears a column is assumed, not documented. */
  private static boolean anyCleared(ObjectNode values) {
    return values.properties().stream().anyMatch(column -> cleared(values, column.getKey()));
  }

  private static boolean cleared(ObjectNode values, String column) {
    JsonNode value = values.path(column);
    return value.isTextual() && value.textValue().isEmpty();
  }

  /** Refuses what was ignored a moment ago, before anything else of the call takes effect. */
  void requireHeeded(PbxCall call, ObjectNode values) {
    Instant now = clock.instant();
    ignored.values().removeIf(until -> !until.isAfter(now));
    List<String> known =
        values.properties().stream()
            .map(Map.Entry::getKey)
            .filter(column -> ignored.containsKey(new Ignored(column, cleared(values, column))))
            .toList();
    if (!known.isEmpty()) {
      throw refusal(call, values, known);
    }
  }

  /**
   * Holds what was sent against what is there.
   *
   * @param row read after the write
   */
  void check(PbxCall call, Rights rights, ObjectNode values, JsonNode row) {
    List<String> missing = columns.missing(values, row);
    if (missing.isEmpty()) {
      return;
    }
    Instant until = clock.instant().plus(REMEMBERED);
    missing.stream()
        .map(column -> new Ignored(column, cleared(values, column)))
        .filter(it -> it.cleared() || rights == Rights.DOUBTFUL)
        .forEach(it -> ignored.put(it, until));
    if (missing.size() == values.size()) {
      throw refusal(call, values, missing);
    }
    // Some of it was done: what is there now has to be read before anything else is decided.
    throw errors.unclear(call.name(), "did only part of");
  }

  private PbxException refusal(PbxCall call, ObjectNode values, List<String> missing) {
    String names = String.join(", ", missing);
    return missing.stream().allMatch(column -> cleared(values, column))
        ? errors.refused(Reason.UNSUPPORTED, call.name(), ": it does not clear " + names)
        : errors.refused(
            Reason.FORBIDDEN,
            call.name(),
            ": it ignores " + names + " (the account needs System-Admin or Company-Admin)");
  }
}
