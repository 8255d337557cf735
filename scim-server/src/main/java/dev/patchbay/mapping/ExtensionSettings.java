package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Section;
import dev.patchbay.mapping.ExtensionRequest.FromPool;
import dev.patchbay.mapping.ExtensionRequest.Given;
import dev.patchbay.schema.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a new user's extension number is found.
 *
 * @param pools to hand numbers out from; none without configuration
 * @param defaultPool for users that say nothing about a number
 * @param phoneType the type of phone number that holds an extension
 * @param fromPhoneDigits how many last digits of the work phone number are the extension; 0: none
 */
public record ExtensionSettings(
    List<Pool> pools, Optional<Pool> defaultPool, String phoneType, int fromPhoneDigits) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{3,64}");
  private static final String DEFAULT_POOL = "default";

  /** No pools: every user must bring a number. */
  static final ExtensionSettings NONE =
      new ExtensionSettings(List.of(), Optional.empty(), "extension", 0);

  public ExtensionSettings {
    pools = List.copyOf(pools);
    var departments = new HashSet<String>();
    for (Pool pool : pools) {
      for (String department : pool.departments()) {
        if (!departments.add(department.toLowerCase(Locale.ROOT))) {
          throw new IllegalArgumentException("department '" + department + "' has two pools");
        }
      }
    }
  }

  static ExtensionSettings from(Section section, KnownPbx pbx) {
    Map<String, Section> sections = section.sections("pools");
    List<Pool> pools = PoolSettings.from(sections, pbx);
    Optional<String> named = section.optionalString("default-pool");
    Optional<Pool> defaultPool = find(pools, named.orElse(DEFAULT_POOL));
    named
        .filter(name -> sections.keySet().stream().noneMatch(name::equalsIgnoreCase))
        .ifPresent(
            name ->
                section.rejectWord("default-pool", "the name of a pool", name, sections.keySet()));
    int digits = section.integer("from-phone-digits", 0, 0, 64);
    if (digits == 1 || digits == 2) {
      section.reject("from-phone-digits", "expected 0 (off) or 3 to 64, found '" + digits + "'");
    }
    return new ExtensionSettings(
        pools, defaultPool, section.string("phone-type", NONE.phoneType()), digits);
  }

  /**
   * Which number this user asks for, or from which pool; refused when there is neither.
   *
   * @param template the pool of the user's templates
   */
  public ExtensionRequest request(ObjectNode user, Optional<String> template) {
    var scim = new ScimUser(user);
    return given(scim)
        .<ExtensionRequest>map(Given::new)
        .or(() -> pool(scim, template).map(FromPool::new))
        .orElseThrow(
            () -> invalid("no extension: neither extensionNumber nor a pool for this user"));
  }

  private Optional<String> given(ScimUser user) {
    return user.text(ScimUser.PBX, "extensionNumber")
        .map(number -> checked("extensionNumber", number))
        .or(
            () ->
                user.valueOfType("phoneNumbers", phoneType)
                    .map(number -> checked("phoneNumbers of type " + phoneType, number)))
        .or(() -> lastDigits(user));
  }

  private Optional<String> lastDigits(ScimUser user) {
    return user.valueOfType("phoneNumbers", "work")
        .map(number -> number.replaceAll("[^0-9]", ""))
        .filter(digits -> fromPhoneDigits > 0 && digits.length() >= fromPhoneDigits)
        .map(digits -> digits.substring(digits.length() - fromPhoneDigits));
  }

  private Optional<Pool> pool(ScimUser user, Optional<String> template) {
    Optional<String> asked = user.text(ScimUser.PBX, "extensionPool");
    if (asked.isPresent()) {
      return Optional.of(
          find(pools, asked.get())
              .orElseThrow(
                  () -> invalid("there is no extensionPool " + Refusal.quoted(asked.get()))));
    }
    return template
        .flatMap(name -> find(pools, name))
        .or(() -> user.text(ScimUser.ENTERPRISE, "department").flatMap(this::ofDepartment))
        .or(() -> defaultPool);
  }

  private Optional<Pool> ofDepartment(String department) {
    return pools.stream()
        .filter(pool -> pool.departments().stream().anyMatch(department::equalsIgnoreCase))
        .findFirst();
  }

  private static Optional<Pool> find(List<Pool> pools, String name) {
    return pools.stream().filter(pool -> pool.name().equalsIgnoreCase(name)).findFirst();
  }

  private static String checked(String attribute, String number) {
    if (!NUMBER.matcher(number).matches()) {
      throw invalid(attribute + " must be 3 to 64 digits, was " + Refusal.quoted(number));
    }
    return number;
  }

  private static Refusal invalid(String detail) {
    return new Refusal(Refusal.Kind.INVALID_VALUE, detail);
  }
}
