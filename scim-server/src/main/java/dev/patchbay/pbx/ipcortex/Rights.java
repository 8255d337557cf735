package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/** What our account may do to users, as its sign-in tells. */
enum Rights {
  /** Everything. */
  ADMINISTRATOR,
  /** That is not sure: IPCortex may ignore what we send and still call it a success. */
  DOUBTFUL;

  /**
   * By {@code user.perms} of a sign-in, {@code {"<permission>":"company"|"yes"}}.
   *
   * @param administrators permissions of which one is enough, in any spelling
   */
  static Rights of(JsonNode user, Set<String> administrators) {
    for (var permission : user.path("perms").properties()) {
      String value = permission.getValue().asText("");
      boolean granted = value.equals("yes") || value.equals("company");
      if (granted && administrators.stream().anyMatch(it -> same(it, permission.getKey()))) {
        return ADMINISTRATOR;
      }
    }
    return DOUBTFUL;
  }

  private static boolean same(String one, String other) {
    return letters(one).equals(letters(other));
  }

  private static String letters(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
