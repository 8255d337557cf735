package dev.patchbay.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A part of the configuration, read key by key into types. Asking for a key makes it known; what
 * nobody asked for stops the start.
 *
 * <p>A wrong value is a {@link ConfigProblem}. While the file is being read ({@link
 * ConfigFile#read}) problems gather and the getter returns its default or a harmless stand-in, so
 * that reading goes on; a section made by {@link #of} throws at once. A key without a value, or
 * with an empty one, counts as absent.
 */
public final class Section {
  private final Reading reading;
  private final String path;
  private final YamlNode.Mapping node;

  /** A value's text and where it came from: the file, or an environment variable. */
  private record Found(String text, String place, boolean fromFile) {}

  Section(Reading reading, String path, YamlNode.Mapping node) {
    this.reading = reading;
    this.path = path;
    this.node = node;
    reading.visit(path, node);
  }

  /** A section that throws at the first problem; for tests of what reads settings. */
  public static Section of(String yaml) {
    var environment = new Environment(Map.of());
    var reading = new Reading("settings", Path.of(""), environment, false);
    return new Section(reading, "", YamlReader.read("settings", yaml));
  }

  /** Where this section stands, such as {@code tenants.office.pbx}; empty for the whole file. */
  public String path() {
    return path;
  }

  public String string(String key) {
    return required(key, "text", optionalString(key), "");
  }

  public String string(String key, String otherwise) {
    return optionalString(key).orElse(otherwise);
  }

  public Optional<String> optionalString(String key) {
    return found(key, "text").map(Found::text);
  }

  /** An http or https URL without user, query or fragment. */
  public URI uri(String key) {
    return required(key, Values.URL, optionalUri(key), Values.NOWHERE);
  }

  public Optional<URI> optionalUri(String key) {
    return value(key, Values.URL, Values::url);
  }

  /**
   * {@code file:PATH} (relative to the configuration's directory) or {@code env:NAME}; an
   * environment override may hold the secret itself.
   */
  public Secret secret(String key) {
    return required(key, SecretReference.EXPECTED, optionalSecret(key), Secret.of(""));
  }

  public Optional<Secret> optionalSecret(String key) {
    return found(key, SecretReference.EXPECTED).flatMap(found -> resolve(key, found));
  }

  private Optional<Secret> resolve(String key, Found found) {
    try {
      return Optional.of(new SecretReference(reading, at(key)).resolve(found.text, found.fromFile));
    } catch (IllegalArgumentException e) {
      reading.problem(found.place, at(key), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** ISO-8601 ({@code PT30S}, {@code P30D}) or a number with ms, s, m, h or d ({@code 30s}). */
  public Duration duration(String key, Duration otherwise) {
    return value(key, Values.DURATION, Values::duration).orElse(otherwise);
  }

  /** The same from {@code min} to {@code max}, both included. */
  public Duration duration(String key, Duration otherwise, Duration min, Duration max) {
    String expected = Values.DURATION + " from " + min + " to " + max;
    return value(key, expected, text -> Values.duration(text, min, max)).orElse(otherwise);
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  public int integer(String key, int otherwise, int min, int max) {
    String expected = "a whole number from " + min + " to " + max;
    return value(key, expected, text -> Values.integer(text, min, max)).orElse(otherwise);
  }

  public boolean bool(String key, boolean otherwise) {
    return value(key, "true or false", Values::bool).orElse(otherwise);
  }

  /** One of an enum's constants, written in lower case with dashes. */
  public <E extends Enum<E>> E choice(String key, E otherwise) {
    List<E> constants = List.of(otherwise.getDeclaringClass().getEnumConstants());
    List<String> words = Values.words(constants);
    return choice(key, words, text -> Values.constant(text, constants)).orElse(otherwise);
  }

  /** One of these words. */
  public String choice(String key, String otherwise, Set<String> words) {
    return word(key, words).orElse(otherwise);
  }

  /** The same, if there is one. */
  public Optional<String> word(String key, Set<String> words) {
    return choice(key, words, text -> Values.word(text, words));
  }

  private <T> Optional<T> choice(
      String key, Collection<String> words, Function<String, T> constant) {
    String expected = "one of " + String.join(", ", words);
    return found(key, expected)
        .flatMap(
            found -> parse(found, at(key), expected, Nearest.hint(found.text, words), constant));
  }

  /**
   * A value of a type of the caller's.
   *
   * @param expected what a message says was expected, such as {@code "a range such as 1000-1999"}
   * @param parse throws {@link IllegalArgumentException} where the text is not that
   */
  public <T> Optional<T> value(String key, String expected, Function<String, T> parse) {
    return found(key, expected).flatMap(found -> parse(found, at(key), expected, "", parse));
  }

  private <T> Optional<T> parse(
      Found found, String at, String expected, String hint, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(found.text));
    } catch (IllegalArgumentException e) {
      String message = "expected " + expected + ", found '" + found.text + "'" + hint;
      reading.problem(found.place, at, message);
      return Optional.empty();
    }
  }

  /** A list of texts; one text alone is a list of one. An override separates by commas. */
  public List<String> strings(String key, List<String> otherwise) {
    return values(key, "a list of texts", otherwise, text -> text);
  }

  /** A list of values of a type of the caller's; see {@link #value} and {@link #strings}. */
  public <T> List<T> values(
      String key, String expected, List<T> otherwise, Function<String, T> parse) {
    reading.known(path, key);
    Optional<String> override = override(key);
    if (override.isEmpty() && absent(key)) {
      return otherwise;
    }
    var values = new ArrayList<T>();
    for (Found item :
        override.map(text -> split(key, text)).orElseGet(() -> items(key, expected))) {
      parse(item, at(key), expected, "", parse).ifPresent(values::add);
    }
    return List.copyOf(values);
  }

  private List<Found> split(String key, String override) {
    String place = overridePlace(key);
    return List.of(override.split(",")).stream()
        .map(text -> new Found(text.strip(), place, false))
        .toList();
  }

  private List<Found> items(String key, String expected) {
    YamlNode value = node(key);
    List<YamlNode> nodes = value instanceof YamlNode.Sequence list ? list.items() : List.of(value);
    var items = new ArrayList<Found>();
    for (YamlNode item : nodes) {
      if (item instanceof YamlNode.Text text) {
        items.add(new Found(text.text(), reading.place(text.line()), true));
      } else {
        unexpected(item, at(key), expected);
      }
    }
    return items;
  }

  /** Texts by name, such as phone system roles by SCIM role. */
  public Map<String, String> stringMap(String key) {
    Section map = section(key);
    var texts = new LinkedHashMap<String, String>();
    for (String name : map.node.entries().keySet()) {
      map.optionalString(name).ifPresent(text -> texts.put(name, text));
    }
    return texts;
  }

  /** Whether the key has a value, or something below it an override. */
  public boolean has(String key) {
    reading.known(path, key);
    return !absent(key) || override(key).isPresent() || reading.environment.reaches(at(key));
  }

  /** The section below {@code key}; an empty one when there is none. */
  public Section section(String key) {
    reading.known(path, key);
    return new Section(reading, at(key), mapping(node(key), at(key)));
  }

  /** The named sections below {@code key}, in the order of the file. */
  public Map<String, Section> sections(String key) {
    Section map = section(key);
    var sections = new LinkedHashMap<String, Section>();
    for (String name : map.node.entries().keySet()) {
      sections.put(name, map.section(name));
    }
    return sections;
  }

  /** The sections of the list below {@code key}. */
  public List<Section> list(String key) {
    reading.known(path, key);
    YamlNode value = node(key);
    if (value instanceof YamlNode.Sequence sequence) {
      var sections = new ArrayList<Section>();
      for (YamlNode item : sequence.items()) {
        String at = at(key) + "[" + sections.size() + "]";
        sections.add(new Section(reading, at, mapping(item, at)));
      }
      return List.copyOf(sections);
    }
    if (!(value instanceof YamlNode.Nothing)) {
      unexpected(value, at(key), "a list");
    }
    return List.of();
  }

  /**
   * What {@code reader} makes of this section; empty when a problem kept it from that. A rule that
   * a record checks itself ({@link IllegalArgumentException}) is a problem of the whole section.
   */
  public <T> Optional<T> read(Function<Section, T> reader) {
    int before = reading.problemCount();
    try {
      T result = reader.apply(this);
      return reading.problemCount() == before ? Optional.of(result) : Optional.empty();
    } catch (IllegalArgumentException e) {
      // A record given a stand-in for a value already complained of has nothing new to say.
      if (reading.problemCount() == before) {
        reading.problem(reading.place(node.line()), path, String.valueOf(e.getMessage()));
      }
      return Optional.empty();
    }
  }

  /** Reports that the section as a whole is wrong; what is in it is still read. */
  public void reject(String message) {
    reading.problem(reading.place(node.line()), path, message);
  }

  /** Reports that the value of {@code key} is wrong for a reason only the reader knows. */
  public void reject(String key, String message) {
    String place = override(key).isPresent() ? overridePlace(key) : reading.place(line(key));
    reading.problem(place, at(key), message);
  }

  /** The same of a value that is none of the words that are known, with the nearest of them. */
  public void rejectWord(String key, String expected, String found, Collection<String> known) {
    reject(key, "expected " + expected + ", found '" + found + "'" + Nearest.hint(found, known));
  }

  /** Says that the value of {@code key} works, but that it is hardly meant so. */
  public void warn(String key, String message) {
    reading.warn(at(key), message);
  }

  /** Leaves the keys unchecked: whoever would read them is not known. */
  public void skip() {
    for (String key : node.entries().keySet()) {
      reading.known(path, key);
    }
  }

  /** The keys that stand in the file. */
  public Set<String> keys() {
    return new LinkedHashSet<>(node.entries().keySet());
  }

  /**
   * A path of the configuration as a file: relative ones start at the configuration's directory.
   */
  public Path resolve(String file) {
    return reading.directory.resolve(file).toAbsolutePath().normalize();
  }

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private Optional<Found> found(String key, String expected) {
    reading.known(path, key);
    Optional<String> override = override(key);
    if (override.isPresent()) {
      return override.map(text -> new Found(text, overridePlace(key), false));
    }
    YamlNode value = node(key);
    if (value instanceof YamlNode.Text text) {
      String place = reading.place(text.line());
      return Optional.of(new Found(text.text(), place, true)).filter(f -> !f.text.isBlank());
    }
    if (!(value instanceof YamlNode.Nothing)) {
      unexpected(value, at(key), expected);
    }
    return Optional.empty();
  }

  private Optional<String> override(String key) {
    String at = at(key);
    Optional<String> override = reading.environment.override(at);
    Optional<String> other = reading.environment.clashOf(at);
    if (override.isPresent() && other.isPresent()) {
      String message = "could mean " + other.get() + " or " + at;
      reading.problem("environment", Environment.nameOf(at), message);
    }
    return override;
  }

  private String overridePlace(String key) {
    return "environment " + Environment.nameOf(at(key));
  }

  private <T> T required(String key, String expected, Optional<T> value, T standIn) {
    if (value.isEmpty() && absent(key) && override(key).isEmpty()) {
      reading.problem(reading.place(node.line()), at(key), "is missing, expected " + expected);
    }
    return value.orElse(standIn);
  }

  private boolean absent(String key) {
    YamlNode value = node(key);
    return value instanceof YamlNode.Nothing
        || (value instanceof YamlNode.Text text && text.text().isBlank());
  }

  private YamlNode.Mapping mapping(YamlNode value, String at) {
    return switch (value) {
      case YamlNode.Mapping mapping -> mapping;
      case YamlNode.Nothing nothing -> new YamlNode.Mapping(Map.of(), nothing.line());
      case YamlNode.Text text -> notASection(text, at);
      case YamlNode.Sequence sequence -> notASection(sequence, at);
    };
  }

  private YamlNode.Mapping notASection(YamlNode value, String at) {
    unexpected(value, at, "a section (key: value)");
    return new YamlNode.Mapping(Map.of(), value.line());
  }

  private void unexpected(YamlNode value, String at, String expected) {
    String message = "expected " + expected + ", found " + value.kind();
    reading.problem(reading.place(value.line()), at, message);
  }

  private YamlNode node(String key) {
    return node.entries().getOrDefault(key, new YamlNode.Nothing(node.line()));
  }

  private int line(String key) {
    return node(key).line();
  }

  private String at(String key) {
    return join(path, key);
  }
}
