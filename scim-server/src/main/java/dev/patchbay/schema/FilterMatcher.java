package dev.patchbay.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Predicate;

/** Stub. */
public final class FilterMatcher implements Predicate<ObjectNode> {
  /** Answers for an attribute that is kept as rows beside the resource. */
  @FunctionalInterface
  public interface Rows {
    /** Whether one row of {@code resource} satisfies {@code element}. */
    boolean any(ObjectNode resource, Filter element);
  }

  private FilterMatcher() {}

  public static FilterMatcher of(Filter filter, ResourceType type, Map<String, Rows> rows) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean test(ObjectNode resource) {
    throw new UnsupportedOperationException();
  }
}
