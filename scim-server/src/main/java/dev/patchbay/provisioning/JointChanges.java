package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.MemberChange;
import dev.patchbay.directory.MemberChange.MemberValue;
import dev.patchbay.directory.PatchApplier.Patched;
import dev.patchbay.provisioning.GroupWrites.Change;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Membership changes that wait for the same group. Whoever gets the group takes up what waits with
 * it as one change; the others then find their answer, or that they have to go alone.
 */
final class JointChanges {
  /** Of one plan: few enough to be answered in time by a slow PBX. */
  private static final int MOST = 64;

  private final ConcurrentHashMap<String, LinkedHashSet<Place>> waiting = new ConcurrentHashMap<>();

  /** One of them does more than put single members in or out. */
  static final class NotJoint extends RuntimeException {
    NotJoint() {
      super("not joint", null, false, false);
    }
  }

  /** A request that waits, or waited until somebody took it up. */
  static final class Place {
    private final Change change;
    private final CompletableFuture<Supplier<Optional<Entry>>> outcome = new CompletableFuture<>();

    private Place(Change change) {
      this.change = change;
    }

    Change change() {
      return change;
    }

    /** It is done, and this is its answer; the first one counts. */
    void done(Entry answer) {
      outcome.complete(() -> Optional.of(answer));
    }

    /** It cannot be done now, neither with the others nor alone. */
    void later(TryLater answer) {
      outcome.complete(
          () -> {
            throw answer;
          });
    }

    /** It was not done with the others. */
    void alone() {
      outcome.complete(Optional::empty);
    }

    /** Whether it has its outcome. */
    boolean told() {
      return outcome.isDone();
    }

    /** The answer, if it was done with others; nobody may have it in hands now. */
    Optional<Entry> answer() {
      return outcome.getNow(Optional::empty).get();
    }
  }

  /** Whether a change may wait here: one that names a version must see that very version. */
  static boolean takes(Change change) {
    return change.action() == Action.PATCH && change.ifMatch() instanceof IfMatch.Any;
  }

  Place enter(Change change) {
    var place = new Place(change);
    waiting.compute(
        change.id(),
        (id, others) -> {
          var all = others == null ? new LinkedHashSet<Place>() : others;
          all.add(place);
          return all;
        });
    return place;
  }

  /**
   * The place and those that may go with it, in the order they came, which nobody else gets now;
   * each is to be told its outcome. Empty if somebody was faster.
   */
  List<Place> take(Place own) {
    return take(own, MOST);
  }

  private List<Place> take(Place own, int most) {
    var taken = new ArrayList<Place>();
    waiting.computeIfPresent(
        own.change().id(),
        (id, all) -> {
          if (all.remove(own)) {
            taken.add(own);
            all.stream()
                .filter(each -> each.change().source().equals(own.change().source()))
                .limit(most - 1)
                .forEach(taken::add);
            taken.forEach(all::remove);
          }
          return all.isEmpty() ? null : all;
        });
    return taken;
  }

  /** Waits no longer in line; the answer, if somebody has taken the place up already. */
  Optional<Entry> leave(Place place) {
    left(place);
    return place.outcome.join().get();
  }

  /** As {@link #leave}, of whoever asks for no answer. */
  void left(Place place) {
    take(place, 1).forEach(Place::alone);
  }

  /** All of them as one. */
  static Change merged(List<Place> places) {
    var first = places.getFirst().change();
    var changes = places.stream().map(Place::change).toList();
    return new Change(
        first.action(), first.source(), first.id(), first.ifMatch(), base -> all(base, changes));
  }

  private static Patched all(ObjectNode base, List<Change> changes) {
    var members = new ArrayList<MemberChange>();
    for (Change change : changes) {
      var patched = change.request().apply(base);
      if (!patched.resource().equals(base)) {
        throw new NotJoint();
      }
      patched.members().forEach(each -> append(members, each));
    }
    return new Patched(base, members);
  }

  /** Neighbours of a kind become one: their users are then looked up at once. */
  private static void append(List<MemberChange> members, MemberChange next) {
    var last = members.isEmpty() ? Optional.<MemberChange>empty() : Optional.of(members.getLast());
    switch (next) {
      case MemberChange.Add(List<MemberValue> more) -> {
        if (last.isPresent() && last.get() instanceof MemberChange.Add(List<MemberValue> some)) {
          members.removeLast();
          members.add(new MemberChange.Add(Stream.concat(some.stream(), more.stream()).toList()));
        } else {
          members.add(next);
        }
      }
      case MemberChange.Remove(List<String> more) -> {
        if (last.isPresent() && last.get() instanceof MemberChange.Remove(List<String> some)) {
          members.removeLast();
          members.add(
              new MemberChange.Remove(Stream.concat(some.stream(), more.stream()).toList()));
        } else {
          members.add(next);
        }
      }
      case MemberChange.RemoveAll all -> throw new NotJoint();
      case MemberChange.ReplaceAll all -> throw new NotJoint();
      case MemberChange.RemoveWhere some -> throw new NotJoint();
    }
  }
}
