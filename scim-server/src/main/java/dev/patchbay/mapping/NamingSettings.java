package dev.patchbay.mapping;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxNameForm;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a PBX user name is made of a SCIM user; steps in the order of the components.
 *
 * @param source what the name is made of: text with {@link #PLACEHOLDERS}
 * @param cut what happens to the part from the last {@code @} on
 * @param transliterate whether accents and ligatures become plain letters
 * @param lowerCase whether capitals become small letters
 * @param illegal what happens to characters the PBX does not take
 * @param reserved names the PBX keeps for itself, compared without regard to case
 * @param onReserved what happens to a name that is reserved
 * @param collision what happens when the name is taken
 * @param onRename what happens when what the name was made of changes
 */
public record NamingSettings(
    Template source,
    Cut cut,
    boolean transliterate,
    boolean lowerCase,
    Illegal illegal,
    List<String> reserved,
    Reserved onReserved,
    Collision collision,
    OnRename onRename) {

  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_\\-'.]{1,16}");

  static final Set<String> PLACEHOLDERS =
      Set.of(
          "userName",
          "externalId",
          "email",
          "givenName",
          "familyName",
          "displayName",
          "extensionNumber");

  /** PortSIP's, which keeps them whatever the case. */
  static final List<String> RESERVED = List.of("admin", "system", "administrator", "root");

  static final NamingSettings DEFAULT =
      new NamingSettings(
          new Template("{userName}"),
          new Cut.LocalPart(),
          true,
          true,
          new Illegal.Replace("_"),
          RESERVED,
          new Reserved.Append("-user"),
          Collision.SUFFIX,
          OnRename.FREEZE);

  public NamingSettings {
    reserved = List.copyOf(reserved);
    if (onReserved instanceof Reserved.Append(String suffix)
        && reserved.stream().anyMatch(name -> endsWith(name, suffix))) {
      throw new IllegalArgumentException(
          "a reserved name ends with '" + suffix + "', which is to make names free");
    }
  }

  /** Reads them; texts that the PBX does not take in names stop the start. */
  static NamingSettings from(Section section, KnownPbx pbx) {
    String placeholders = "text with placeholders of " + PLACEHOLDERS.stream().sorted().toList();
    var settings =
        new NamingSettings(
            section
                .value("source", placeholders, text -> Template.of(text, PLACEHOLDERS))
                .orElse(DEFAULT.source()),
            section.value("cut", Cut.FORM, Cut::parse).orElse(DEFAULT.cut()),
            section.bool("transliterate", DEFAULT.transliterate()),
            section.bool("lower-case", DEFAULT.lowerCase()),
            section.value("illegal", Illegal.FORM, Illegal::parse).orElse(DEFAULT.illegal()),
            section.strings("reserved", DEFAULT.reserved()),
            section
                .value("on-reserved", Reserved.FORM, Reserved::parse)
                .orElse(DEFAULT.onReserved()),
            section.choice("collision", DEFAULT.collision()),
            section.choice("on-rename", DEFAULT.onRename()));
    settings.checkTaken(section, pbx.nameForm());
    settings.checkRenames(section, pbx);
    return settings;
  }

  private void checkRenames(Section section, KnownPbx pbx) {
    if (onRename == OnRename.RENAME && !pbx.changes(PbxField.NAME)) {
      section.reject(
          "on-rename", "expected freeze or reject: the bridge renames nobody on this phone system");
    }
  }

  private void checkTaken(Section section, PbxNameForm form) {
    if (illegal instanceof Illegal.Replace(String with)) {
      checkTaken(section, "illegal", with, form);
    }
    if (onReserved instanceof Reserved.Append(String suffix)) {
      checkTaken(section, "on-reserved", suffix, form);
    }
  }

  private static void checkTaken(Section section, String key, String text, PbxNameForm form) {
    if (!form.takes(text)) {
      section.reject(key, "has '" + text + "', and names of this pbx are made of " + form.words());
    }
  }

  /** What becomes of the part of the source from the last {@code @} on. */
  public sealed interface Cut {
    record None() implements Cut {}

    record LocalPart() implements Cut {}

    /** The {@code @} becomes this text, so that two domains stay apart. */
    record ReplaceAt(String text) implements Cut {
      public ReplaceAt {
        checkLegal(text);
      }
    }

    /** What a message says was expected. */
    String FORM = "none, local-part or replace-at:TEXT (1 to 16 of A-Z a-z 0-9 _ - ' .)";

    static Cut parse(String text) {
      return switch (word(text)) {
        case "none" -> new None();
        case "local-part" -> new LocalPart();
        case "replace-at:" -> new ReplaceAt(argument(text));
        default -> throw new IllegalArgumentException(FORM);
      };
    }
  }

  /** What becomes of a character the PBX does not take. */
  public sealed interface Illegal {
    record Replace(String text) implements Illegal {
      public Replace {
        checkLegal(text);
      }
    }

    record Remove() implements Illegal {}

    record Reject() implements Illegal {}

    /** What a message says was expected. */
    String FORM = "replace:TEXT (1 to 16 of A-Z a-z 0-9 _ - ' .), remove or reject";

    static Illegal parse(String text) {
      return switch (word(text)) {
        case "replace:" -> new Replace(argument(text));
        case "remove" -> new Remove();
        case "reject" -> new Illegal.Reject();
        default -> throw new IllegalArgumentException(FORM);
      };
    }
  }

  /** What becomes of a name the PBX keeps for itself. */
  public sealed interface Reserved {
    record Append(String suffix) implements Reserved {
      public Append {
        checkLegal(suffix);
        if (suffix.endsWith(".")) {
          throw new IllegalArgumentException("suffix '" + suffix + "' must not end with a dot");
        }
      }
    }

    record Reject() implements Reserved {}

    /** What a message says was expected. */
    String FORM = "append:SUFFIX (1 to 16 of A-Z a-z 0-9 _ - ' ., no dot at its end) or reject";

    static Reserved parse(String text) {
      return switch (word(text)) {
        case "append:" -> new Append(argument(text));
        case "reject" -> new Reserved.Reject();
        default -> throw new IllegalArgumentException(FORM);
      };
    }
  }

  /** What becomes of a name that another user has. */
  public enum Collision {
    /** {@code anna-2} to {@code anna-99}. */
    SUFFIX,
    /** The create is refused. */
    REJECT,
    /** Four hexadecimal digits made of the SCIM id: {@code anna-3f9c}. */
    HASH
  }

  /** What happens when what the name was made of changes. */
  public enum OnRename {
    /** The PBX user keeps its name. */
    FREEZE,
    /** The change is refused, but not that of somebody who is disabled. */
    REJECT,
    /** The PBX user gets the name that follows, where the PBX can rename users. */
    RENAME
  }

  private static boolean endsWith(String name, String suffix) {
    return name.toLowerCase(Locale.ROOT).endsWith(suffix.toLowerCase(Locale.ROOT));
  }

  /** The word of {@code word:argument}, colon included, or all of a text without one. */
  private static String word(String text) {
    return text.substring(0, text.indexOf(':') + 1 == 0 ? text.length() : text.indexOf(':') + 1);
  }

  private static String argument(String text) {
    return text.substring(text.indexOf(':') + 1);
  }

  private static void checkLegal(String text) {
    if (!LEGAL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be 1 to 16 of A-Z a-z 0-9 _ - ' . but was '" + text + "'");
    }
  }
}
