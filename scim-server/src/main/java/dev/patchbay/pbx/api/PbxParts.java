package dev.patchbay.pbx.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All parts of one kind that a user has. As the value of a {@link PbxField} it is a JSON array in
 * the order of keys, and no value where there are none.
 */
public record PbxParts(NavigableMap<String, PbxPart> byKey) {
  public static final PbxParts NONE = of(List.of());

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String KEY = "key";
  private static final String ID = "id";

  public PbxParts {
    byKey = Collections.unmodifiableNavigableMap(new TreeMap<>(byKey));
  }

  public static PbxParts of(Collection<PbxPart> parts) {
    var byKey = new TreeMap<String, PbxPart>();
    parts.forEach(part -> byKey.put(part.key(), part));
    return new PbxParts(byKey);
  }

  /** Reads what {@link #text} wrote. */
  public static PbxParts of(Optional<String> text) {
    return text.map(PbxParts::read).orElse(NONE);
  }

  private static PbxParts read(String text) {
    try {
      var byKey = new TreeMap<String, PbxPart>();
      for (JsonNode part : MAPPER.readTree(text)) {
        var read = part(part);
        byKey.put(read.key(), read);
      }
      return new PbxParts(byKey);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a text of parts", e);
    }
  }

  private static PbxPart part(JsonNode json) {
    var values = new TreeMap<String, String>();
    json.properties().forEach(each -> values.put(each.getKey(), each.getValue().asText()));
    var id = Optional.ofNullable(values.remove(ID));
    return new PbxPart(Optional.ofNullable(values.remove(KEY)).orElse(""), id, values);
  }

  /** Empty where there are none. */
  public Optional<String> text() {
    if (byKey.isEmpty()) {
      return Optional.empty();
    }
    var array = MAPPER.createArrayNode();
    for (PbxPart part : byKey.values()) {
      var json = array.addObject().put(KEY, part.key());
      part.id().ifPresent(id -> json.put(ID, id));
      part.values().forEach(json::put);
    }
    return Optional.of(array.toString());
  }

  public Optional<PbxPart> get(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  public PbxParts with(PbxPart part) {
    var changed = new TreeMap<>(byKey);
    changed.put(part.key(), part);
    return new PbxParts(changed);
  }

  public PbxParts without(String key) {
    var changed = new TreeMap<>(byKey);
    changed.remove(key);
    return new PbxParts(changed);
  }

  /** Those with such a key. */
  public PbxParts only(Predicate<String> keys) {
    var kept = new TreeMap<>(byKey);
    kept.keySet().removeIf(keys.negate());
    return new PbxParts(kept);
  }

  /** Whether both are the same things in the same states, whatever the phone system calls them. */
  public boolean same(PbxParts other) {
    return byKey.keySet().equals(other.byKey.keySet())
        && byKey.values().stream()
            .allMatch(part -> other.get(part.key()).filter(part::same).isPresent());
  }
}
