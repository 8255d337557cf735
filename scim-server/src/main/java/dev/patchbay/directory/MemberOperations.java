package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.directory.MemberChange.MemberValue;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.Filter.Comparison;
import dev.patchbay.schema.Filter.Literal;
import dev.patchbay.schema.Filter.Operator;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Leniency;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ResourceTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a request says about members, and keeps it in the order it was said. */
final class MemberOperations {
  /** Filters other than on {@code value}: each reads all members. */
  private static final int MAX_FILTERS = 10;

  private static final Attribute MEMBERS =
      ResourceTypes.group().core().attribute("members").orElseThrow();

  private final IdentityProvider idp;
  private final List<MemberChange> changes = new ArrayList<>();
  private int named;
  private int filters;

  /**
   * @param idp whose ways of writing are taken
   */
  MemberOperations(IdentityProvider idp) {
    this.idp = idp;
  }

  List<MemberChange> changes() {
    return changes;
  }

  /** One or several (RFC 7644 §3.5.2.1: "a new value is added"). */
  void add(JsonNode value) {
    var members = value.isObject() ? read(value, true) : read(value);
    if (!members.isEmpty()) {
      changes.add(new MemberChange.Add(members));
    }
  }

  void replace(JsonNode value) {
    changes.add(new MemberChange.ReplaceAll(read(value)));
  }

  /** All when no value is given; else those listed, so none of an empty list. */
  void remove(Optional<JsonNode> value) {
    if (value.isEmpty()) {
      changes.add(new MemberChange.RemoveAll());
      return;
    }
    if (!idp.forgives(Leniency.REMOVE_BY_VALUE)) {
      throw invalid("are removed without a value; use a filter");
    }
    var values = read(value.get(), true).stream().map(MemberValue::value).toList();
    if (!values.isEmpty()) {
      changes.add(new MemberChange.Remove(values));
    }
  }

  void removeWhere(Filter filter) {
    var values = values(filter);
    if (values.isEmpty() && ++filters > MAX_FILTERS) {
      throw new Refusal(
          Kind.TOO_MANY, "more than " + MAX_FILTERS + " filters on members in one request");
    }
    changes.add(
        values.isPresent()
            ? new MemberChange.Remove(values.get())
            : new MemberChange.RemoveWhere(filter));
  }

  /** The identifiers of {@code value eq "a" or value eq "b"}; empty for any other filter. */
  private static Optional<List<String>> values(Filter filter) {
    if (filter instanceof Filter.Or(List<Filter> any)) {
      var found = any.stream().map(MemberOperations::values).toList();
      return found.stream().allMatch(Optional::isPresent)
          ? Optional.of(found.stream().flatMap(it -> it.orElseThrow().stream()).toList())
          : Optional.empty();
    }
    return filter
                instanceof
                Comparison(AttributePath path, Operator operator, Literal.Text(String text))
            && operator == Operator.EQ
            && path.name().equalsIgnoreCase("value")
        ? Optional.of(List.of(text))
        : Optional.empty();
  }

  /** Each member once, the first mention counting. */
  List<MemberValue> read(JsonNode value) {
    return read(value, idp.forgives(Leniency.ONE_FOR_LIST));
  }

  private List<MemberValue> read(JsonNode value, boolean mayBeOne) {
    var members = new LinkedHashMap<String, MemberValue>();
    boolean none = value.isNull() || (value.isTextual() && value.asText().isEmpty());
    if (value.isArray()) {
      value.forEach(it -> put(members, it));
    } else if (!mayBeOne && !value.isNull()) {
      throw invalid("must be a list");
    } else if (!none) {
      put(members, value);
    }
    return List.copyOf(members.values());
  }

  private void put(Map<String, MemberValue> members, JsonNode raw) {
    if (++named > MemberChange.MOST_NAMED) {
      throw new Refusal(
          Kind.TOO_LARGE, "more than " + MemberChange.MOST_NAMED + " members in one request");
    }
    var member = member(raw);
    members.putIfAbsent(member.value(), member);
  }

  private MemberValue member(JsonNode raw) {
    if (!idp.forgives(Leniency.UNKNOWN_ATTRIBUTES)) {
      raw.fieldNames().forEachRemaining(MemberOperations::requireKnown);
    }
    if (raw.isTextual() && !idp.forgives(Leniency.BARE_VALUES)) {
      throw invalid("must be objects");
    }
    try {
      return raw.isTextual()
          ? new MemberValue(raw.asText(), Optional.empty(), Optional.empty())
          : described(raw);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private static void requireKnown(String name) {
    if (MEMBERS.sub(name).isEmpty()) {
      throw new Refusal(
          Kind.INVALID_SYNTAX,
          "there is no attribute " + Refusal.quoted("members." + name) + " here");
    }
  }

  /** In one pass: there may be 50,000 of them. */
  private static MemberValue described(JsonNode raw) {
    var value = "";
    var type = Optional.<String>empty();
    var display = Optional.<String>empty();
    for (var field : raw.properties()) {
      if (!field.getValue().isTextual()) {
        continue;
      }
      var text = field.getValue().textValue();
      if (field.getKey().equalsIgnoreCase("value")) {
        value = text;
      } else if (field.getKey().equalsIgnoreCase("type")) {
        type = Optional.of(text);
      } else if (field.getKey().equalsIgnoreCase("display")) {
        display = Optional.of(text);
      }
    }
    return new MemberValue(value, type, display);
  }

  private static Refusal invalid(String problem) {
    return new Refusal(Kind.INVALID_VALUE, "'members' " + problem);
  }
}
