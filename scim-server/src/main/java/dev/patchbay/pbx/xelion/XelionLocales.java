package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.pbx.http.Json;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/**
 * The languages of a Xelion, which knows them by oids of its own.
 *
 * @param oids by BCP 47 tags, whose case does not count
 */
record XelionLocales(Map<String, String> oids) {
  XelionLocales {
    oids = Map.copyOf(oids);
  }

  boolean isEmpty() {
    return oids.isEmpty();
  }

  /** The tag as the settings spell it; empty if they do not name it. */
  Optional<String> known(String tag) {
    return oids.keySet().stream().filter(tag::equalsIgnoreCase).findFirst();
  }

  Optional<String> oid(String tag) {
    return known(tag).map(oids::get);
  }

  /** The tag of an account's language. */
  Optional<String> read(JsonNode account) {
    return Json.text(account.path("locale"), "oid")
        .flatMap(
            oid ->
                oids.entrySet().stream()
                    .filter(it -> it.getValue().equals(oid))
                    .map(Entry::getKey)
                    .sorted()
                    .findFirst());
  }
}
