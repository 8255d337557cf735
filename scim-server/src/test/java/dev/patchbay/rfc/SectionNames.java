package dev.patchbay.rfc;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Names a test by its rule: {@code RFC 7644 §3.6: a deleted resource is gone}. */
final class SectionNames extends DisplayNameGenerator.Standard {

  @Override
  public String generateDisplayNameForMethod(
      List<Class<?>> enclosing, Class<?> type, Method method) {
    var words = method.getName().replaceAll("([A-Z0-9]+)", " $1").toLowerCase(Locale.ROOT);
    return Optional.ofNullable(method.getAnnotation(Section.class))
        .map(it -> "RFC " + String.join(", ", it.value()) + ": " + words)
        .orElse(words);
  }
}
