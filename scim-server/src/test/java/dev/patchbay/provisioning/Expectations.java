package dev.patchbay.provisioning;

import static dev.patchbay.provisioning.Facts.GONE;
import static dev.patchbay.provisioning.Facts.HERE;
import static dev.patchbay.provisioning.Facts.OUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provisioning.CrashWorld.Answer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What may be true in the end, by what was asked and what was answered; invariants 1, 2, 3 and 7 of
 * docs/explanation/write-protocol.md.
 */
final class Expectations {
  private final Map<String, Set<String>> may = new TreeMap<>();
  private static final Set<String> PEOPLE = Set.of("ada", "bob", "cid", "eve");
  private final Set<String> base;
  private final Map<String, String> first;
  private boolean cancelled;

  Expectations(Map<String, String> directory) {
    base = new TreeSet<>(directory.keySet());
    first = Map.copyOf(directory);
    directory.forEach((fact, value) -> may.put(fact, Set.of(value)));
  }

  private Set<String> may(String fact) {
    return may.getOrDefault(fact, Set.of(unsaid(fact)));
  }

  /** What holds of a fact that reads say nothing about. */
  static String unsaid(String fact) {
    return fact.contains(".") ? OUT : GONE;
  }

  /**
   * The write was answered.
   *
   * @param refusedByPbx whether the PBX refused one of its calls
   * @param overlapped what another write that came meanwhile wanted
   */
  void answered(
      Write write,
      Answer answer,
      boolean refusedByPbx,
      Map<String, String> before,
      Map<String, String> after,
      Map<String, String> overlapped) {
    write
        .facts()
        .forEach(
            (fact, value) -> {
              var other = overlapped.getOrDefault(fact, value);
              if (!fact.endsWith(".password") && !other.equals(value)) {
                // Which came last is not known, but that what takes away stays.
                if (!Facts.takesAway(fact, value, other)) {
                  may.put(fact, with(fact, value));
                }
              } else if (!fact.endsWith(".password")) {
                var told = after.getOrDefault(fact, unsaid(fact));
                boolean parked = waits(fact, after);
                boolean takes =
                    !fact.equals("Night") // a role that the PBX keeps stays
                        && Facts.takesAway(fact, before.getOrDefault(fact, unsaid(fact)), value);
                may.put(fact, may(fact, value, answer, refusedByPbx, takes, parked, told));
              }
            });
    cancelled |= write.cancels() && answer != Answer.REFUSED;
    if (write.deletes() && answer == Answer.ACCEPTED) {
      write.facts().forEach((fact, value) -> may.put(fact, Set.of(value)));
      write.facts().keySet().stream().filter(it -> !it.contains(".")).forEach(this::forget);
    }
  }

  /** Nothing was said of whoever may come under this name again. */
  private void forget(String gone) {
    base.remove(gone);
    may.keySet().removeIf(fact -> fact.startsWith(gone + "."));
  }

  /** Whether the fact is about a member that is gone, or about to be. */
  private boolean waits(String fact, Map<String, String> after) {
    var parts = fact.split("\\.", 2);
    return parts.length == 2
        && PEOPLE.contains(parts[1])
        && (!after.containsKey(parts[1]) || may(parts[1]).equals(Set.of(GONE)));
  }

  private Set<String> may(
      String fact,
      String value,
      Answer answer,
      boolean refusedByPbx,
      boolean takesAway,
      boolean parked,
      String told) {
    return switch (answer) {
      case ACCEPTED -> {
        if (!value.equals(GONE) && !parked) {
          assertThat(told).as("a 2xx is readable: " + fact).isEqualTo(value);
        }
        yield Set.of(value);
      }
      case REFUSED -> {
        if (!refusedByPbx) {
          yield may(fact);
        }
        if (takesAway) {
          yield Set.of(value);
        }
        assertThat(told).as("told of what was refused: " + fact).isIn(with(fact, value));
        yield Set.of(told);
      }
      case TRY_LATER -> {
        if (takesAway) {
          yield Set.of(value);
        }
        yield value.equals(GONE) ? with(fact, value) : may(fact);
      }
      case UNDONE -> with(fact, value);
      case NONE -> takesAway ? Set.of(value) : with(fact, value);
    };
  }

  private Set<String> with(String fact, String value) {
    var with = new TreeSet<>(may(fact));
    with.add(value);
    return with;
  }

  /**
   * What reads say in the end is what they may.
   *
   * @param refused whether the PBX refused something at any time: a role it keeps stays
   */
  void check(Map<String, String> directory, boolean refused) {
    if (refused) {
      may.computeIfPresent("Day", (role, may) -> with(role, HERE));
      may.computeIfPresent("Night", (role, may) -> with(role, HERE));
    }
    var facts = new TreeSet<>(may.keySet());
    facts.addAll(directory.keySet());
    for (String fact : facts) {
      var owner = fact.split("\\.", 2)[0];
      boolean gone = !directory.containsKey(owner) && !fact.equals(owner);
      boolean unsaid = !fact.equals(owner) && !base.contains(owner) && may(fact).contains(OUT);
      if (!gone && !unsaid && !named(fact, directory)) {
        var allowed = cancelled ? takenBack(fact, owner) : may(fact);
        assertThat(directory.getOrDefault(fact, unsaid(fact))).as(fact).isIn(allowed);
      }
    }
  }

  /**
   * What may be after an operator took something back: what was before, or what was done of it. Of
   * somebody who is new the parts that were not done yet were never there.
   */
  private Set<String> takenBack(String fact, String owner) {
    var allowed = with(fact, first.getOrDefault(fact, unsaid(fact)));
    if (!base.contains(owner)) {
      allowed.add(""); // how Facts shows an attribute without a value
    }
    return allowed;
  }

  /** Whether the fact is about a member that is gone itself. */
  static boolean named(String fact, Map<String, String> directory) {
    var parts = fact.split("\\.", 2);
    boolean member = parts.length == 2 && PEOPLE.contains(parts[1]);
    return member && !directory.containsKey(parts[1]) && !directory.containsKey(fact);
  }
}
