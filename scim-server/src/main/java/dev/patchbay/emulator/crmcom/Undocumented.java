package dev.patchbay.emulator.crmcom;

import java.util.EnumSet;
import java.util.Set;

/**
 * What the vendor does not say, to be tried both ways.
 *
 * @param identifiers the members of {@code user_template_identifier} that are known: {@code id},
 *     {@code name}
 * @param refusalStatus the HTTP status of an answer whose {@code status.code} is not OK
 * @param newId where the answer to a create has the user's id
 * @param needlessExtension what an extension for a template without phone integration gets
 * @param taken what a refusal says of a taken user name
 * @param otherwise what else is not as usual
 */
public record Undocumented(
    Set<String> identifiers,
    int refusalStatus,
    NewId newId,
    NeedlessExtension needlessExtension,
    Taken taken,
    Set<Otherwise> otherwise) {
  private static final Set<String> IDENTIFIERS = Set.of("id", "name");

  /** Where the answer to a create has the user's id. */
  public enum NewId {
    DATA,
    DATA_USER,
    NOWHERE
  }

  /** What an extension gets that nothing rings. */
  public enum NeedlessExtension {
    IGNORED,
    REFUSED
  }

  /** What a refusal says of a taken user name. */
  public enum Taken {
    EXISTS("username already exists"),
    IN_USE("This User Name is in use"),
    /** It names the name itself. */
    NAMED("%s already exists"),
    /** Nothing: it could be any refusal. */
    UNSAID("the request cannot be processed");

    private final String text;

    Taken(String text) {
      this.text = text;
    }

    String text(String username) {
      return text.formatted(username);
    }
  }

  public Undocumented {
    identifiers = Set.copyOf(identifiers);
    otherwise = Set.copyOf(otherwise);
    if (!IDENTIFIERS.containsAll(identifiers)) {
      throw new IllegalArgumentException(
          "templates are named by id, name or both, was " + String.join(",", identifiers));
    }
    if (refusalStatus != 200 && (refusalStatus < 400 || refusalStatus > 499)) {
      throw new IllegalArgumentException(
          "refusalStatus must be 200 or 400 to 499, was " + refusalStatus);
    }
  }

  static Undocumented usual() {
    return new Undocumented(
        IDENTIFIERS, 200, NewId.DATA, NeedlessExtension.IGNORED, Taken.EXISTS, Set.of());
  }

  public Undocumented withIdentifiers(Set<String> changed) {
    return new Undocumented(changed, refusalStatus, newId, needlessExtension, taken, otherwise);
  }

  public Undocumented withRefusalStatus(int status) {
    return new Undocumented(identifiers, status, newId, needlessExtension, taken, otherwise);
  }

  public Undocumented with(NewId changed) {
    return new Undocumented(
        identifiers, refusalStatus, changed, needlessExtension, taken, otherwise);
  }

  public Undocumented with(NeedlessExtension changed) {
    return new Undocumented(identifiers, refusalStatus, newId, changed, taken, otherwise);
  }

  public Undocumented with(Taken changed) {
    return new Undocumented(
        identifiers, refusalStatus, newId, needlessExtension, changed, otherwise);
  }

  /** With this as well. */
  public Undocumented with(Otherwise changed) {
    var both = EnumSet.of(changed);
    both.addAll(otherwise);
    return new Undocumented(identifiers, refusalStatus, newId, needlessExtension, taken, both);
  }
}
