package dev.patchbay.scim;

import dev.patchbay.scim.BulkOperation.Content;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What of a bulk is done after what. Whoever refers to a new resource comes after its creation; of
 * creations that refer to each other in a circle, the first in the request is made without the
 * later ones, and gets the references when those are there. Operations that are about the same
 * resource, name or number stay in the order of the request; all others may run side by side.
 *
 * @param steps in an order in which none waits for a later one
 */
record BulkPlan(List<Step> steps) {

  /** Which part of an operation a step is. */
  enum Part {
    WHOLE,
    /** A creation without what is not there yet. */
    FIRST,
    /** The references that the first part left out. */
    REST
  }

  /**
   * One thing to do.
   *
   * @param operation its place in the request
   * @param refersTo the bulkIds that must be there by now; of a first part those it can have
   * @param leavesOut the bulkIds that a first part does without, and a rest is about
   * @param after the places, in this plan, of the steps that end before this one begins
   */
  record Step(
      int operation, Part part, Set<String> refersTo, Set<String> leavesOut, Set<Integer> after) {}

  /**
   * Plans a request.
   *
   * @param held the names and numbers, folded, that the resource of a change has until then
   */
  static BulkPlan of(BulkRequest request, Function<Content.Change, Set<String>> held) {
    return new Planning(request, held).plan();
  }

  /** The working out; an operation has the number twice its place, the rest of it one more. */
  private static final class Planning {
    private final BulkRequest request;
    private final Function<Content.Change, Set<String>> held;
    private final List<Set<String>> references = new ArrayList<>();
    private final BitSet knots;

    Planning(BulkRequest request, Function<Content.Change, Set<String>> held) {
      this.request = request;
      this.held = held;
      request.operations().forEach(it -> references.add(references(it.content())));
      this.knots = knots();
    }

    private static Set<String> references(Content content) {
      return switch (content) {
        case Content.Create create -> BulkReferences.in(create.data());
        case Content.Change change -> {
          var all = new TreeSet<>(BulkReferences.in(change.data()));
          BulkReferences.of(change.id()).ifPresent(all::add);
          yield all;
        }
        case Content.Malformed malformed -> Set.of();
      };
    }

    /** The operations that are part of a circle, or lead from one to another. */
    private BitSet knots() {
      int count = references.size();
      var needs = new ArrayList<Set<Integer>>();
      var neededBy = new ArrayList<Set<Integer>>();
      for (int i = 0; i < count; i++) {
        needs.add(creators(references.get(i)));
        neededBy.add(new HashSet<>());
      }
      for (int i = 0; i < count; i++) {
        for (int creator : needs.get(i)) {
          neededBy.get(creator).add(i);
        }
      }
      var knots = new BitSet();
      knots.set(0, count);
      sorted(needs).forEach(knots::clear);
      sorted(neededBy).forEach(knots::clear);
      return knots;
    }

    private Set<Integer> creators(Set<String> bulkIds) {
      return bulkIds.stream()
          .filter(request.creators()::containsKey)
          .map(request.creators()::get)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a creation cannot have yet: in a knot, whatever comes no earlier than itself. */
    private Set<String> leavesOut(int operation) {
      return references.get(operation).stream()
          .filter(it -> knots.get(operation) && knotted(it, operation))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean knotted(String bulkId, int operation) {
      var creator = request.creators().get(bulkId);
      return creator != null && creator >= operation && knots.get(creator);
    }

    BulkPlan plan() {
      int count = references.size();
      var leftOut = new ArrayList<Set<String>>();
      for (int i = 0; i < count; i++) {
        leftOut.add(leavesOut(i));
      }
      var needs = new ArrayList<Set<Integer>>();
      for (int i = 0; i < count; i++) {
        needs.add(needsOfFirst(i, leftOut));
        needs.add(needsOfRest(i, leftOut.get(i)));
      }
      var order =
          sorted(needs).stream()
              .filter(it -> it % 2 == 0 || !leftOut.get(it / 2).isEmpty())
              .toList();
      return new BulkPlan(steps(order, needs, leftOut));
    }

    private Set<Integer> needsOfFirst(int operation, List<Set<String>> leftOut) {
      var needs = new TreeSet<Integer>();
      for (String bulkId : references.get(operation)) {
        var creator = request.creators().get(bulkId);
        if (creator != null && !leftOut.get(operation).contains(bulkId)) {
          needs.add(2 * creator);
          if (!request.operations().get(operation).creates()) {
            needs.add(2 * creator + 1); // a change comes after the whole creation
          }
        }
      }
      return needs;
    }

    private Set<Integer> needsOfRest(int operation, Set<String> leftOut) {
      var needs = new TreeSet<>(Set.of(2 * operation));
      creators(leftOut).forEach(it -> needs.add(2 * it));
      return needs;
    }

    private List<Step> steps(
        List<Integer> order, List<Set<Integer>> needs, List<Set<String>> leftOut) {
      var places = new HashMap<Integer, Integer>();
      var inTurn = new BulkTurns(request, held);
      var steps = new ArrayList<Step>();
      for (int number : order) {
        int operation = number / 2;
        var after = inTurn.after(operation, steps.size());
        needs.get(number).stream().filter(places::containsKey).map(places::get).forEach(after::add);
        after.remove(steps.size());
        places.put(number, steps.size());
        steps.add(step(number, leftOut.get(operation), after));
      }
      return List.copyOf(steps);
    }

    private Step step(int number, Set<String> leftOut, Set<Integer> after) {
      int operation = number / 2;
      if (number % 2 == 1) {
        return new Step(operation, Part.REST, leftOut, leftOut, after);
      }
      var refersTo = new TreeSet<>(references.get(operation));
      refersTo.removeAll(leftOut);
      var part = leftOut.isEmpty() ? Part.WHOLE : Part.FIRST;
      return new Step(operation, part, refersTo, leftOut, after);
    }
  }

  /** By number, each after what it needs; those that need each other are left out. */
  private static List<Integer> sorted(List<Set<Integer>> needs) {
    var missing = new int[needs.size()];
    var neededBy = new ArrayList<List<Integer>>();
    needs.forEach(it -> neededBy.add(new ArrayList<>()));
    var ready = new PriorityQueue<Integer>();
    for (int i = 0; i < needs.size(); i++) {
      missing[i] = needs.get(i).size();
      for (int needed : needs.get(i)) {
        neededBy.get(needed).add(i);
      }
      if (missing[i] == 0) {
        ready.add(i);
      }
    }
    var order = new ArrayList<Integer>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      order.add(next);
      for (int other : neededBy.get(next)) {
        if (--missing[other] == 0) {
          ready.add(other);
        }
      }
    }
    return order;
  }
}
