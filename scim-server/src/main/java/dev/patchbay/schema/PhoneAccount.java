package dev.patchbay.schema;

import dev.patchbay.schema.Attribute.Mutability;
import java.util.Set;

/**
 * What the phone system of a tenant makes of its user schema.
 *
 * @param extensionNumber what it allows with a person's number once given
 * @param organization what it allows with a person's organization once given
 * @param absent attributes of the phone account that mean nothing there, and are not served
 */
public record PhoneAccount(
    Mutability extensionNumber, Mutability organization, Set<String> absent) {
  /** Everything there is; the number is fixed once given. */
  public static final PhoneAccount WHOLE =
      new PhoneAccount(Mutability.IMMUTABLE, Mutability.READ_WRITE, Set.of());

  public PhoneAccount {
    absent = Set.copyOf(absent);
  }

  public PhoneAccount withExtensionNumber(Mutability changed) {
    return new PhoneAccount(changed, organization, absent);
  }
}
