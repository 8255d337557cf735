package dev.patchbay.provisioning;

import dev.patchbay.provisioning.Interleaving.Op;
import dev.patchbay.schema.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was asked and answered, and whether doing it one by one would have been answered so. */
record History(List<Event> events) {

  /**
   * One request and its answer.
   *
   * @param target the id it named; empty for a create
   * @param expected the version in its {@code If-Match}
   * @param begun on {@code System.nanoTime}
   */
  record Event(
      Op op, String target, Optional<Long> expected, Answer answer, long begun, long ended) {}

  sealed interface Answer {
    /** 2xx with the resource; members are not part of it. */
    record Done(String id, long version, Map<String, String> attributes) implements Answer {}

    /** 204 of a delete. */
    record Gone() implements Answer {}

    record Refused(Refusal.Kind kind) implements Answer {}

    /** 503. */
    record Later() implements Answer {}
  }

  /** The resource at one time; an empty id stands for none. */
  record State(String id, long version, Map<String, String> attributes, Set<String> members) {
    static final State NONE = new State("", 0, Map.of(), Set.of());

    State {
      attributes = Map.copyOf(attributes);
      members = Set.copyOf(members);
    }

    boolean sameContent(State other) {
      return attributes.equals(other.attributes) && members.equals(other.members);
    }
  }

  private record Node(Set<Integer> done, State state) {}

  /** What the resource may be in the end, over all orders that explain every answer. */
  Set<State> ends(State first) {
    var ends = new HashSet<State>();
    var seen = new HashSet<Node>();
    var open = new ArrayList<>(List.of(new Node(Set.of(), first)));
    while (!open.isEmpty()) {
      var node = open.removeLast();
      if (!seen.add(node)) {
        continue;
      }
      if (node.done.size() == events.size()) {
        ends.add(node.state);
      }
      for (int i = 0; i < events.size(); i++) {
        if (!node.done.contains(i) && mayBeNext(i, node.done)) {
          var done = new TreeSet<>(node.done);
          done.add(i);
          after(node.state, events.get(i)).forEach(it -> open.add(new Node(Set.copyOf(done), it)));
        }
      }
    }
    return ends;
  }

  /** Nothing that ended before this one began is still to come. */
  private boolean mayBeNext(int candidate, Set<Integer> done) {
    for (int i = 0; i < events.size(); i++) {
      if (!done.contains(i) && events.get(i).ended < events.get(candidate).begun) {
        return false;
      }
    }
    return true;
  }

  /** The states that answering so in {@code state} may leave; none if that answer was wrong. */
  private static List<State> after(State state, Event event) {
    boolean exists = event.target.equals(state.id) && !state.id.isEmpty();
    boolean matches = event.expected.map(it -> it == state.version).orElse(true);
    return switch (event.answer) {
      case Answer.Done done when event.op instanceof Op.Create ->
          state.id.isEmpty() ? List.of(created(done)) : List.of();
      case Answer.Done done -> exists && matches ? changed(state, event.op, done) : List.of();
      case Answer.Gone gone -> exists && matches ? List.of(State.NONE) : List.of();
      case Answer.Refused(Refusal.Kind kind) ->
          isRight(kind, event.op, state, exists, matches) ? List.of(state) : List.of();
      case Answer.Later later -> List.of(state);
    };
  }

  private static boolean isRight(
      Refusal.Kind kind, Op op, State state, boolean exists, boolean matches) {
    return (kind == Refusal.Kind.NOT_FOUND && !exists && !(op instanceof Op.Create))
        || (kind == Refusal.Kind.PRECONDITION_FAILED && exists && !matches)
        || (kind == Refusal.Kind.UNIQUENESS && op instanceof Op.Create && !state.id.isEmpty());
  }

  private static State created(Answer.Done done) {
    return new State(done.id, done.version, done.attributes, Set.of());
  }

  private static List<State> changed(State state, Op op, Answer.Done done) {
    var members = members(state.members, op);
    var after = new State(state.id, done.version, attributes(state.attributes, op), members);
    boolean next =
        after.sameContent(state) ? done.version == state.version : done.version > state.version;
    // Changes of members that wait together are made together: each has the version after all.
    boolean together =
        (op instanceof Op.Add || op instanceof Op.Remove) && done.version >= state.version;
    return after.attributes.equals(done.attributes) && (next || together)
        ? List.of(after)
        : List.of();
  }

  private static Map<String, String> attributes(Map<String, String> before, Op op) {
    var after = new TreeMap<>(before);
    switch (op) {
      case Op.Assign(String attribute, String value) -> after.put(attribute, value);
      case Op.Put(Map<String, String> given, var members) -> {
        after.keySet().removeIf(it -> !it.equals("active"));
        after.putAll(given);
      }
      case Op.Add add -> {}
      case Op.Remove remove -> {}
      case Op.Delete delete -> {}
      case Op.Create create -> {}
    }
    return after;
  }

  private static Set<String> members(Set<String> before, Op op) {
    var after = new HashSet<>(before);
    switch (op) {
      case Op.Add(Set<String> members) -> after.addAll(members);
      case Op.Remove(Set<String> members) -> after.removeAll(members);
      case Op.Put(var attributes, Optional<Set<String>> members) -> {
        after.clear();
        members.ifPresent(after::addAll);
      }
      case Op.Assign assign -> {}
      case Op.Delete delete -> {}
      case Op.Create create -> {}
    }
    return after;
  }

  /** Each version of each id has one content, in whatever answer it is. */
  boolean oneContentPerVersion() {
    var contents = new HashMap<String, Map<String, String>>();
    for (Event event : events) {
      if (event.answer instanceof Answer.Done(String id, long version, var attributes)) {
        var known = contents.putIfAbsent(id + " " + version, attributes);
        if (known != null && !known.equals(attributes)) {
          return false;
        }
      }
    }
    return true;
  }
}
