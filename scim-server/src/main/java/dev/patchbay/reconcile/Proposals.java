package dev.patchbay.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Guesses whose a user of the PBX is, from what the identity provider knows of its people. A guess
 * is proposed only where one user fits one person; whether it is right, a person says.
 */
public record Proposals(List<Account> accounts, List<Person> people, Set<Key> keys) {

  /** A user of the PBX; what is not known is empty. */
  public record Account(String id, String name, String extension, String email) {}

  /** Somebody the identity provider has; what is not known is empty. */
  public record Person(String userName, String externalId, String email, String extension) {}

  /** How sure a guess is. */
  public enum Confidence {
    HIGH,
    MEDIUM,
    /** A name alone: two people may have it. */
    LOW
  }

  /** What a guess goes by, the surest first. */
  public enum Key {
    EMAIL_AND_EXTENSION(
        Confidence.HIGH,
        "e-mail and extension are equal",
        (account, person) ->
            same(account.email(), person.email()) && same(account.extension(), person.extension())),
    USER_NAME(
        Confidence.MEDIUM,
        "userName is the e-mail on the pbx",
        (account, person) -> same(account.email(), person.userName())),
    EMAIL(
        Confidence.MEDIUM,
        "e-mail is equal",
        (account, person) -> same(account.email(), person.email())),
    EXTERNAL_ID(
        Confidence.MEDIUM,
        "externalId is the name on the pbx",
        (account, person) -> same(account.name(), person.externalId())),
    NAME(
        Confidence.LOW,
        "userName begins with the name on the pbx",
        (account, person) -> same(account.name(), localPart(person.userName())));

    private final Confidence confidence;
    private final String reason;

    @SuppressWarnings("ImmutableEnumChecker") // pure functions
    private final BiPredicate<Account, Person> fits;

    Key(Confidence confidence, String reason, BiPredicate<Account, Person> fits) {
      this.confidence = confidence;
      this.reason = reason;
      this.fits = fits;
    }
  }

  /** Whose it may be, how sure that is and why. */
  public record Proposal(Person person, Confidence confidence, String reason) {}

  public Proposals {
    accounts = List.copyOf(accounts);
    people = List.copyOf(people);
    keys = Set.copyOf(keys);
  }

  /** The surest guess for a user; empty where none, or more than one, fits. */
  public Optional<Proposal> of(Account account) {
    for (Key key : Key.values()) {
      var fitting = new ArrayList<Person>();
      if (keys.contains(key)) {
        people.stream().filter(it -> key.fits.test(account, it)).forEach(fitting::add);
      }
      if (fitting.size() == 1 && alone(key, fitting.getFirst())) {
        return Optional.of(new Proposal(fitting.getFirst(), key.confidence, key.reason));
      }
    }
    return Optional.empty();
  }

  private boolean alone(Key key, Person person) {
    return accounts.stream().filter(it -> key.fits.test(it, person)).count() == 1;
  }

  private static boolean same(String one, String other) {
    return !one.isBlank() && one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
  }

  private static String localPart(String userName) {
    int at = userName.indexOf('@');
    return at < 0 ? userName : userName.substring(0, at);
  }
}
