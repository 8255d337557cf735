package dev.patchbay.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Overrides from environment variables: {@code tenants.office.pbx.base-url} is {@code
 * PATCHBAY_TENANTS_OFFICE_PBX_BASE_URL}. A name cannot be split back into keys, so each setting
 * asks for its own name, and what nobody asked for matches nothing.
 */
final class Environment {
  private static final String PREFIX = "PATCHBAY_";

  /** Read by others than the configuration: the log format, and who asks a running bridge. */
  private static final Set<String> TAKEN = Set.of("PATCHBAY_LOG", "PATCHBAY_OPERATOR_TOKEN");

  /** What Kubernetes sets in every pod beside a service called patchbay. */
  private static final Pattern KUBERNETES = Pattern.compile("PATCHBAY_(SERVICE_|PORT(_|$)).*");

  private final Map<String, String> variables;
  private final Map<String, String> asked = new TreeMap<>();
  private final Set<String> referenced = new HashSet<>();

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  static String nameOf(String path) {
    String words = path.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
    return PREFIX + words.toUpperCase(Locale.ROOT);
  }

  /** The override of the setting at {@code path}; a blank one is none. */
  Optional<String> override(String path) {
    asked.putIfAbsent(nameOf(path), path);
    return variable(nameOf(path));
  }

  /** Another setting whose variable has the same name; then an override could mean either. */
  Optional<String> clashOf(String path) {
    return Optional.ofNullable(asked.get(nameOf(path))).filter(other -> !other.equals(path));
  }

  /** A variable by its own name, as {@code env:NAME} wants it; a blank one is none. */
  Optional<String> referenced(String name) {
    referenced.add(name);
    return variable(name);
  }

  /** Whether an override of something below {@code path} is there. */
  boolean reaches(String path) {
    String start = nameOf(path) + "_";
    return variables.keySet().stream().anyMatch(name -> name.startsWith(start));
  }

  /** Overrides that no setting asked for. */
  List<ConfigProblem> unused() {
    return new TreeSet<>(variables.keySet())
        .stream()
            .filter(name -> name.startsWith(PREFIX) && !KUBERNETES.matcher(name).matches())
            .filter(name -> !TAKEN.contains(name) && !referenced.contains(name))
            .filter(name -> !asked.containsKey(name))
            .map(this::matchesNothing)
            .toList();
  }

  private ConfigProblem matchesNothing(String name) {
    String hint = Nearest.hint(name, asked.keySet());
    return new ConfigProblem("environment", name, "matches no setting" + hint);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }
}
