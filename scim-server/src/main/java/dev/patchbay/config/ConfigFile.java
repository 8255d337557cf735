package dev.patchbay.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The configuration: one YAML file, and environment variables that override single settings. */
public final class ConfigFile {
  // Some thousand tenants; whoever names a log file by mistake is told so at once.
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final Reading reading;
  private final Section root;

  private ConfigFile(Reading reading, Section root) {
    this.reading = reading;
    this.root = root;
  }

  /**
   * Loads {@code file}; its relative paths start at its own directory.
   *
   * @throws ConfigException when it cannot be read or is no YAML mapping
   */
  public static ConfigFile load(Path file, Map<String, String> environment) {
    Path directory = file.toAbsolutePath().normalize().getParent();
    return of(file.toString(), Optional.ofNullable(directory), text(file), environment);
  }

  /** The same of a text, with relative paths starting at {@code directory}. */
  public static ConfigFile parse(
      String name, Path directory, String yaml, Map<String, String> environment) {
    return of(name, Optional.of(directory), yaml, environment);
  }

  private static ConfigFile of(
      String name, Optional<Path> directory, String yaml, Map<String, String> variables) {
    var mapping = YamlReader.read(name, yaml);
    var environment = new Environment(variables);
    var reading = new Reading(name, directory.orElse(Path.of("/")), environment, true);
    return new ConfigFile(reading, new Section(reading, "", mapping));
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw unreadable(file, "is too big for a configuration");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "does not exist");
    } catch (CharacterCodingException e) {
      throw unreadable(file, "is not UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file, Files.isDirectory(file) ? "is a directory" : "cannot be read");
    }
  }

  private static ConfigException unreadable(Path file, String why) {
    return new ConfigException(List.of(new ConfigProblem(file.toString(), "", why)));
  }

  /**
   * Reads the whole file.
   *
   * @throws ConfigException with every problem found, keys and overrides nobody asked for included
   */
  public <T> T read(Function<Section, T> reader) {
    Optional<T> result = root.read(reader);
    reading.close();
    // Without a problem there is a result: Section.read gives none only after reporting one.
    return result.orElseThrow();
  }

  /** What works but should not stay so, such as a secret file that everybody can read. */
  public List<String> warnings() {
    return reading.warnings();
  }
}
