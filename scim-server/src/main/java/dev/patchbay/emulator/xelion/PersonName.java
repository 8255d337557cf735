package dev.patchbay.emulator.xelion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** A Person's name: a whole name sent as the family name is taken apart. */
final class PersonName {
  private static final String FAMILY = "familyName";
  private static final List<String> SHOWN = List.of("givenName", "namePrefix", FAMILY);

  private PersonName() {}

  /** {@code Jan de Jager} becomes {@code Jan}, {@code de} and {@code Jager}. */
  static void split(ObjectNode person) {
    List<String> words = List.of(person.path(FAMILY).asText().strip().split("\\s+"));
    if (words.size() < 2) {
      return;
    }
    List<String> inner = words.subList(1, words.size() - 1);
    boolean prefix = !inner.isEmpty() && inner.stream().allMatch(PersonName::isPrefix);
    person
        .put("givenName", prefix || inner.isEmpty() ? words.getFirst() : join(words, 1))
        .put("namePrefix", prefix ? String.join(" ", inner) : "")
        .put(FAMILY, words.getLast());
  }

  private static boolean isPrefix(String word) {
    return Character.isLowerCase(word.charAt(0));
  }

  private static String join(List<String> words, int without) {
    return String.join(" ", words.subList(0, words.size() - without));
  }

  /** The parts put together, as they are shown. */
  static String whole(ObjectNode person) {
    return SHOWN.stream()
        .map(part -> person.path(part).asText().strip())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
