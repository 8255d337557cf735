package dev.patchbay.emulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The calls since the last clearing, in order of arrival; the oldest go when there are too many.
 */
public final class CallLog {
  /** About 100 MB of user creates. */
  static final int KEPT = 100_000;

  private final int kept;
  private final Map<Long, RecordedCall> calls = new LinkedHashMap<>();
  private long next;

  CallLog(int kept) {
    this.kept = kept;
  }

  public synchronized List<RecordedCall> calls() {
    return List.copyOf(calls.values());
  }

  /** The lines of {@link #calls}, as in {@code POST /api/users}. */
  public List<String> lines() {
    return calls().stream().map(RecordedCall::line).toList();
  }

  public synchronized void clear() {
    calls.clear();
  }

  /** Notes a call at its arrival; the key is for what becomes known of it later. */
  synchronized long add(RecordedCall call) {
    calls.put(next, call);
    if (calls.size() > kept) {
      calls.remove(calls.keySet().iterator().next());
    }
    return next++;
  }

  /** Does nothing if the call is no longer kept. */
  synchronized void change(long key, UnaryOperator<RecordedCall> change) {
    calls.computeIfPresent(key, (k, call) -> change.apply(call));
  }
}
