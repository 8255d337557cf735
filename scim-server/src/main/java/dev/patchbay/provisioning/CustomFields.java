package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import dev.patchbay.schema.Target;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which attribute fills which of the fields that a vendor lets its customers give a meaning to.
 *
 * @param sources by field; a field without one has no value
 */
public record CustomFields(Map<PbxField, Target> sources) {
  static final CustomFields NONE = new CustomFields(Map.of());

  private static final ResourceType USER = ResourceTypes.user(PhoneAccount.WHOLE);
  private static final Pattern KEY = Pattern.compile("text-[1-8]|(number|date)-[1-4]");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?");

  public CustomFields {
    sources = Map.copyOf(sources);
  }

  /** Reads {@code text-1: externalId} and the like. */
  static CustomFields from(Section section, KnownPbx pbx) {
    var sources = new EnumMap<PbxField, Target>(PbxField.class);
    for (String key : section.keys()) {
      Optional<Target> source =
          section.value(key, "an attribute of users, such as externalId", CustomFields::source);
      if (!KEY.matcher(key).matches()) {
        section.reject(key, "expected text-1 to text-8, number-1 to -4 or date-1 to -4");
      } else if (!pbx.holds(field(key))) {
        section.reject(key, "users of this pbx have no such field");
      } else {
        source.ifPresent(it -> sources.put(field(key), it));
      }
    }
    return new CustomFields(sources);
  }

  private static PbxField field(String key) {
    return PbxField.valueOf("CUSTOM_" + key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Target source(String text) {
    return AttributePath.parse(text)
        .flatMap(USER::find)
        .flatMap(Target::comparable)
        .filter(it -> !it.isNeverReturned())
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  Set<PbxField> fields() {
    return sources.keySet();
  }

  /** The path of attribute names down to what fills the field. */
  List<String> path(PbxField field) {
    return Optional.ofNullable(sources.get(field)).stream()
        .flatMap(it -> Stream.concat(it.extension().stream().map(e -> e.urn()), own(it)))
        .toList();
  }

  /** Of one that has several values all are meant: which one counts may change, too. */
  private static Stream<String> own(Target target) {
    var whole = Stream.of(target.attribute().name());
    return target.attribute().traits().multiValued()
        ? whole
        : Stream.concat(whole, target.sub().stream().map(it -> it.name()));
  }

  /** The value of the field; refused, naming the attribute, where it has not the field's form. */
  Optional<String> value(PbxField field, ScimUser user) {
    Target source = sources.get(field);
    return source == null
        ? Optional.empty()
        : text(source, user).map(text -> formed(field, source, text));
  }

  private static Optional<String> text(Target source, ScimUser user) {
    JsonNode whole =
        source.attribute().traits().multiValued()
            ? user.preferred(source.label().split("\\.", 2)[0], "work").orElse(user.json().path(""))
            : source.in(user.json());
    return ScimUser.text(source.sub().map(it -> whole.path(it.name())).orElse(whole));
  }

  private static String formed(PbxField field, Target source, String text) {
    if (field.name().startsWith("CUSTOM_NUMBER") && !NUMBER.matcher(text).matches()) {
      throw invalid(source, "a number");
    }
    return field.name().startsWith("CUSTOM_DATE") ? day(source, text) : text;
  }

  private static String day(Target source, String text) {
    try {
      if (DAY.matcher(text).matches()) {
        return LocalDate.parse(text.substring(0, 10)).toString();
      }
    } catch (DateTimeException e) {
      throw invalid(source, "a day as in 2025-03-01");
    }
    throw invalid(source, "a day as in 2025-03-01");
  }

  private static Refusal invalid(Target source, String expected) {
    return new Refusal(
        Refusal.Kind.INVALID_VALUE, source.label() + " must be " + expected + " for the pbx");
  }
}
