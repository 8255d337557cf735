package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.schema.Fields;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.StoredText;
import java.util.List;
import java.util.Optional;

/** A change to a group's members, which are rows: a delta costs the same in a group of any size. */
public sealed interface MemberChange {
  /** Members that may be named by one request, at the very most. */
  int MOST_NAMED = 50_000;

  /** How many members it names; none where it is about all, or all that a filter finds. */
  default int named() {
    return switch (this) {
      case Add(List<MemberValue> members) -> members.size();
      case Remove(List<String> values) -> values.size();
      case RemoveAll all -> 0;
      case ReplaceAll(List<MemberValue> members) -> members.size();
      case RemoveWhere(Filter element) -> 0;
    };
  }

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
  record MemberValue(String value, Optional<String> type, Optional<String> display) {
    private static final int LIMIT = 1024; // characters

    public MemberValue {
      if (value.isBlank()) {
        throw new IllegalArgumentException("a member needs a value");
      }
      check("value", value, StoredText.MAX_KEY);
      type.ifPresent(it -> check("type", it, LIMIT));
      display.ifPresent(it -> check("display", it, LIMIT));
    }

    private static void check(String name, String text, int limit) {
      if (text.length() > limit) {
        throw new IllegalArgumentException(name + " is longer than " + limit + " characters");
      }
      StoredText.check(text);
    }
  }

  /**
   * The members that the body of a POST or PUT names; nobody if it does not mention them (RFC 7643
   * §2.5). Keycloak's SCIM extension leaves {@code members} out of an emptied group.
   *
   * @param idp whose ways of writing are taken
   */
  static List<MemberValue> membersOf(JsonNode body, IdentityProvider idp) {
    return Fields.find(body, "members")
        .map(it -> new MemberOperations(idp).read(it))
        .orElse(List.of());
  }
}
