package dev.patchbay.schema;

import dev.patchbay.schema.Attribute.Mutability;
import java.util.Optional;
import java.util.Set;

/**
 * What the phone system of a tenant makes of its user schema.
 *
 * @param extensionNumber what it allows with a person's number once given
 * @param organization what it allows with a person's organization once given
 * @param absent attributes that mean nothing there, and are not served: {@code ms365}, {@code
 *     voicemail.attachAudio}, or of another schema than the phone account's its URN and name
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

  public PhoneAccount without(Set<String> attributes) {
    return new PhoneAccount(extensionNumber, organization, attributes);
  }

  /** The schema with what the phone system has of it. */
  Schema served(Schema whole) {
    var prefix = whole.urn().equals(PbxUserSchema.URN) ? "" : whole.urn() + ":";
    var served =
        whole.attributes().stream()
            .filter(attribute -> !absent.contains(prefix + attribute.name()))
            .map(attribute -> served(attribute, prefix + attribute.name() + "."))
            .flatMap(Optional::stream)
            .toList();
    return new Schema(whole.urn(), whole.name(), whole.description(), served);
  }

  /** Empty where nothing is left of it. */
  private Optional<Attribute> served(Attribute whole, String prefix) {
    if (whole.type() != Attribute.Type.COMPLEX) {
      return Optional.of(whole);
    }
    var parts =
        whole.subAttributes().stream().filter(it -> !absent.contains(prefix + it.name())).toList();
    return parts.isEmpty() ? Optional.empty() : Optional.of(whole.with(parts));
  }
}
