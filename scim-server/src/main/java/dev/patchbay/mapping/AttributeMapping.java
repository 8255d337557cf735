package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.mapping.AttributeSettings.WhileDisabled;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxFields;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which SCIM attribute becomes which PBX value; the table is docs/reference/mapping.md.
 *
 * @param settings the tenant's choices
 * @param pbx the fields the PBX has, and what it asks of them
 * @param templates what stands in where a user says nothing
 */
public record AttributeMapping(AttributeSettings settings, PbxFields pbx, Templates templates) {
  /** Without templates. */
  public AttributeMapping(AttributeSettings settings, PbxFields pbx) {
    this(settings, pbx, Templates.NONE);
  }

  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** The fields whose value is read from the resource alone, in the order of complaints. */
  private static final List<PbxField> MAPPED =
      List.of(
          PbxField.DISPLAY_NAME,
          PbxField.GIVEN_NAME,
          PbxField.FAMILY_NAME,
          PbxField.EMAIL,
          PbxField.ENABLED,
          PbxField.WORK_PHONE,
          PbxField.MOBILE_PHONE,
          PbxField.HOME_PHONE,
          PbxField.ADDRESS,
          PbxField.DEPARTMENT,
          PbxField.COMPANY,
          PbxField.ENTITLEMENTS,
          PbxField.MICROSOFT365,
          PbxField.PHONES,
          PbxField.SPEED_DIALS,
          PbxField.LINES);

  /** What a user is called on the PBX; does not follow later changes of the resource. */
  private record Account(String name, String extension) {}

  /**
   * The PBX user that {@code user} asks for; refused, naming the SCIM attribute, where a value does
   * not fit.
   */
  public PbxUser toPbx(ObjectNode user, String pbxName, String extension, String role) {
    return toPbx(
        user,
        pbxName,
        extension,
        role,
        (field, refusal) -> {
          throw refusal;
        });
  }

  /**
   * As {@link #toPbx(ObjectNode, String, String, String)}, never refused: a field whose value does
   * not fit stays as the PBX holds it, but for a binding, which is none.
   */
  public PbxUser whatFits(
      ObjectNode user, String pbxName, String extension, String role, Map<PbxField, String> held) {
    return toPbx(
        user,
        pbxName,
        extension,
        role,
        (field, refusal) ->
            Optional.ofNullable(held.get(field)).filter(value -> field != PbxField.MICROSOFT365));
  }

  /** What a field is to be whose value does not fit. */
  private interface Unfit {
    Optional<String> of(PbxField field, Refusal refusal);
  }

  private PbxUser toPbx(
      ObjectNode user, String pbxName, String extension, String role, Unfit unfit) {
    var scim = new ScimUser(user);
    var account = new Account(pbxName, extension);
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    fields.put(PbxField.NAME, pbxName);
    fields.put(PbxField.EXTENSION, extension);
    fields.put(PbxField.ROLE, role);
    for (PbxField field : mapped()) {
      if (pbx.held().contains(field)) {
        fitted(field, scim, account, unfit).ifPresent(value -> fields.put(field, value));
      }
    }
    fields.keySet().retainAll(pbx.held());
    if (!scim.active() && settings.ms365WhileDisabled() == WhileDisabled.UNBOUND) {
      fields.remove(PbxField.MICROSOFT365);
    }
    MAPPED.stream()
        .filter(field -> pbx.required().contains(field) && !fields.containsKey(field))
        .forEach(
            field -> unfit.of(field, lacking(field)).ifPresent(value -> fields.put(field, value)));
    return new PbxUser(fields);
  }

  private Optional<String> fitted(PbxField field, ScimUser user, Account account, Unfit unfit) {
    try {
      return value(field, user, account).map(value -> fitted(field, value));
    } catch (Refusal refusal) {
      return unfit.of(field, refusal);
    }
  }

  private List<PbxField> mapped() {
    return Stream.of(MAPPED, ProfileFields.all(), new TreeSet<>(settings.map().keys()))
        .flatMap(Collection::stream)
        .distinct()
        .toList();
  }

  private Refusal lacking(PbxField field) {
    return invalid(
        field == PbxField.EMAIL
            ? "emails: the pbx needs an e-mail address and setting email-fallback is empty"
            : attribute(field) + ": the pbx takes no user without it");
  }

  /**
   * The Microsoft 365 user to bind, in lower case since Microsoft compares without regard to case;
   * refused when {@code ms365.id} is neither an object id nor a principal name.
   */
  public Optional<String> microsoftId(ObjectNode user) {
    return microsoftId(new ScimUser(user));
  }

