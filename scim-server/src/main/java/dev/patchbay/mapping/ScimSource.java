package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import dev.patchbay.schema.Target;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One text of a user resource, as settings name it: {@code title}, {@code name.familyName}, {@code
 * phoneNumbers[type eq "fax"].value}, or an attribute of an extension behind its URN.
 *
 * @param target never a secret; of a complex attribute its {@code value}
 * @param type which element of several; empty: the primary one, else that of type work, else the
 *     first
 */
record ScimSource(Target target, Optional<String> type) {
  /** What a message says was expected. */
  static final String FORM =
      "an attribute of users with one value that is no secret, such as externalId, name.familyName"
          + " or phoneNumbers[type eq \"fax\"].value";

  private static final ResourceType USER = ResourceTypes.user(PhoneAccount.WHOLE);
  private static final Pattern OF_TYPE =
      Pattern.compile("([^\\[]+)\\[type eq \"([^\"\\]]+)\"](\\.[A-Za-z]+)?");

  static ScimSource parse(String text) {
    Matcher typed = OF_TYPE.matcher(text);
    if (!typed.matches()) {
      return new ScimSource(target(text), Optional.empty());
    }
    String rest = Optional.ofNullable(typed.group(3)).orElse("");
    var source = new ScimSource(target(typed.group(1) + rest), Optional.of(typed.group(2)));
    if (!source.multiValued() || source.target().attribute().sub("type").isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    return source;
  }

  private static Target target(String text) {
    return AttributePath.parse(text)
        .flatMap(USER::find)
        .flatMap(Target::comparable)
        .filter(it -> !it.isNeverReturned() && !it.isReadOnly())
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  Optional<String> value(ScimUser user) {
    if (!multiValued()) {
      JsonNode whole = target.in(user.json());
      return ScimUser.text(target.sub().map(it -> whole.path(it.name())).orElse(whole));
    }
    String part = target.sub().map(it -> it.name()).orElse("value");
    return element(user)
        .flatMap(it -> ScimUser.text(it.isObject() ? it.path(part) : it))
        .map(ContactValues::dialled);
  }

  private Optional<JsonNode> element(ScimUser user) {
    JsonNode whole = target.in(user.json());
    return type.map(it -> ScimUser.ofType(whole, it))
        .orElseGet(() -> ScimUser.preferred(whole, "work"));
  }

  private boolean multiValued() {
    return target.attribute().traits().multiValued();
  }

  /**
   * The path of attribute names. Of one that has several values all are meant: which one counts may
   * change, too.
   */
  List<String> path() {
    var own =
        multiValued()
            ? Stream.of(target.attribute().name())
            : Stream.concat(
                Stream.of(target.attribute().name()), target.sub().stream().map(it -> it.name()));
    return Stream.concat(target.extension().stream().map(it -> it.urn()), own).toList();
  }

  /** As a sender knows it. */
  String label() {
    return type.map(it -> target.attribute().name() + " of type " + it).orElseGet(target::label);
  }
}
