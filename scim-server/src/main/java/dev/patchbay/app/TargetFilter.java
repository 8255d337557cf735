package dev.patchbay.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Section;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.FilterMatcher;
import dev.patchbay.schema.FilterParser;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which users a target has, by what is written to them.
 *
 * @param wanted tells it of a user as it is stored
 */
record TargetFilter(Filter filter, Predicate<ObjectNode> wanted) {
  private static final ResourceType USER = ResourceTypes.user(PhoneAccount.WHOLE);

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if the text is no filter on users
   */
  static TargetFilter of(String text) {
    try {
      Filter filter = FilterParser.parse(text);
      return new TargetFilter(filter, FilterMatcher.of(filter, USER));
    } catch (Refusal refusal) {
      throw new IllegalArgumentException(refusal.detail(), refusal);
    }
  }

  /** Whether the user's own attributes answer it; says so of one on {@code groups}. */
  boolean fits(Section target) {
    var kept = paths(filter).filter(TargetFilter::inRows).findFirst();
    kept.ifPresent(
        path ->
            target.reject(
                "filter",
                "expected a filter on what is written to a user, found '"
                    + path
                    + "': who is in a group is written to the group"));
    return kept.isEmpty();
  }

  private static boolean inRows(AttributePath path) {
    return USER.find(path).filter(USER::inRows).isPresent();
  }

  private static Stream<AttributePath> paths(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> all.stream().flatMap(TargetFilter::paths);
      case Filter.Or(List<Filter> any) -> any.stream().flatMap(TargetFilter::paths);
      case Filter.Not(Filter inner) -> paths(inner);
      case Filter.ValueFilter(AttributePath path, Filter inner) -> Stream.of(path);
      case Filter.Present(AttributePath path) -> Stream.of(path);
      case Filter.Comparison it -> Stream.of(it.path());
    };
  }
}
