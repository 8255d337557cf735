package dev.patchbay.mapping;

import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PasswordPolicy;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checks passwords against what the PBX asks for, and makes ones that pass. */
public final class PasswordRules {
  /** What generated passwords are made of; characters that are easily confused are left out. */
  private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";

  private static final String LOWER = "abcdefghijkmnopqrstuvwxyz";
  private static final String DIGITS = "23456789";
  private static final String SPECIAL = "!#*+-=?_";

  /** Characters of a generated password where the PBX takes that many. */
  private static final int LENGTH = 20;

  /** Shorter names are part of any text by chance. */
  private static final int TELLING_NAME = 3;

  private PasswordRules() {}

  /** The rule the password breaks, never the password; empty when it breaks none. */
  public static Optional<String> violation(
      Secret password, PasswordPolicy policy, String name, String extension) {
    String text = password.reveal();
    if (text.length() < policy.minLength() || text.length() > policy.maxLength()) {
      return Optional.of(
          "must have " + policy.minLength() + " to " + policy.maxLength() + " characters");
    }
    if (policy.letters() && !has(text, Character::isLetter)) {
      return Optional.of("must have a letter");
    }
    if (policy.numbers() && !has(text, Character::isDigit)) {
      return Optional.of("must have a digit");
    }
    if (policy.special() && !has(text, PasswordRules::upperOrSpecial)) {
      return Optional.of("must have an upper-case letter or a special character");
    }
    return patternViolation(text, policy).or(() -> accountViolation(text, policy, name, extension));
  }

  /** A password that keeps every rule, asked for or not; 20 characters where the PBX takes them. */
  public static Secret generate(
      PasswordPolicy policy, String name, String extension, RandomGenerator random) {
    var strict =
        new PasswordPolicy(
            policy.minLength(), policy.maxLength(), true, true, true, true, true, true);
    int length = Math.max(policy.minLength(), Math.min(LENGTH, policy.maxLength()));
    return Stream.generate(() -> candidate(length, random))
        .filter(secret -> violation(secret, strict, name, extension).isEmpty())
        .filter(secret -> !containsName(secret.reveal(), name))
        .findFirst()
        .orElseThrow();
  }

  private static Optional<String> patternViolation(String text, PasswordPolicy policy) {
    String folded = text.toLowerCase(Locale.ROOT); // aBc is a sequence, too
    if (policy.refusesSequences() && (Runs.in(folded, 1) || Runs.in(folded, -1))) {
      return Optional.of("must not have three characters in sequence such as abc or 321");
    }
    if (policy.refusesRepeats() && Runs.in(text, 0)) {
      return Optional.of("must not have three equal characters in a row");
    }
    return Optional.empty();
  }

  private static Optional<String> accountViolation(
      String text, PasswordPolicy policy, String name, String extension) {
    boolean tells =
        (!extension.isEmpty() && text.contains(extension))
            || (name.length() >= TELLING_NAME && containsName(text, name));
    return policy.refusesAccountInformation() && tells
        ? Optional.of("must not contain the user name or the extension number")
        : Optional.empty();
  }

  private static boolean containsName(String text, String name) {
    return text.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT));
  }

  /** One character of each class and the rest of any, in any order. */
  private static Secret candidate(int length, RandomGenerator random) {
    var left =
        Stream.concat(
                Stream.of(UPPER, LOWER, DIGITS, SPECIAL),
                Stream.generate(() -> UPPER + LOWER + DIGITS + SPECIAL))
            .limit(length)
            .map(alphabet -> alphabet.charAt(random.nextInt(alphabet.length())))
            .collect(Collectors.toList());
    var shuffled = new StringBuilder();
    IntStream.iterate(length, i -> i - 1)
        .limit(length)
        .forEach(size -> shuffled.append(left.remove(random.nextInt(size)).charValue()));
    return Secret.of(shuffled.toString());
  }

  private static boolean upperOrSpecial(int character) {
    return Character.isUpperCase(character) || !Character.isLetterOrDigit(character);
  }

  private static boolean has(String text, IntPredicate wanted) {
    return text.codePoints().anyMatch(wanted);
  }
}
