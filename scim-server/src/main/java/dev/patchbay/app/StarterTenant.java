package dev.patchbay.app;

import dev.patchbay.config.TokenHash;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One tenant of a starter configuration.
 *
 * @param token the identity provider's
 * @param dialect whose commented template is filled in
 * @param quietTime how long the PBX may work on after a call was given up
 * @param requestsPerMinute to the PBX; 0 for no limit
 * @param ms365Source where the Microsoft 365 user to bind is named, if the dialect binds any
 * @param blanks what becomes of the settings that only the PBX's administrator knows
 */
record StarterTenant(
    String name,
    TokenHash token,
    String dialect,
    URI pbxUrl,
    Duration quietTime,
    int requestsPerMinute,
    String ms365Source,
    Blanks blanks) {
  private static final String FILL_IN = "# fill in";

  // A setting that cannot be guessed, with the value that fits the emulated PBX.
  private static final Pattern BLANK = Pattern.compile("@demo:([^@]+)@");
  private static final Pattern LEFT = Pattern.compile("(?m)^ *(\\S+): " + FILL_IN + "$");

  /** What becomes of the settings that only the PBX's administrator knows. */
  enum Blanks {
    /** They are left to be filled in, without which {@code check} refuses them. */
    LEFT,
    /** They fit the emulated PBX. */
    EMULATED
  }

  String text(String template) {
    String text =
        switch (blanks) {
          case LEFT -> BLANK.matcher(template).replaceAll(FILL_IN);
          case EMULATED -> BLANK.matcher(template).replaceAll("$1");
        };
    return StarterConfig.filled(text, values());
  }

  private Map<String, String> values() {
    return Map.of(
        "tenant", name,
        "hash", Yaml.quoted(token.text()),
        "pbx-url", Yaml.quoted(pbxUrl.toString()),
        "quiet-time", quietTime.toString(),
        "requests-per-minute", Integer.toString(requestsPerMinute),
        "ms365-source", ms365Source);
  }

  /** The keys of a configuration that are still to be filled in. */
  static List<String> blanks(String yaml) {
    return LEFT.matcher(yaml).results().map((MatchResult it) -> it.group(1)).toList();
  }
}
