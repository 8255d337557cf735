package dev.patchbay.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Two of a sender's people exchange their Microsoft 365 ids, one request after the other: the first
 * waits for what the second gives up. Sent until each is answered for good; a second one that is
 * refused lets the first have its own again. Ends when nothing of it is open any more, since an
 * operator who takes back one half of it would leave somebody waiting for the other.
 */
final class Swap {
  /** Sends a request of the sender's. */
  interface Wire {
    Reply send(Request request) throws InterruptedException;
  }

  private final String name;
  private final Wire wire;
  private final Notes notes;

  /**
   * @param name the sender's
   */
  Swap(String name, Wire wire, Notes notes) {
    this.name = name;
    this.wire = wire;
    this.notes = notes;
  }

  /** Two who surely have ids of their own, if there are. */
  static List<Person> two(List<Person> people, Random random) {
    var bound = new ArrayList<>(people);
    bound.removeIf(it -> !it.isSurelyBound());
    Collections.shuffle(bound, random);
    return bound.size() < 2 ? List.of() : List.copyOf(bound.subList(0, 2));
  }

  void of(Person first, Person second) throws InterruptedException {
    var given = first.microsoftId();
    var taken = second.microsoftId();
    if (!sent(first, taken)) {
      return;
    }
    if (sent(second, given)) {
      first.exchangeIds(second);
    } else if (!sent(first, given)) {
      notes.surprise(name, first, "does not get its own Microsoft id back");
    }
    settled(first);
    settled(second);
  }

  /** Whether it was done; not, if it was refused. */
  private boolean sent(Person person, String id) throws InterruptedException {
    var intent = new Intent.Change(person, Map.of(Trait.MICROSOFT, id));
    while (true) {
      var reply = wire.send(intent.request());
      notes.told(name + " swap", intent, reply);
      var done = done(intent, reply);
      if (done.isPresent()) {
        return done.get();
      }
      Thread.sleep(50);
    }
  }

  /** Empty: to be sent again. */
  private Optional<Boolean> done(Intent intent, Reply reply) {
    return switch (reply) {
      case Reply.NotSent none -> Optional.empty();
      case Reply.Lost lost -> {
        intent.unclear();
        yield Optional.empty();
      }
      case Reply.Answered answer when answer.done() -> {
        intent.done(answer.body());
        yield Optional.of(true);
      }
      case Reply.Answered answer when answer.ofTheStore() -> {
        intent.unclear();
        yield Optional.empty();
      }
      case Reply.Answered answer -> {
        intent.refused();
        if (!answer.later() && answer.status() != 409) {
          notes.surprise(name, intent, answer);
        }
        yield answer.later() ? Optional.empty() : Optional.of(false);
      }
    };
  }

  private void settled(Person person) throws InterruptedException {
    var read = new Request("GET", "/Users/" + person.id().orElseThrow(), "");
    while (!(wire.send(read) instanceof Reply.Answered answer && isAtRest(answer))) {
      Thread.sleep(100);
    }
  }

  private static boolean isAtRest(Reply.Answered answer) {
    var state = answer.body().at("/" + Trait.PBX + "/provisioning/state").asText();
    return answer.status() == 404 || (answer.done() && !state.equals("pending"));
  }
}
