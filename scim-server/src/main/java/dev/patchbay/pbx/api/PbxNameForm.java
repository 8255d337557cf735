package dev.patchbay.pbx.api;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What names of users may be made of, beside {@code A-Z a-z 0-9}; a dot at neither end.
 *
 * @param signs other characters of ASCII
 */
public record PbxNameForm(String signs) {
  /** PortSIP's expression with its letters read as ASCII; for a PBX that does not tell, too. */
  public static final PbxNameForm USUAL = new PbxNameForm("_-'.");

  public PbxNameForm {
    if (!signs.contains("-")) {
      throw new IllegalArgumentException("names need '-', which sets off what makes one free");
    }
  }

  /** What matches one character that names must not have. */
  public Pattern illegal() {
    String escaped =
        signs.chars().mapToObj(sign -> "\\" + (char) sign).collect(Collectors.joining());
    return Pattern.compile("[^A-Za-z0-9" + escaped + "]");
  }

  public boolean takes(String text) {
    return !illegal().matcher(text).find();
  }

  /** As a message says it. */
  public String words() {
    return "A-Z a-z 0-9 "
        + signs.chars().mapToObj(Character::toString).collect(Collectors.joining(" "));
  }
}
