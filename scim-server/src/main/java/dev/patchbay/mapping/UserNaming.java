package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.mapping.NamingSettings.Cut;
import dev.patchbay.mapping.NamingSettings.Illegal;
import dev.patchbay.mapping.NamingSettings.Reserved;
import dev.patchbay.pbx.api.PbxNameForm;
import dev.patchbay.schema.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Makes PBX user names of what identity providers call a user.
 *
 * @param settings the tenant's steps
 * @param form what names are made of
 * @param maxLength the longest name the PBX takes, in characters; PortSIP 64
 */
public record UserNaming(NamingSettings settings, PbxNameForm form, int maxLength) {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern DOTS = Pattern.compile("\\.{2,}");
  private static final Pattern OUTER_DOTS = Pattern.compile("^\\.+|\\.+$");

  /** {@code -2} to {@code -99}. */
  private static final int LAST_SUFFIX = 99;

  private static final int HASH_DIGITS = 4;

  /** A suffix for a reserved name (16), one for a taken name (3) and a character of its own. */
  private static final int SHORTEST_LIMIT = 20;

  /** Letters that Unicode does not decompose. */
  private static final Map<Character, String> LETTERS =
      Map.ofEntries(
          Map.entry('ß', "ss"),
          Map.entry('ẞ', "SS"),
          Map.entry('æ', "ae"),
          Map.entry('Æ', "AE"),
          Map.entry('œ', "oe"),
          Map.entry('Œ', "OE"),
          Map.entry('ø', "o"),
          Map.entry('Ø', "O"),
          Map.entry('ð', "d"),
          Map.entry('Ð', "D"),
          Map.entry('þ', "th"),
          Map.entry('Þ', "TH"),
          Map.entry('đ', "d"),
          Map.entry('Đ', "D"),
          Map.entry('ł', "l"),
          Map.entry('Ł', "L"),
          Map.entry('ħ', "h"),
          Map.entry('Ħ', "H"),
          Map.entry('ı', "i"),
          Map.entry('’', "'"));

  public UserNaming {
    if (maxLength < SHORTEST_LIMIT) {
      throw new IllegalArgumentException(
          "user names must have room for " + SHORTEST_LIMIT + " characters, was " + maxLength);
    }
  }

