package dev.patchbay.directory;

import dev.patchbay.schema.Filter;
import java.util.List;
import java.util.Optional;

/** A change to a group's members, which are rows: a delta costs the same in a group of any size. */
public sealed interface MemberChange {

  /** These belong to the group from now on; who is in it already stays once. */
  record Add(List<MemberValue> members) implements MemberChange {
    public Add {
      members = List.copyOf(members);
    }
  }

  /** These leave it; who is not in it is no error. */
  record Remove(List<String> values) implements MemberChange {
    public Remove {
      values = List.copyOf(values);
    }
  }

  record RemoveAll() implements MemberChange {}

  /** Exactly these belong to the group from now on. */
  record ReplaceAll(List<MemberValue> members) implements MemberChange {
    public ReplaceAll {
      members = List.copyOf(members);
    }
  }

  /** Those that {@code element} is true of leave; its paths are sub-attributes of a member. */
  record RemoveWhere(Filter element) implements MemberChange {}

  /**
   * A member as sent.
   *
   * @param value identifier of a user or group here, or its externalId
   */
  record MemberValue(String value, Optional<String> type, Optional<String> display) {}
}
