package dev.patchbay.pbx.xelion;

import dev.patchbay.pbx.api.PbxRef;
import java.util.Optional;

/**
 * What a user is on Xelion: an account, and the Person in the address book it belongs to. As a
 * reference: {@code account:person}.
 *
 * @param account empty for a Person whose account was never made: a create that was interrupted
 * @param person empty for an account that has none
 */
record XelionKey(Optional<String> account, Optional<String> person) {
  private static final char BETWEEN = ':';

  XelionKey {
    if (account.isEmpty() && person.isEmpty()) {
      throw new IllegalArgumentException("a user is an account, a Person or both");
    }
  }

  static XelionKey of(String account, Optional<String> person) {
    return new XelionKey(Optional.of(account), person);
  }

  static XelionKey interrupted(String person) {
    return new XelionKey(Optional.empty(), Optional.of(person));
  }

  static XelionKey of(PbxRef ref) {
    int at = ref.id().indexOf(BETWEEN);
    return at < 0
        ? of(ref.id(), Optional.empty())
        : new XelionKey(part(ref.id().substring(0, at)), part(ref.id().substring(at + 1)));
  }

  private static Optional<String> part(String oid) {
    return Optional.of(oid).filter(text -> !text.isEmpty());
  }

  PbxRef ref() {
    return new PbxRef(account.orElse("") + person.map(oid -> BETWEEN + oid).orElse(""));
  }
}
