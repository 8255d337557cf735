package dev.patchbay.emulator;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What goes wrong with a call, and how it is written in the control API. */
public sealed interface Fault {
  Pattern NUMBERED = Pattern.compile("(status|delay):(\\d{1,9})");

  /** As written: {@code status:503}, {@code delay:200}, {@code reset}, {@code dropAfterCommit}. */
  String text();

  /** Answered with this status; nothing is done. */
  record Status(int code) implements Fault {
    public Status {
      if (code < 200 || code > 599) {
        throw new IllegalArgumentException("status must be 200 to 599, was " + code);
      }
    }

    @Override
    public String text() {
      return "status:" + code;
    }
  }

  /** Done at once and answered late, so that a client that gave up has missed a success. */
  record Delay(Duration time) implements Fault {
    @Override
    public String text() {
      return "delay:" + time.toMillis();
    }
  }

  /** The connection ends before anything is done. */
  record Reset() implements Fault {
    @Override
    public String text() {
      return "reset";
    }
  }

  /** Done, then the connection ends without an answer. */
  record DropAfterCommit() implements Fault {
    @Override
    public String text() {
      return "dropAfterCommit";
    }
  }

  /**
   * The fault of that text.
   *
   * @throws IllegalArgumentException if the text names none
   */
  static Fault parse(String text) {
    Matcher numbered = NUMBERED.matcher(text);
    if (numbered.matches()) {
      int number = Integer.parseInt(numbered.group(2));
      return numbered.group(1).equals("status")
          ? new Status(number)
          : new Delay(Duration.ofMillis(number));
    }
    return switch (text) {
      case "reset" -> new Reset();
      case "dropAfterCommit" -> new DropAfterCommit();
      default ->
          throw new IllegalArgumentException(
              "fault must be status:NNN, delay:MILLIS, reset or dropAfterCommit, was '"
                  + text
                  + "'");
    };
  }
}
