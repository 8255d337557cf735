package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.directory.MemberChange.MemberValue;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.Fields;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.Filter.Comparison;
import dev.patchbay.schema.Filter.Literal;
import dev.patchbay.schema.Filter.Operator;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a request says about members, and keeps it in the order it was said. */
final class MemberOperations {
  /** Members named by one request; larger groups come in several. */
  static final int MAX_MEMBERS = 100_000;

  private final List<MemberChange> changes = new ArrayList<>();
  private int named;

  List<MemberChange> changes() {
    return changes;
  }

  void add(JsonNode value) {
    var members = read(value);
    if (!members.isEmpty()) {
      changes.add(new MemberChange.Add(members));
    }
  }

  void replace(JsonNode value) {
    changes.add(new MemberChange.ReplaceAll(read(value)));
  }

  /** All when no value is given; else those listed, so none of an empty list. */
  void remove(JsonNode value) {
    if (value.isNull()) {
      changes.add(new MemberChange.RemoveAll());
      return;
    }
    var values = read(value).stream().map(MemberValue::value).toList();
    if (!values.isEmpty()) {
      changes.add(new MemberChange.Remove(values));
    }
  }

  void removeWhere(Filter filter) {
    var values = values(filter);
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
    var members = new LinkedHashMap<String, MemberValue>();
    if (value.isArray()) {
      value.forEach(it -> put(members, it));
    } else if (!value.isNull() && !(value.isTextual() && value.asText().isEmpty())) {
      put(members, value);
    }
    return List.copyOf(members.values());
  }

  private void put(Map<String, MemberValue> members, JsonNode raw) {
    if (++named > MAX_MEMBERS) {
      throw new Refusal(Kind.TOO_LARGE, "more than " + MAX_MEMBERS + " members in one request");
    }
    var member = member(raw);
    members.putIfAbsent(member.value(), member);
  }

  private static MemberValue member(JsonNode raw) {
    try {
      return raw.isTextual()
          ? new MemberValue(raw.asText(), Optional.empty(), Optional.empty())
          : new MemberValue(text(raw, "value").orElse(""), text(raw, "type"), text(raw, "display"));
    } catch (IllegalArgumentException e) {
      throw new Refusal(Kind.INVALID_VALUE, "'members': " + e.getMessage());
    }
  }

  private static Optional<String> text(JsonNode member, String name) {
    return Fields.find(member, name).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}
