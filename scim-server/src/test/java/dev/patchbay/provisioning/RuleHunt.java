package dev.patchbay.provisioning;

import dev.patchbay.database.SteppedStore;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/** Runs a rule's scenario on the classes it was loaded with; the lies that were told. */
final class RuleHunt implements BiFunction<String, Path, List<String>> {
  @Override
  public List<String> apply(String name, Path directory) {
    var rule = Rule.valueOf(name);
    try (var store = SteppedStore.in(directory)) {
      var explorer = new Explorer(store, CrashWorld.office(store), rule::tries);
      explorer.explore(rule.missed(), rule.faults());
      return List.copyOf(explorer.failures());
    }
  }
}
