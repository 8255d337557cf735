package dev.patchbay.emulator.portsip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a filter, taken one after the other. */
final class FilterTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<mark>[(),])|'(?<text>[^']*+(?:''[^']*+)*+)'|(?<word>[^\\s(),']+))");

  private static final Pattern UNDOUBLED =
      Pattern.compile("\\s*(?:(?<mark>[(),])|'(?<text>[^']*+)'|(?<word>[^\\s(),']+))");

  /**
   * Far above any filter a client has use for; long runs of quotes would cost the matcher stack.
   */
  private static final int MOST_CHARACTERS = 4096;

  private final List<Token> tokens = new ArrayList<>();
  private int next;

  /** A word, a mark such as a parenthesis, or a text that stood in quotes. */
  sealed interface Token {
    record Word(String word) implements Token {}

    record Text(String text) implements Token {}

    record End() implements Token {}
  }

  /** Throws {@link ApiError} where the filter is none. */
  FilterTokens(String filter, Undocumented undocumented) {
    if (filter.length() > MOST_CHARACTERS) {
      throw ApiError.invalid("filter: longer than " + MOST_CHARACTERS + " characters");
    }
    Pattern pattern = undocumented.is(Otherwise.QUOTES_END_TEXTS) ? UNDOUBLED : TOKEN;
    Matcher matcher = pattern.matcher(filter.strip());
    int end = filter.strip().length();
    int at = 0;
    while (at < end) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw ApiError.invalid("filter: unclosed quote");
      }
      tokens.add(token(matcher));
      at = matcher.end();
    }
  }

  private static Token token(Matcher matcher) {
    String text = matcher.group("text");
    if (text != null) {
      return new Token.Text(text.replace("''", "'"));
    }
    String mark = matcher.group("mark");
    return new Token.Word(mark != null ? mark : matcher.group("word"));
  }

  Token take() {
    return next < tokens.size() ? tokens.get(next++) : new Token.End();
  }

  /** Takes the word if it is next; words have no case. */
  boolean takeIf(String word) {
    boolean is =
        next < tokens.size()
            && tokens.get(next) instanceof Token.Word token
            && token.word().toLowerCase(Locale.ROOT).equals(word);
    if (is) {
      next++;
    }
    return is;
  }

  boolean atEnd() {
    return next >= tokens.size();
  }
}
