package dev.patchbay.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One reading of a file: what was asked for and what was wrong. While it is open problems gather,
 * so that a person sees all of them at once; afterwards a problem is thrown where it occurs.
 */
final class Reading {
  final Path directory;
  final Environment environment;

  private final String file;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, Visit> visits = new TreeMap<>();
  private boolean open;

  /** A section somebody read, and the keys it was asked for. */
  private record Visit(YamlNode.Mapping mapping, Set<String> known) {}

  Reading(String file, Path directory, Environment environment, boolean open) {
    this.file = file;
    this.directory = directory;
    this.environment = environment;
    this.open = open;
  }

  void visit(String path, YamlNode.Mapping mapping) {
    visits.putIfAbsent(path, new Visit(mapping, new TreeSet<>()));
  }

  void known(String path, String key) {
    Visit visit = visits.get(path);
    if (visit != null) {
      visit.known().add(key);
    }
  }

  void problem(String place, String key, String message) {
    problems.add(new ConfigProblem(place, key, message));
    if (!open) {
      throw new ConfigException(List.of(problems.removeLast()));
    }
  }

  int problemCount() {
    return problems.size();
  }

  boolean isOpen() {
    return open;
  }

  void warn(String key, String message) {
    warnings.add(key + ": " + message);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  String place(int line) {
    return line == 0 ? file : file + ":" + line;
  }

  /** Ends the reading; throws everything that was wrong, unknown keys and overrides included. */
  void close() {
    open = true;
    visits.forEach(this::reportUnknown);
    problems.addAll(environment.unused());
    open = false;
    if (!problems.isEmpty()) {
      var all = List.copyOf(problems);
      problems.clear();
      throw new ConfigException(all);
    }
  }

  private void reportUnknown(String path, Visit visit) {
    visit
        .mapping()
        .entries()
        .forEach(
            (key, node) -> {
              if (!visit.known().contains(key)) {
                String hint = Nearest.hint(key, visit.known());
                problem(place(node.line()), Section.join(path, key), "unknown key" + hint);
              }
            });
  }
}
