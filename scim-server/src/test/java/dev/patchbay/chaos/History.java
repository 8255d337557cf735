package dev.patchbay.chaos;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was asked and answered about somebody, for whoever looks for the cause of a difference. */
final class History {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  void add(String line) {
    lines.add(line);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
