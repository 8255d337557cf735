package dev.patchbay.mapping;

import static java.util.Comparator.naturalOrder;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The PBX roles that are recognised.
 *
 * @param names what may stand for a role (its name, its id on the PBX or in SCIM) and its name
 */
public record KnownRoles(Map<String, String> names) {
  static final KnownRoles NONE = new KnownRoles(Map.of());

  public KnownRoles {
    names = Map.copyOf(names);
  }

  static KnownRoles named(Set<String> names) {
    return new KnownRoles(names.stream().collect(Collectors.toMap(it -> it, it -> it)));
  }

  /** The name of the role that a value stands for: a name in any case, an id as it is. */
  Optional<String> name(String value) {
    return Optional.ofNullable(names.get(value))
        .or(() -> names.values().stream().filter(value::equalsIgnoreCase).min(naturalOrder()));
  }

  /** These and others; where a value stands for two, these have it. */
  public KnownRoles and(KnownRoles others) {
    var all = new HashMap<>(others.names);
    all.putAll(names);
    return new KnownRoles(all);
  }
}
