package dev.patchbay.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to go wrong; the first rule that matches a call is the one. */
public final class Faults {
  private final List<FaultRule> rules = new ArrayList<>();

  /** Replaces whatever was set. */
  public synchronized void replace(List<FaultRule> wanted) {
    rules.clear();
    rules.addAll(wanted);
  }

  /** Replaces whatever was set. */
  public void replace(FaultRule... wanted) {
    replace(List.of(wanted));
  }

  /** What is still to go wrong, with the times left. */
  public synchronized List<FaultRule> rules() {
    return List.copyOf(rules);
  }

  /** The fault of this call, used up by one. */
  synchronized Optional<Fault> take(String method, String path) {
    for (int i = 0; i < rules.size(); i++) {
      FaultRule rule = rules.get(i);
      if (rule.matches(method, path)) {
        useUp(i, rule);
        return Optional.of(rule.fault());
      }
    }
    return Optional.empty();
  }

  private void useUp(int index, FaultRule rule) {
    if (rule.times().isEmpty()) {
      return;
    }
    int left = rule.times().getAsInt() - 1;
    if (left == 0) {
      rules.remove(index);
    } else {
      rules.set(index, rule.times(left));
    }
  }
}