  /**
   * {@code wish} with what stands behind the {@code refused} PBX fields as {@code base} has it.
   * Attributes that move no PBX field, or one that is not refused, stay as wished.
   */
  public ObjectNode putBack(ObjectNode base, ObjectNode wish, Set<PbxField> refused) {
    ObjectNode kept = wish.deepCopy();
    for (PbxField field : refused) {
      sources(field).forEach(path -> ScimPath.copy(path, base, kept));
      if (Granted.gives(field)) {
        ScimPath.copy(Grants.PATH, base, kept);
      }
      // The user name stands in for some values; it must not bring a refused one back.
      var account = new Account("", "");
      var before = value(field, new ScimUser(base), account);
      if (!before.equals(value(field, new ScimUser(kept), account))) {
        ScimPath.copy(List.of("userName"), base, kept);
      }
    }
    if (refused.contains(PbxField.MICROSOFT365)
        && settings.ms365Source() == AttributeSettings.Ms365Source.ATTRIBUTE
        && microsoftId(new ScimUser(kept)).isEmpty()) {
      FlatMicrosoftId.remove(kept); // what is said of a binding goes with it
    }
    return kept;
  }

  /** Whether a field's value comes from one of the attributes with these labels. */
  public boolean comesFrom(PbxField field, Predicate<String> labels) {
    return sources(field).stream().map(AttributeMapping::label).anyMatch(labels)
        || (Granted.gives(field) && labels.test(Grants.LABEL));
  }

  /** The attribute at the head of a path, as the schema labels it. */
  private static String label(List<String> path) {
    return path.getFirst().startsWith("urn:")
        ? path.getFirst() + ":" + path.get(1)
        : path.getFirst();
  }

  /** Where a field's value comes from, stand-ins apart. */
  List<List<String>> sources(PbxField field) {
    return settings.map().of(field).map(MappedField::paths).orElseGet(() -> usualSources(field));
  }

  private List<List<String>> usualSources(PbxField field) {
    return switch (field) {
      case DISPLAY_NAME -> List.of(List.of("displayName"), List.of("name"));
      case GIVEN_NAME ->
          List.of(List.of("name", "givenName"), List.of("name"), List.of("displayName"));
      case FAMILY_NAME ->
          List.of(List.of("name", "familyName"), List.of("name"), List.of("displayName"));
      case EMAIL -> List.of(List.of("emails"));
      case ENABLED -> List.of(List.of("active"));
      case ROLE -> List.of(List.of("roles"));
      case WORK_PHONE, MOBILE_PHONE, HOME_PHONE -> List.of(List.of("phoneNumbers"));
      case ADDRESS -> List.of(List.of("addresses"));
      case DEPARTMENT -> List.of(List.of(ScimUser.ENTERPRISE, "department"));
      case COMPANY -> List.of(List.of(ScimUser.ENTERPRISE, "organization"));
      case ENTITLEMENTS -> List.of(List.of("entitlements"));
      case MICROSOFT365 -> microsoftSources();
      case PHONES -> List.of(List.of(ScimUser.PBX, "phones"));
      case SPEED_DIALS -> List.of(List.of(ScimUser.PBX, "speedDials"));
      case LINES -> List.of(List.of(ResourceTypes.XELION_USER, "lines"));
      case NAME, EXTENSION, DESCRIPTION, PERMISSIONS -> List.of();
      default -> ProfileFields.sources(field);
    };
  }

  private List<List<String>> microsoftSources() {
    return switch (settings.ms365Source()) {
      case ATTRIBUTE -> List.of(microsoftPath(), FlatMicrosoftId.FLAT);
      case EXTERNAL_ID, USER_NAME -> List.of(microsoftPath());
    };
  }

  /** The attribute that names the Microsoft 365 user. */
  List<String> microsoftPath() {
    return switch (settings.ms365Source()) {
      case ATTRIBUTE -> List.of(ScimUser.PBX, "ms365", "id");
      case EXTERNAL_ID -> List.of("externalId");
      case USER_NAME -> List.of("userName");
    };
  }

  /** A value of the user's own comes first; settings of a phone account may have another. */
  private Optional<String> value(PbxField field, ScimUser user, Account account) {
    Optional<String> own = own(field, user, account);
    return field.yields() ? own.or(() -> templates.value(field, user.json())) : own;
  }

  private Optional<String> own(PbxField field, ScimUser user, Account account) {
    if (settings.map().of(field).isEmpty()) {
      return usualValue(field, user, account);
    }
    Optional<String> mapped = settings.map().value(field, user);
    return field == PbxField.EMAIL ? mapped.or(() -> fallback(user, account)) : mapped;
  }

