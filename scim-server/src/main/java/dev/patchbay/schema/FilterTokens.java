package dev.patchbay.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words, strings and brackets of a filter, read one after the other. */
final class FilterTokens {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BRACKETS = "()[]";

  sealed interface Token {
    int at();
  }

  /** Anything without quotes: a path, an operator, a number. */
  record Word(String text, int at) implements Token {}

  record Quoted(String text, int at) implements Token {}

  record Bracket(char sign, int at) implements Token {}

  record End(int at) implements Token {}

  private final List<Token> tokens;
  private int next;

  private FilterTokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  static FilterTokens of(String text) {
    var tokens = new ArrayList<Token>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else if (BRACKETS.indexOf(c) >= 0) {
        tokens.add(new Bracket(c, at++));
      } else {
        int end = c == '"' ? endOfQuoted(text, at) : endOfWord(text, at);
        var part = text.substring(at, end);
        tokens.add(c == '"' ? new Quoted(unquoted(part, at), at) : new Word(part, at));
        at = end;
      }
    }
    tokens.add(new End(at));
    return new FilterTokens(tokens);
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    var token = tokens.get(next);
    if (!(token instanceof End)) {
      next++;
    }
    return token;
  }

  /** Takes the next token if it is that bracket. */
  boolean takes(char sign) {
    boolean found = peek() instanceof Bracket(char it, int at) && it == sign;
    if (found) {
      take();
    }
    return found;
  }

  /** Takes the next token if it is that word in any case. */
  boolean takes(String word) {
    boolean found = peek() instanceof Word(String it, int at) && it.equalsIgnoreCase(word);
    if (found) {
      take();
    }
    return found;
  }

  /** Takes what stands behind a closing bracket: the sub-attribute in {@code emails[…].value}. */
  Optional<String> takeSub() {
    if (peek() instanceof Word(String it, int at) && it.startsWith(".")) {
      take();
      return Optional.of(it.substring(1));
    }
    return Optional.empty();
  }

  private static int endOfWord(String text, int from) {
    int at = from;
    while (at < text.length() && " \t\n\r\"()[]".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static int endOfQuoted(String text, int from) {
    for (int at = from + 1; at < text.length(); at++) {
      if (text.charAt(at) == '"') {
        return at + 1;
      }
      if (text.charAt(at) == '\\') {
        at++;
      }
    }
    throw FilterParser.invalid("a string is not closed", from);
  }

  private static String unquoted(String quoted, int at) {
    try {
      return StoredText.check(JSON.readValue(quoted, String.class));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw FilterParser.invalid("a string is not a JSON string", at);
    }
  }
}
