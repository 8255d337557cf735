package dev.patchbay.rfc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.e2e.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One resource whose every attribute is written, and what is wrong with how that went. */
final class Exercised {
  private final Scim scim;
  private final String path;
  private final RandomValues values;
  private final List<Place> places = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private Exercised(Scim scim, String core, String path, RandomValues values) {
    this.scim = scim;
    this.path = path;
    this.values = values;
    scim.declared().attributes(core).forEach(it -> places.add(new Place("", it)));
    for (String urn : scim.declared().extensions(core)) {
      scim.declared().attributes(urn).forEach(it -> places.add(new Place(urn, it)));
    }
  }

  /** A new resource of the type; none if clients make no such resources. */
  static Optional<Exercised> of(Scim scim, String core, RandomValues values) {
    var endpoint = scim.declared().types().get(core).path("endpoint").asText();
    var body = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    body.putArray("schemas").add(core);
    scim.declared().attributes(core).stream()
        .filter(it -> it.path("required").asBoolean())
        .forEach(it -> body.set(it.path("name").asText(), values.value(it)));
    var made = scim.sendAsIs("POST", endpoint, body.toString());
    return made.status() == 201
        ? Optional.of(new Exercised(scim, core, endpoint + "/" + made.id(), values))
        : Optional.empty();
  }

  /** Writes them all, and tells what should not have happened. */
  List<String> everyAttribute() {
    for (Place place : places) {
      if (place.is("mutability", "readOnly")) {
        refuses(place);
      } else {
        takes("add", place, true);
        takes("replace", place, false);
        takesParts(place);
        puts(place);
        removes(place);
      }
    }
    return problems;
  }

  private void refuses(Place place) {
    var before = read(place);
    for (String op : List.of("add", "replace")) {
      var value = values.value(place.attribute());
      var answer = patch(RandomPatchTest.operation(op, place, value, true));
      expect(isRefused(answer, place, "mutability"), op + " of read-only " + place.path(), answer);
    }
    var answer = patch("{\"op\":\"remove\",\"path\":\"" + place.path() + "\"}");
    expect(isRefused(answer, place, "mutability"), "remove of read-only " + place.path(), answer);
    expect(read(place).equals(before), "refused, and changed: " + place.path(), answer);
  }

  private void takes(String op, Place place, boolean byPath) {
    var before = read(place);
    var value = values.value(place.attribute());
    var answer = patch(RandomPatchTest.operation(op, place, value, byPath));
    var wanted = new Wanted(place, value, op.equals("add") ? place.in(before) : null);
    compare(op + " " + place.path() + " " + value, before, answer, wanted);
  }

  /** Each part of a complex attribute alone; of the first of many elements. */
  private void takesParts(Place place) {
    var value = place.in(read(place));
    var key = value.path(0).path("value");
    var element = value.isArray() ? value.path(0) : value;
    for (JsonNode sub : place.attribute().path("subAttributes")) {
      var name = sub.path("name").asText();
      var path = value.isArray() ? place.path() + "[value eq " + key + "]" : place.path();
      if (element.isObject() && (!value.isArray() || (key.isTextual() && !name.equals("value")))) {
        takesPart(place, sub, path + "." + name);
      }
    }
  }

  private void takesPart(Place place, JsonNode sub, String path) {
    var before = read(place);
    var value = values.value(sub);
    var operation = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    operation.put("op", "replace").put("path", path).set("value", value);
    var answer = patch(operation.toString());
    var after = read(place);
    var asked = "replace " + path + " " + value;
    if (answer.status() >= 400) {
      var name = new Place(place.urn(), sub);
      expect(isRefused(answer, name, "") || isRefused(answer, place, ""), asked, answer);
      expect(after.equals(before), asked + " refused, and changed", answer);
    } else {
      var holder = place.in(after).isArray() ? place.in(after) : List.of(place.in(after));
      var found = new ArrayList<JsonNode>();
      holder.forEach(it -> found.add(it.path(sub.path("name").asText())));
      expect(
          found.stream().anyMatch(it -> Wanted.same(sub, value, it)),
          asked + " gave " + found,
          answer);
      expect(
          place.rest(after, places).equals(place.rest(before, places)),
          asked + " changed more",
          answer);
    }
  }

  private void puts(Place place) {
    var before = read(place);
    var value = values.value(place.attribute());
    ObjectNode body = (ObjectNode) scim.get(path).is(200).json();
    place.putInto(body, value);
    if (!place.urn().isEmpty() && !body.path("schemas").toString().contains(place.urn())) {
      body.withArrayProperty("schemas").add(place.urn());
    }
    var answer = scim.sendAsIs("PUT", path, body.toString());
    compare("PUT of " + place.path() + " " + value, before, answer, new Wanted(place, value, null));
  }

  private void removes(Place place) {
    var before = read(place);
    var answer = patch("{\"op\":\"remove\",\"path\":\"" + place.path() + "\"}");
    if (answer.status() >= 400) {
      expect(isRefused(answer, place, "mutability"), "remove " + place.path(), answer);
      expect(read(place).equals(before), "remove refused, and changed", answer);
    } else {
      expect(place.in(read(place)).isEmpty(), "remove left " + place.in(read(place)), answer);
      var same = place.rest(read(place), places).equals(place.rest(before, places));
      expect(same, "remove of " + place.path() + " changed more", answer);
    }
  }

  private void compare(String asked, JsonNode before, Answer answer, Wanted wanted) {
    var place = wanted.place();
    var after = read(place);
    if (answer.status() >= 400) {
      expect(isRefused(answer, place, ""), asked, answer);
      expect(after.equals(before), asked + " refused, and changed", answer);
    } else {
      expect(wanted.isIn(after), asked + " gave " + place.in(after), answer);
      var same = place.rest(after, places).equals(place.rest(before, places));
      expect(same, asked + " changed more: " + before + " to " + after, answer);
    }
  }

  /** With what is returned on request, if that is what the place needs. */
  private JsonNode read(Place place) {
    var query = place.is("returned", "request") ? "?attributes=" + place.path() : "";
    return scim.get(path + query).is(200).json();
  }

  private Answer patch(String operation) {
    return scim.sendAsIs(
        "PATCH",
        path,
        "{\"schemas\":[\"%s\"],\"Operations\":[%s]}".formatted(Scim.PATCH_OP, operation));
  }

  private static boolean isRefused(Answer answer, Place place, String scimType) {
    return answer.status() == 400
        && answer.at("/detail").contains(place.name())
        && (scimType.isEmpty() || answer.at("/scimType").equals(scimType));
  }

  private void expect(boolean holds, String what, Answer answer) {
    if (!holds) {
      problems.add(what + " -> " + answer.status() + " " + answer.text());
    }
  }
}
