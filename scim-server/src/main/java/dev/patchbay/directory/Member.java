package dev.patchbay.directory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A member of a group as reads show it: a user, or a group that belongs to it. */
public record Member(String id, String label, EntryType type) {
  private static final int GROUP = 2; // as it is stored

  static Member of(String id, @Nullable String label, int how) {
    return new Member(
        id, Optional.ofNullable(label).orElse(""), how == GROUP ? EntryType.GROUP : EntryType.USER);
  }
}
