package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.util.List;
import java.util.Optional;

/**
 * Keeps {@code ms365Id} and {@code ms365.id} the same. Entra ID can send no part of a complex
 * attribute of an extension, and whoever sends one of the two need not know the other.
 */
public final class FlatMicrosoftId {
  static final List<String> FLAT = List.of(ResourceTypes.PBX_USER, "ms365Id");
  private static final List<String> WHOLE = List.of(ResourceTypes.PBX_USER, "ms365");

  private FlatMicrosoftId() {}

  /** Of a POST or PUT: the one that is given; of two, the one that is not what {@code base} has. */
  public static void replaced(ObjectNode base, ObjectNode wish) {
    if (flat(wish).isPresent() && id(wish).isPresent()) {
      patched(base, wish);
    } else {
      set(wish, flat(wish).or(() -> id(wish)));
    }
  }

  /** Of a PATCH: the one that it changes, to another id or to none. */
  public static void patched(ObjectNode base, ObjectNode wish) {
    boolean flatChanged = !flat(wish).equals(flat(base)) && !flat(wish).equals(id(base));
    boolean idChanged = !id(wish).equals(id(base));
    if (flatChanged && idChanged && flat(wish).isPresent() && id(wish).isPresent()) {
      requireSame(flat(wish).get(), id(wish).get());
    }
    boolean flatCounts = flatChanged && (flat(wish).isPresent() || !idChanged);
    set(wish, flatCounts ? flat(wish) : id(wish));
  }

  private static void requireSame(String flat, String id) {
    if (!flat.equalsIgnoreCase(id)) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE,
          "'%s:ms365Id' and 'ms365.id' are two ids for one binding"
              .formatted(ResourceTypes.PBX_USER));
    }
  }

  private static void set(ObjectNode user, Optional<String> id) {
    if (id.isEmpty()) {
      remove(user);
      return;
    }
    var extension = user.withObjectProperty(ResourceTypes.PBX_USER).put("ms365Id", id.get());
    if (!id(user).equals(id)) {
      extension.putObject("ms365").put("id", id.get()); // what is known is about another binding
    }
  }

  static void remove(ObjectNode user) {
    ScimPath.remove(FLAT, user);
    ScimPath.remove(WHOLE, user);
  }

  private static Optional<String> flat(ObjectNode user) {
    return new ScimUser(user).text(ResourceTypes.PBX_USER, "ms365Id");
  }

  private static Optional<String> id(ObjectNode user) {
    return new ScimUser(user).text(ResourceTypes.PBX_USER, "ms365", "id");
  }
}
