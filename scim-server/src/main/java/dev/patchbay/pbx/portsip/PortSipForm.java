package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.pbx.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a field's text stands in PortSIP's JSON. A text that is not in its field's form is sent as
 * nothing: it is for the core to refuse it.
 */
sealed interface PortSipForm {

  /** The JSON of this text; what {@code before} has beside it may be kept. */
  JsonNode json(String text, JsonNode before);

  /** The text of this JSON; empty where it says nothing. */
  Optional<String> text(JsonNode json);

  /** True or false. */
  record Flag() implements PortSipForm {
    @Override
    public JsonNode json(String text, JsonNode before) {
      return BooleanNode.valueOf(Boolean.parseBoolean(text));
    }

    @Override
    public Optional<String> text(JsonNode json) {
      return json.isBoolean() ? Optional.of(json.asText()) : Optional.empty();
    }
  }

  /** A string. */
  record Text() implements PortSipForm {
    @Override
    public JsonNode json(String text, JsonNode before) {
      return TextNode.valueOf(text);
    }

    @Override
    public Optional<String> text(JsonNode json) {
      return json.isTextual()
          ? Optional.of(json.textValue()).filter(it -> !it.isBlank())
          : Optional.empty();
    }
  }

  /** JSON in a string; blanks in it mean nothing. */
  record JsonText() implements PortSipForm {
    @Override
    public JsonNode json(String text, JsonNode before) {
      return TextNode.valueOf(text);
    }

    @Override
    public Optional<String> text(JsonNode json) {
      return new Text().text(json).map(it -> Json.tree(it).map(JsonNode::toString).orElse(it));
    }
  }

  /** {@code outbound_caller_ids}: the order means nothing. */
  record CallerIds() implements PortSipForm {
    @Override
    public JsonNode json(String text, JsonNode before) {
      var array = Json.array();
      for (JsonNode callerId : tree(text)) {
        ObjectNode item = known(callerId, before);
        item.put("provider_id", callerId.path("provider").asText());
        item.put("caller_id", callerId.path("value").asText());
        item.put("preferred", callerId.path("preferred").asBoolean());
        Json.text(callerId, "description")
            .ifPresentOrElse(it -> item.put("description", it), () -> item.remove("description"));
        array.add(item);
      }
      return array;
    }

    /** A later version's fields of the same number stay. */
    private static ObjectNode known(JsonNode callerId, JsonNode before) {
      for (JsonNode item : before) {
        if (item instanceof ObjectNode object
            && object.path("provider_id").equals(callerId.path("provider"))
            && object.path("caller_id").equals(callerId.path("value"))) {
          return object.deepCopy();
        }
      }
      return Json.object();
    }

    @Override
    public Optional<String> text(JsonNode json) {
      var sorted = new TreeMap<String, ObjectNode>();
      for (JsonNode item : json) {
        String provider = item.path("provider_id").asText();
        String value = item.path("caller_id").asText();
        ObjectNode callerId = Json.object().put("provider", provider).put("value", value);
        callerId.put("preferred", item.path("preferred").asBoolean());
        Json.text(item, "description").ifPresent(it -> callerId.put("description", it));
        sorted.put(provider + "\n" + value, callerId);
      }
      return list(sorted.values());
    }
  }

  /** {@code blfs}: the order is that of the keys. */
  record Lamps() implements PortSipForm {
    @Override
    public JsonNode json(String text, JsonNode before) {
      var array = Json.array();
      for (JsonNode lamp : tree(text)) {
        ObjectNode item = Json.object();
        copy(lamp, "key", item, "key");
        copy(lamp, "value", item, "value");
        copy(lamp, "firstName", item, "first_name");
        copy(lamp, "lastName", item, "last_name");
        array.add(item);
      }
      return array;
    }

    @Override
    public Optional<String> text(JsonNode json) {
      var lamps = new ArrayList<ObjectNode>();
      for (JsonNode item : json) {
        ObjectNode lamp = Json.object();
        copy(item, "key", lamp, "key");
        copy(item, "value", lamp, "value");
        copy(item, "first_name", lamp, "firstName");
        copy(item, "last_name", lamp, "lastName");
        lamps.add(lamp);
      }
      return list(lamps);
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String other) {
      Json.text(from, name).ifPresent(text -> to.put(other, text));
    }
  }

  /** {@code office_hours}: 00:00 to 00:00 is closed; the company's hours have no days. */
  record Hours() implements PortSipForm {
    private static final List<String> DAYS =
        List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    @Override
    public JsonNode json(String text, JsonNode before) {
      JsonNode hours = tree(text);
      ObjectNode json = before instanceof ObjectNode known ? known.deepCopy() : Json.object();
      json.put("mode", hours.path("mode").asText("GLOBAL"));
      if (hours.path("mode").asText().equals("CUSTOM")) {
        for (String day : DAYS) {
          ObjectNode open = json.putObject(day).put("enabled", !hours.path(day).isEmpty());
          var ranges = open.putArray("ranges");
          hours.path(day).forEach(range -> ranges.add(range(range.asText())));
        }
      }
      return json;
    }

    private static ObjectNode range(String text) {
      var ends = text.split("-", 2);
      return Json.object().put("from", ends[0]).put("to", ends.length < 2 ? ends[0] : ends[1]);
    }

    @Override
    public Optional<String> text(JsonNode json) {
      String mode = json.path("mode").asText();
      if (mode.isEmpty()) {
        return Optional.empty();
      }
      ObjectNode hours = Json.object().put("mode", mode);
      if (mode.equals("CUSTOM")) {
        DAYS.forEach(day -> ranges(json.path(day)).forEach(hours.withArray(day)::add));
        hours.properties().removeIf(day -> day.getValue().isArray() && day.getValue().isEmpty());
      }
      return Optional.of(hours.toString());
    }

    private static TreeSet<String> ranges(JsonNode day) {
      var ranges = new TreeSet<String>();
      if (day.path("enabled").asBoolean()) {
        for (JsonNode range : day.path("ranges")) {
          ranges.add(range.path("from").asText() + "-" + range.path("to").asText());
        }
      }
      ranges.remove("00:00-00:00");
      return ranges;
    }
  }

  /** A forward rule: the number counts only where calls are forwarded to it. */
  record Rule() implements PortSipForm {
    @Override
    public JsonNode json(String text, JsonNode before) {
      return tree(text);
    }

    @Override
    public Optional<String> text(JsonNode json) {
      Optional<String> action = Json.text(json, "action");
      ObjectNode rule = Json.object();
      action.ifPresent(it -> rule.put("action", it));
      if (action.filter("FORWARD_TO_NUMBER"::equals).isPresent()) {
        Json.text(json, "number").ifPresent(it -> rule.put("number", it));
      }
      if (json.path("timeout").isInt()) {
        rule.put("timeout", json.path("timeout").intValue());
      }
      return action.map(it -> rule.toString());
    }
  }

  private static JsonNode tree(String text) {
    return Json.tree(text).orElse(NullNode.instance);
  }

  private static Optional<String> list(Iterable<ObjectNode> items) {
    var array = Json.array();
    items.forEach(array::add);
    return array.isEmpty() ? Optional.empty() : Optional.of(array.toString());
  }
}
