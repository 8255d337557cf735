package dev.patchbay.provisioning;

import dev.patchbay.directory.EntryType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What several writers do to one resource at the same time, each one thing after the other. */
record Interleaving(EntryType type, List<List<Step>> writers) {

  /** One request. */
  record Step(Op op, When when) {}

  /** Which {@code If-Match} it has. */
  enum When {
    /** None. */
    ALWAYS,
    /** The version that all writers know before they begin. */
    AT_FIRST,
    /** The version in this writer's own last answer. */
    AS_SEEN
  }

  sealed interface Op {
    /** PATCH of one attribute. */
    record Assign(String attribute, String value) implements Op {}

    /** PUT; without members nobody is in the group. */
    record Put(Map<String, String> attributes, Optional<Set<String>> members) implements Op {}

    /** PATCH: these become members. */
    record Add(Set<String> members) implements Op {}

    /** PATCH: these are none any more. */
    record Remove(Set<String> members) implements Op {}

    record Delete() implements Op {}

    /** POST of the same name; the writer goes on with what it made. */
    record Create() implements Op {}
  }

  private static final Arbitrary<String> VALUES = Arbitraries.of("a", "b", "c");
  private static final Arbitrary<Set<String>> MEMBERS =
      Arbitraries.of("ada", "bob", "eve").set().ofMinSize(1).ofMaxSize(3);

  static Arbitrary<Interleaving> any() {
    return Arbitraries.oneOf(
        of(EntryType.USER, userOps()),
        of(EntryType.GROUP, groupOps(VALUES)),
        of(EntryType.GROUP, oneOf(groupOps(Arbitraries.just("")), new Op.Create())));
  }

  private static Arbitrary<Interleaving> of(EntryType type, Arbitrary<Op> ops) {
    var when =
        Arbitraries.frequency(
            Tuple.of(6, When.ALWAYS), Tuple.of(2, When.AT_FIRST), Tuple.of(2, When.AS_SEEN));
    var steps = Combinators.combine(ops, when).as(Step::new).list().ofMinSize(1).ofMaxSize(3);
    return steps.list().ofMinSize(2).ofMaxSize(6).map(it -> new Interleaving(type, it));
  }

  private static Arbitrary<Op> userOps() {
    var attribute = Arbitraries.of("displayName", "title", "nickName");
    var assign = Combinators.combine(attribute, VALUES).as(Op.Assign::new);
    var active = Arbitraries.of("true", "false").map(it -> new Op.Assign("active", it));
    var put = Arbitraries.maps(attribute, VALUES).map(it -> new Op.Put(it, Optional.empty()));
    return Arbitraries.frequencyOf(
        Tuple.of(8, assign),
        Tuple.of(3, active),
        Tuple.of(4, put),
        Tuple.of(1, Arbitraries.just(new Op.Delete())),
        Tuple.of(1, Arbitraries.just(new Op.Create())));
  }

  /**
   * @param names behind the one it has; if there is none but that, it can be made again
   */
  private static Arbitrary<Op> groupOps(Arbitrary<String> names) {
    var assign = names.map(it -> new Op.Assign("displayName", it));
    var put =
        Combinators.combine(names, MEMBERS.optional())
            .as((name, members) -> new Op.Put(Map.of("displayName", name), members));
    return Arbitraries.frequencyOf(
        Tuple.of(5, MEMBERS.map(Op.Add::new)),
        Tuple.of(5, MEMBERS.map(Op.Remove::new)),
        Tuple.of(2, assign),
        Tuple.of(3, put),
        Tuple.of(1, Arbitraries.just(new Op.Delete())));
  }

  private static Arbitrary<Op> oneOf(Arbitrary<Op> ops, Op other) {
    return Arbitraries.frequencyOf(Tuple.of(15, ops), Tuple.of(1, Arbitraries.just(other)));
  }
}
