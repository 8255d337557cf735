package dev.patchbay.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.util.Throwables;

/** Everything that was asked and answered, and everybody it was about. */
final class Notes implements AutoCloseable {
  private final long began = System.nanoTime();
  private final Map<String, Person> people = new ConcurrentHashMap<>();
  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
  private final Tally tally;
  private final Writer file;

  Notes(Path file, Tally tally) throws IOException {
    this.tally = tally;
    this.file = Files.newBufferedWriter(file);
  }

  /** A new person, or one who comes back under the same name. */
  Person person(Person person) {
    var before = people.put(person.userName, person);
    if (before != null) {
      before.history.lines().forEach(person.history::add);
    }
    return person;
  }

  Collection<Person> people() {
    return people.values();
  }

  /** User names of that sender that nobody has. */
  List<String> gone(String sender) {
    return people.values().stream()
        .filter(it -> it.userName.startsWith(sender + "-") && it.there.isSurely(false))
        .map(it -> it.userName)
        .sorted()
        .toList();
  }

  void told(String sender, Intent intent, Reply reply) {
    var line = "%s %s -> %s".formatted(sender, intent.request(), told(reply));
    tally.count(
        switch (reply) {
          case Reply.NotSent none -> "not sent";
          case Reply.Lost lost -> "no answer";
          case Reply.Answered answer -> "answer " + answer.status();
        });
    if (!(reply instanceof Reply.NotSent)) {
      note(intent.people(), line);
    }
  }

  /** An operator did something about somebody. */
  void operated(Person person, Request request, Reply reply) {
    tally.count("operator " + request.path().substring(request.path().lastIndexOf('/') + 1));
    note(List.of(person), "operator %s -> %s".formatted(request, told(reply)));
  }

  /** An answer about a role that nothing explains. */
  void surprise(String sender, Desk desk, String what) {
    surprises.add("%s: %s of %s: %s".formatted(sender, desk.name, desk.description, what));
  }

  private static String told(Reply reply) {
    return switch (reply) {
      case Reply.NotSent none -> "not sent";
      case Reply.Lost lost -> "no answer: " + lost.why();
      case Reply.Answered answer -> answer.status() + " " + answer.body();
    };
  }

  private void note(Collection<Person> about, String text) {
    var line = String.format(Locale.ROOT, "%9.3f %s", (System.nanoTime() - began) / 1e9, text);
    about.forEach(it -> it.history.add(line));
    synchronized (file) {
      try {
        file.write(line + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** An answer that nothing explains. */
  void surprise(String sender, Intent intent, Reply.Answered answer) {
    surprises.add(
        "%s: %s was answered %d %s%n%s"
            .formatted(
                sender, intent.request(), answer.status(), answer.body(), told(intent.people())));
  }

  void surprise(String sender, Person person, String what) {
    surprises.add("%s: %s%n%s".formatted(sender, what, told(List.of(person))));
  }

  private static String told(Collection<Person> people) {
    var text = new StringBuilder();
    people.forEach(
        it -> {
          text.append("  ").append(it).append('\n');
          it.history.lines().forEach(line -> text.append("    ").append(line).append('\n'));
        });
    return text.toString();
  }

  /** The driver itself failed. */
  void broken(Thread thread, Throwable why) {
    surprises.add(thread.getName() + " ended: " + Throwables.getStackTrace(why));
  }

  Queue<String> surprises() {
    return surprises;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