  private Optional<String> usualValue(PbxField field, ScimUser user, Account account) {
    return switch (field) {
      case DISPLAY_NAME -> ContactValues.displayName(user);
      case GIVEN_NAME -> ContactValues.givenName(user);
      case FAMILY_NAME -> ContactValues.familyName(user);
      case EMAIL ->
          ContactValues.email(user)
              .or(() -> ContactValues.emailOfName(user).filter(this::fitsEmail))
              .or(() -> fallback(user, account));
      case ENABLED -> Optional.of(String.valueOf(user.active()));
      case WORK_PHONE -> phone(user, "work");
      case MOBILE_PHONE -> phone(user, "mobile");
      case HOME_PHONE -> phone(user, "home");
      case ADDRESS -> ContactValues.address(user);
      case DEPARTMENT -> user.text(ScimUser.ENTERPRISE, "department");
      case COMPANY -> user.text(ScimUser.ENTERPRISE, "organization");
      case ENTITLEMENTS -> ContactValues.entitlements(user);
      case MICROSOFT365 -> microsoftId(user);
      case PHONES, SPEED_DIALS, LINES -> PartValues.of(field, user).text();
      case NAME, EXTENSION, ROLE, DESCRIPTION, PERMISSIONS -> Optional.empty();
      default -> ProfileFields.value(field, user);
    };
  }

  /** A user name that is too long an address is no address; the fallback then stands in. */
  private boolean fitsEmail(String address) {
    return address.length() <= pbx.maxLength().getOrDefault(PbxField.EMAIL, Integer.MAX_VALUE)
        || settings.emailFallback().isEmpty();
  }

  private Optional<String> fallback(ScimUser user, Account account) {
    return settings
        .emailFallback()
        .map(
            template ->
                template.fill(
                    placeholder ->
                        switch (placeholder) {
                          case "pbxUserName" -> Optional.of(account.name());
                          case "extension" -> Optional.of(account.extension());
                          default -> user.text(placeholder);
                        }));
  }

  private Optional<String> phone(ScimUser user, String type) {
    Optional<String> number = ContactValues.phone(user, type);
    return settings.stripPhonePunctuation()
        ? number.map(ContactValues::withoutPunctuation).filter(Predicate.not(String::isEmpty))
        : number;
  }

  private Optional<String> microsoftId(ScimUser user) {
    Optional<String> named =
        user.text(microsoftPath().toArray(String[]::new)).map(id -> id.toLowerCase(Locale.ROOT));
    return switch (settings.ms365Source()) {
      case ATTRIBUTE -> named.map(AttributeMapping::checkedMicrosoftId);
      case EXTERNAL_ID -> named.filter(GUID.asMatchPredicate());
      case USER_NAME -> named.filter(ContactValues::isMailAddress);
    };
  }

  private static String checkedMicrosoftId(String id) {
    if (!GUID.matcher(id).matches() && !ContactValues.isMailAddress(id)) {
      throw invalid(
          "ms365Id (ms365.id) must be an object id or a principal name, was " + Refusal.quoted(id));
    }
    return id;
  }

  private String fitted(PbxField field, String value) {
    int limit = pbx.maxLength().getOrDefault(field, Integer.MAX_VALUE);
    if (value.length() <= limit) {
      return value;
    }
    if (!mayBeCut(field)) {
      throw invalid(
          attribute(field) + " is longer than the " + limit + " characters the pbx takes");
    }
    // Half of a surrogate pair is no character.
    int end = Character.isHighSurrogate(value.charAt(limit - 1)) ? limit - 1 : limit;
    return value.substring(0, end).strip();
  }

  /** A shortened phone number or e-mail address is somebody else's. */
  private boolean mayBeCut(PbxField field) {
    return switch (field) {
      case DISPLAY_NAME -> true;
      case ADDRESS, DEPARTMENT, GIVEN_NAME, FAMILY_NAME -> settings.truncate();
      default -> false;
    };
  }

  /** What the resource alone says of a field, whatever the PBX takes of it. */
  public Optional<String> raw(PbxField field, ObjectNode user) {
    return value(field, new ScimUser(user), new Account("", ""));
  }

  /** The attribute a field's value comes from, as a sender knows it. */
  public String attribute(PbxField field) {
    return settings.map().of(field).map(MappedField::label).orElseGet(() -> usualAttribute(field));
  }

  private String usualAttribute(PbxField field) {
    return switch (field) {
      case WORK_PHONE -> "phoneNumbers of type work";
      case MOBILE_PHONE -> "phoneNumbers of type mobile";
      case HOME_PHONE -> "phoneNumbers of type home";
      default ->
          field.yields()
              ? ProfileFields.attribute(field)
              : usualSources(field).getFirst().getLast();
    };
  }

  private static Refusal invalid(String detail) {
    return new Refusal(Refusal.Kind.INVALID_VALUE, detail);
  }
}
