package dev.patchbay.pbx.api;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One of several things of a kind that a user has on a phone system, such as a phone.
 *
 * @param key what tells it from the user's others, for ever: a phone's MAC address, for one
 * @param id the phone system's own id of it, where it is known
 * @param values what it is like, by name; one without a value is not in it
 */
public record PbxPart(String key, Optional<String> id, Map<String, String> values) {
  public PbxPart {
    if (key.isBlank()) {
      throw new IllegalArgumentException("a part must have a key");
    }
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** One that the phone system may not have yet. */
  public PbxPart(String key, Map<String, String> values) {
    this(key, Optional.empty(), values);
  }

  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  public PbxPart with(Optional<String> known) {
    return new PbxPart(key, known, values);
  }

  /** Whether both are the same thing in the same state, whatever it is called there. */
  public boolean same(PbxPart other) {
    return key.equals(other.key) && values.equals(other.values);
  }
}
