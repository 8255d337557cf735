package dev.patchbay.app;

import dev.patchbay.config.Section;
import dev.patchbay.config.TokenHash;
import java.util.HashMap;
import java.util.Map;

/** Who may look at open work and act on it, by the hash of a token. */
final class OperatorSettings {
  private OperatorSettings() {}

  /** Names by token; empty where nobody may. */
  static Map<TokenHash, String> from(Section root, TokenOwners owners) {
    var operators = new HashMap<TokenHash, String>();
    for (Section entry : root.list("operators")) {
      var name = entry.string("name");
      TokenSettings.hash(entry)
          .ifPresent(
              hash -> {
                operators.put(hash, name);
                owners.claim(entry, TokenOwners.OPERATORS);
              });
    }
    return operators;
  }
}
