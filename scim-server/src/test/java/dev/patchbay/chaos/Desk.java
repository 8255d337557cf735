package dev.patchbay.chaos;

import java.util.Optional;

/** A role that one sender makes, describes and deletes, and gives to nobody. */
final class Desk {
  static final String PREFIX = "desk-";
  private static final String ROLE = "urn:ietf:params:scim:schemas:extension:pbx:2.0:Role";

  final String name;

  /** Its description; empty: there is none of that name. */
  final Possible<Optional<String>> description = Possible.of(Optional.empty());

  private Optional<String> id = Optional.empty();

  Desk(String sender) {
    this.name = PREFIX + sender;
  }

  /** Makes it with that description, or changes it; without one deletes it. */
  Request request(Optional<String> wanted) {
    if (id.isEmpty()) {
      return new Request(
          "POST",
          "/Roles",
          """
          {"displayName":"%s","description":"%s",
           "%s":{"permissions":[{"value":"policies.internal_calls"}]}}
          """
              .formatted(name, wanted.orElseThrow(), ROLE)
              .replace("\n", ""));
    }
    var path = "/Roles/" + id.get();
    return wanted
        .map(
            text ->
                Request.patch(
                    path,
                    "{\"op\":\"replace\",\"path\":\"description\",\"value\":\"" + text + "\"}"))
        .orElseGet(() -> Request.delete(path));
  }

  /** Whether it can only be made now. */
  boolean isUnknown() {
    return id.isEmpty();
  }

  void is(Optional<String> wanted, String known) {
    description.is(wanted);
    id = wanted.flatMap(it -> known.isEmpty() ? id : Optional.of(known));
  }

  void mayBe(Optional<String> wanted) {
    description.mayBe(wanted);
  }

  /** Whether it may be gone (404), or be there already (409). */
  boolean explains(int status) {
    return status == 404
        ? description.allows(Optional.empty())
        : status == 409 && description.allowsAny(Optional::isPresent);
  }

  /** Somebody says that there is one of that name, or that it is gone. */
  void isFound(Optional<String> known) {
    id = known;
  }
}
