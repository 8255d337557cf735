package dev.patchbay.mapping;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Text with placeholders, such as {@code {pbxUserName}@example.invalid}. */
public record Template(String text) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

  /** A template that uses none but the {@code known} placeholders. */
  static Template of(String text, Set<String> known) {
    Stream<String> used = PLACEHOLDER.matcher(text).results().map(found -> found.group(1));
    var template = new Template(text);
    if (!used.allMatch(known::contains) || !template.closed()) {
      throw new IllegalArgumentException("placeholders are " + known + ", was '" + text + "'");
    }
    return template;
  }

  /** Whether every brace belongs to a placeholder. */
  boolean closed() {
    return PLACEHOLDER.matcher(text).replaceAll("").chars().noneMatch(it -> it == '{' || it == '}');
  }

  /** What stands in braces. */
  List<String> placeholders() {
    return PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).distinct().toList();
  }

  /** The text with every placeholder replaced; one without a value leaves nothing behind. */
  String fill(Function<String, Optional<String>> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(values.apply(found.group(1)).orElse("")))
        .strip();
  }
}