  /** The name a user gets when nobody has it; refused as an invalid value when nothing is left. */
  public String base(ObjectNode user) {
    String name = trimmed(legal(words(user)));
    if (name.isEmpty()) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE, "userName leaves no character for a user name on the pbx");
    }
    return fitted(name, "")
        .orElseThrow(
            () ->
                new Refusal(
                    Refusal.Kind.INVALID_VALUE, "user name '" + name + "' is reserved on the pbx"));
  }

  private String words(ObjectNode user) {
    return plain(cut(settings.source().fill(part -> part(user, part))));
  }

  /**
   * Refuses a change that would give another name, if the settings say so. A leaver's passes: what
   * takes away is not to fail for it.
   */
  public void checkChange(ObjectNode base, ObjectNode wish) {
    boolean renames = new ScimUser(wish).active() && !words(base).equals(words(wish));
    if (renames && settings.onRename() == NamingSettings.OnRename.REJECT) {
      throw new Refusal(
          Refusal.Kind.MUTABILITY,
          "userName, or what else makes the name on the pbx, cannot change: the pbx keeps it");
    }
  }

  /** Whether the change gives the PBX user another name. */
  public boolean renames(ObjectNode base, ObjectNode wish) {
    return settings.onRename() == NamingSettings.OnRename.RENAME
        && !words(base).equals(words(wish));
  }

  /**
   * Gives {@code kept}, of which something of {@code wish} was put back to {@code base}, the name
   * of {@code base} again where what makes it was put back, too.
   *
   * @param refused whether the name itself is what was refused
   */
  public void putBack(ObjectNode base, ObjectNode wish, ObjectNode kept, boolean refused) {
    if (!renames(base, wish)) {
      return;
    }
    if (refused) {
      settings.source().placeholders().forEach(it -> ScimPath.copy(path(it), base, kept));
    }
    if (!words(kept).equals(words(wish))) {
      ScimPath.copy(List.of(ScimUser.PBX, "pbxUserName"), base, kept);
    }
  }

  private static List<String> path(String placeholder) {
    return switch (placeholder) {
      case "email" -> List.of("emails");
      case "givenName", "familyName" -> List.of("name", placeholder);
      case "extensionNumber" -> List.of(ScimUser.PBX, placeholder);
      default -> List.of(placeholder);
    };
  }

  /**
   * The first of the user's names that is free.
   *
   * @throws Refusal {@code UNIQUENESS} if none is
   */
  public String free(ObjectNode user, String scimId, Predicate<String> isFree) {
    var base = base(user);
    for (int attempt = 0; ; attempt++) {
      var name =
          candidate(base, attempt, scimId)
              .orElseThrow(
                  () ->
                      new Refusal(
                          Refusal.Kind.UNIQUENESS,
                          "userName: the user name '%s' it leads to is taken on the pbx"
                              .formatted(base)));
      if (isFree.test(name)) {
        return name;
      }
    }
  }

  /**
   * The name to try after {@code attempt} names made of {@code base} were found taken; empty when
   * there is none left. The same arguments always give the same name.
   */
  Optional<String> candidate(String base, int attempt, String scimId) {
    if (attempt == 0) {
      return Optional.of(base);
    }
    return switch (settings.collision()) {
      case SUFFIX -> attempt < LAST_SUFFIX ? fitted(base, "-" + (attempt + 1)) : Optional.empty();
      case HASH -> hash(scimId, attempt).flatMap(digits -> fitted(base, "-" + digits));
      case REJECT -> Optional.empty();
    };
  }

  private static Optional<String> part(ObjectNode user, String placeholder) {
    var scim = new ScimUser(user);
    return switch (placeholder) {
      case "email" -> scim.preferred("emails", "work").flatMap(e -> ScimUser.text(e.path("value")));
      case "givenName", "familyName" -> scim.text("name", placeholder);
      case "extensionNumber" -> scim.text(ScimUser.PBX, placeholder);
      default -> scim.text(placeholder);
    };
  }

  private String cut(String source) {
    int at = source.lastIndexOf('@');
    if (at < 0) {
      return source;
    }
    return switch (settings.cut()) {
      case Cut.None none -> source;
      case Cut.LocalPart localPart -> source.substring(0, at);
      case Cut.ReplaceAt(String text) -> source.substring(0, at) + text + source.substring(at + 1);
    };
  }

  private String plain(String text) {
    String letters = settings.transliterate() ? transliterated(text) : text;
    return settings.lowerCase() ? letters.toLowerCase(Locale.ROOT) : letters;
  }

  private static String transliterated(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
    var plain = new StringBuilder();
    for (char letter : MARKS.matcher(decomposed).replaceAll("").toCharArray()) {
      plain.append(LETTERS.getOrDefault(letter, String.valueOf(letter)));
    }
    return plain.toString();
  }

  private String legal(String text) {
    Pattern illegal = form.illegal();
    return switch (settings.illegal()) {
      case Illegal.Replace(String with) -> illegal.matcher(text).replaceAll(with);
      case Illegal.Remove remove -> illegal.matcher(text).replaceAll("");
      case Illegal.Reject reject -> {
        if (!form.takes(text)) {
          throw new Refusal(
              Refusal.Kind.INVALID_VALUE,
              "userName has characters other than " + form.words() + " that the pbx does not take");
        }
        yield text;
      }
    };
  }

  private static String trimmed(String text) {
    return OUTER_DOTS.matcher(DOTS.matcher(text).replaceAll(".")).replaceAll("");
  }

  /** The name cut so that the suffix fits; empty when that is reserved and reserved is refused. */
  private Optional<String> fitted(String name, String suffix) {
    String start = name.substring(0, Math.min(name.length(), maxLength - suffix.length()));
    String fitted = OUTER_DOTS.matcher(start).replaceAll("") + suffix;
    if (settings.reserved().stream().noneMatch(fitted::equalsIgnoreCase)) {
      return Optional.of(fitted);
    }
    return switch (settings.onReserved()) {
      case Reserved.Append(String more) -> fitted(name, suffix + more);
      case Reserved.Reject reject -> Optional.empty();
    };
  }

  private static Optional<String> hash(String scimId, int attempt) {
    String digits = HexFormat.of().formatHex(sha256(scimId));
    int end = attempt * HASH_DIGITS;
    return end > digits.length()
        ? Optional.empty()
        : Optional.of(digits.substring(end - HASH_DIGITS, end));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
