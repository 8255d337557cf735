package dev.patchbay.app;

import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds tokens that open more than one thing: a tenant, or the operators' API. */
final class TokenOwners {
  static final String OPERATORS = "the operators' API";

  private final Map<String, String> hashes = new HashMap<>();
  private final Map<Secret, String> tokens = new HashMap<>();

  /**
   * Refuses a token that opens something already: whoever has it would be let in at the other, too.
   * As far as can be told: two hashes of one token differ.
   *
   * @param entry whose token or hash was read without a complaint
   * @param owner what it opens, such as {@code tenant 'office'}
   */
  void claim(Section entry, String owner) {
    String key = entry.has("token") ? "token" : "hash";
    Optional<String> other =
        entry.has("token")
            ? entry.optionalSecret(key).map(it -> tokens.putIfAbsent(it, owner))
            : entry.optionalString(key).map(it -> hashes.putIfAbsent(it, owner));
    other.ifPresent(
        it -> entry.reject(key, "opens " + it + " already, expected a token of its own"));
  }
}
