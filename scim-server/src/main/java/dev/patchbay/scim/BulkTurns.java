package dev.patchbay.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.scim.BulkOperation.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keeps in turn what is about the same resource, name or number: whoever has it comes after all
 * that had it or spoke of it before, and whoever speaks of it after the last that had it.
 */
final class BulkTurns {
  private final List<Set<String>> has = new ArrayList<>();
  private final List<Set<String>> speaksOf = new ArrayList<>();
  private final Map<String, Integer> lastToHave = new HashMap<>();
  private final Map<String, Set<Integer>> spokenOfSince = new HashMap<>();

  BulkTurns(BulkRequest request, Function<Content.Change, Set<String>> held) {
    boolean takes = request.operations().stream().anyMatch(BulkTurns::takesNames);
    request.operations().forEach(it -> has.add(has(it, held, takes)));
    if (takes) {
      shareNames(request);
    }
    var all = has.stream().flatMap(Set::stream).collect(Collectors.toSet());
    for (int i = 0; i < has.size(); i++) {
      speaksOf.add(BulkNames.mentioned(data(request.operations().get(i).content()), all));
      speaksOf.get(i).removeAll(has.get(i));
    }
  }

  private static boolean takesNames(BulkOperation operation) {
    return switch (operation.content()) {
      case Content.Create create -> true;
      case Content.Change change -> !BulkNames.unique(change.endpoint(), change.data()).isEmpty();
      case Content.Malformed malformed -> false;
    };
  }

  private static Set<String> has(
      BulkOperation operation, Function<Content.Change, Set<String>> held, boolean takes) {
    var has = new HashSet<String>();
    switch (operation.content()) {
      case Content.Create create -> {
        has.addAll(BulkNames.unique(create.endpoint(), create.data()));
        operation.bulkId().ifPresent(it -> has.add(BulkNames.folded("bulkId:" + it)));
      }
      case Content.Change change -> {
        has.addAll(BulkNames.unique(change.endpoint(), change.data()));
        has.add(BulkNames.folded(change.id()));
        // Nobody waits for a name to become free where nobody takes one.
        has.addAll(takes ? held.apply(change) : Set.of());
      }
      case Content.Malformed malformed -> {}
    }
    return has;
  }

  /** Whoever changes what is made here may free any name that it has in this request. */
  private void shareNames(BulkRequest request) {
    var names = new HashMap<String, Set<String>>();
    for (int i = 0; i < has.size(); i++) {
      var own = has.get(i);
      reference(request.operations().get(i))
          .ifPresent(it -> names.computeIfAbsent(it, key -> new HashSet<>()).addAll(own));
    }
    for (int i = 0; i < has.size(); i++) {
      var own = has.get(i);
      reference(request.operations().get(i)).map(names::get).ifPresent(own::addAll);
    }
  }

  /** What the operation's resource is called in this request, if it is made in it. */
  private static Optional<String> reference(BulkOperation operation) {
    return switch (operation.content()) {
      case Content.Create create -> operation.bulkId();
      case Content.Change change -> BulkReferences.of(change.id());
      case Content.Malformed malformed -> Optional.empty();
    };
  }

  private static ObjectNode data(Content content) {
    return switch (content) {
      case Content.Create create -> create.data();
      case Content.Change change -> change.data();
      case Content.Malformed malformed -> ScimJson.empty();
    };
  }

  /** The steps before the one at {@code place} that are about the same. */
  Set<Integer> after(int operation, int place) {
    var after = new LinkedHashSet<Integer>();
    for (String thing : has.get(operation)) {
      var last = lastToHave.put(thing, place);
      if (last != null) {
        after.add(last);
      }
      var since = spokenOfSince.remove(thing);
      if (since != null) {
        after.addAll(since);
      }
    }
    for (String thing : speaksOf.get(operation)) {
      var last = lastToHave.get(thing);
      if (last != null) {
        after.add(last);
      }
      spokenOfSince.computeIfAbsent(thing, it -> new HashSet<>()).add(place);
    }
    return after;
  }
}
