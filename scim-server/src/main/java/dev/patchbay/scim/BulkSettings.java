package dev.patchbay.scim;

import dev.patchbay.config.Section;
import java.time.Duration;

/**
 * What one bulk may ask for; docs/reference/configuration.md has the keys.
 *
 * @param maxOperations operations in one request
 * @param maxPayloadSize bytes of the body; at most what the server takes of any body
 * @param parallel operations under way at once
 * @param answerWithin no operation begins that would probably end later than this
 */
public record BulkSettings(
    int maxOperations, int maxPayloadSize, int parallel, Duration answerWithin) {
  private static final int BODY = 4 * 1024 * 1024; // what the server takes of any body

  /** Reads a tenant's {@code bulk} section. */
  public static BulkSettings from(Section section) {
    return new BulkSettings(
        section.integer("max-operations", 1000, 1, 10_000),
        section.integer("max-payload-size", BODY / 2, 1024, BODY),
        section.integer("parallel", 8, 1, 64),
        section.duration(
            "answer-within",
            Duration.ofSeconds(20),
            Duration.ofMillis(100),
            Duration.ofMinutes(10)));
  }
}
