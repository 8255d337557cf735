package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a tenant asks of a password, as {@code GET /api/tenant/password_policy} tells it. */
public record PasswordPolicy(
    int minLength,
    int maxLength,
    boolean letters,
    boolean numbers,
    boolean specialLetters,
    boolean noSequences,
    boolean noRepetitions,
    boolean noAccountInformation) {
  public PasswordPolicy {
    if (minLength < 6 || maxLength > 32 || minLength > maxLength) {
      throw new IllegalArgumentException(
          "password lengths must be within 6 to 32, were " + minLength + " to " + maxLength);
    }
  }

  /** The vendor's defaults. */
  public static PasswordPolicy vendor() {
    return new PasswordPolicy(6, 32, true, true, true, true, true, true);
  }

  /** Length 6 (to 32, the most any tenant can allow) and nothing else. */
  public static PasswordPolicy simple() {
    return new PasswordPolicy(6, 32, false, false, false, false, false, false);
  }

  ObjectNode json() {
    return Json.object()
        .put("min_length", minLength)
        .put("max_length", maxLength)
        .put("contains_letters", letters)
        .put("contains_numbers", numbers)
        .put("contains_special_letters", specialLetters)
        .put("disable_sequential_characters", noSequences)
        .put("disable_repeating_characters", noRepetitions)
        .put("disable_account_information", noAccountInformation);
  }

  /** The rule a password of that account breaks; empty if none. */
  Optional<String> broken(String password, String name, String extension) {
    int length = password.codePointCount(0, password.length());
    return Stream.of(
            rule(length < minLength, "must have at least " + minLength + " characters"),
            rule(length > maxLength, "must have at most " + maxLength + " characters"),
            rule(letters && none(password, Character::isLetter), "must hold a letter"),
            rule(numbers && none(password, Character::isDigit), "must hold a digit"),
            rule(
                specialLetters && none(password, PasswordPolicy::isSpecial),
                "must hold an upper-case or special character"),
            rule(noSequences && Runs.ascends(password), "must not hold a sequence such as 123"),
            rule(noRepetitions && Runs.repeats(password), "must not repeat a character 3 times"),
            rule(
                noAccountInformation && (holds(password, name) || holds(password, extension)),
                "must not hold the user name or extension"))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> rule(boolean broken, String text) {
    return broken ? Optional.of(text) : Optional.empty();
  }

  private static boolean none(String text, java.util.function.IntPredicate kind) {
    return text.codePoints().noneMatch(kind);
  }

  private static boolean isSpecial(int character) {
    return Character.isUpperCase(character) || !Character.isLetterOrDigit(character);
  }

  private static boolean holds(String password, String part) {
    return password.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
