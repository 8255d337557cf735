package dev.patchbay.schema;

import dev.patchbay.schema.Filter.Comparison;
import dev.patchbay.schema.Filter.Present;
import dev.patchbay.schema.Filter.ValueFilter;
import java.util.List;

/**
 * A filter over several resource types as it reads for one of them: an attribute that the type does
 * not have is one without a value (RFC 7644 §3.4.2.1).
 */
public final class KnownFilter {
  private static final Filter TRUE = new Present(AttributePath.of("id"));
  private static final Filter FALSE = new Filter.Not(TRUE);

  private KnownFilter() {}

  public static Filter of(Filter filter, ResourceType type) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> new Filter.And(each(all, type));
      case Filter.Or(List<Filter> any) -> new Filter.Or(each(any, type));
      case Filter.Not(Filter inner) -> new Filter.Not(of(inner, type));
      case Comparison it ->
          type.find(it.path()).isPresent() ? it : it.isTrueOfNothing() ? TRUE : FALSE;
      case Present it -> type.find(it.path()).isPresent() ? it : FALSE;
      case ValueFilter it -> type.find(it.path()).isPresent() ? it : FALSE;
    };
  }

  private static List<Filter> each(List<Filter> parts, ResourceType type) {
    return parts.stream().map(it -> of(it, type)).toList();
  }
}
