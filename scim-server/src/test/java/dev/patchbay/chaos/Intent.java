package dev.patchbay.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a sender wants, and what it may expect afterwards, by the answer it got. */
sealed interface Intent {
  Request request();

  /** Those it is about. */
  List<Person> people();

  /** 2xx. */
  void done(JsonNode answer);

  /** 503 or 429: nothing of it is done later but what takes away. */
  void refused();

  /** No answer: it is done, or it is not. */
  void unclear();

  /** Whether a person would stay on the phone if this were never sent again. */
  boolean takesAway();

  record Create(Person person, Map<Trait, String> values) implements Intent {
    @Override
    public Request request() {
      return new Request("POST", "/Users", person.body(values));
    }

    @Override
    public List<Person> people() {
      return List.of(person);
    }

    @Override
    public void done(JsonNode answer) {
      person.is(answer.path("id").asText());
    }

    @Override
    public void refused() {
      // as before
    }

    @Override
    public void unclear() {
      person.there.mayBe(true);
    }

    @Override
    public boolean takesAway() {
      return false;
    }
  }

  /** Some of a person's values by PATCH, or all of them by PUT. */
  record Change(Person person, Map<Trait, String> values) implements Intent {
    @Override
    public Request request() {
      var path = "/Users/" + person.id().orElseThrow();
      return values.keySet().equals(Trait.OF_PUT)
          ? new Request("PUT", path, person.body(values))
          : Request.patch(
              path,
              values.entrySet().stream()
                  .map(it -> it.getKey().operation(it.getValue()))
                  .collect(Collectors.joining(",")));
    }

    @Override
    public List<Person> people() {
      return List.of(person);
    }

    @Override
    public void done(JsonNode answer) {
      person.there.is(true);
      values.forEach((trait, value) -> person.traits.get(trait).is(value));
    }

    @Override
    public void refused() {
      values.forEach(this::refused);
    }

    /**
     * A password that was sent cannot be taken back: nobody knows the one before. A role of one's
     * own takes nothing away while a group gives one.
     */
    private void refused(Trait trait, String value) {
      var now = person.traits.get(trait);
      if (trait == Trait.PASSWORD || (trait == Trait.ROLE && person.mayBeGivenARole())) {
        now.mayBe(value);
      } else {
        now.becomes(old -> trait.takesAway(old, value) ? value : old);
      }
    }

    @Override
    public void unclear() {
      values.forEach((trait, value) -> person.traits.get(trait).mayBe(value));
    }

    @Override
    public boolean takesAway() {
      return "false".equals(values.get(Trait.ACTIVE)) || "".equals(values.get(Trait.MICROSOFT));
    }
  }

  record Delete(Person person) implements Intent {
    @Override
    public Request request() {
      return Request.delete("/Users/" + person.id().orElseThrow());
    }

    @Override
    public List<Person> people() {
      return List.of(person);
    }

    @Override
    public void done(JsonNode answer) {
      person.goes();
    }

    @Override
    public void refused() {
      person.goes();
    }

    @Override
    public void unclear() {
      person.there.mayBe(false);
      person.teams.values().forEach(it -> it.mayBe(false));
    }

    @Override
    public boolean takesAway() {
      return true;
    }
  }

  record Join(Team team, List<Person> people) implements Intent {
    @Override
    public Request request() {
      var values =
          people.stream()
              .map(it -> "{\"value\":\"" + it.id().orElseThrow() + "\"}")
              .collect(Collectors.joining(","));
      return Request.patch(
          "/Groups/" + team.id(),
          "{\"op\":\"add\",\"path\":\"members\",\"value\":[" + values + "]}");
    }

    @Override
    public void done(JsonNode answer) {
      people.forEach(it -> it.in(team).is(true));
    }

    @Override
    public void refused() {
      // as before
    }

    @Override
    public void unclear() {
      people.forEach(it -> it.in(team).mayBe(true));
    }

    @Override
    public boolean takesAway() {
      return false;
    }
  }

  record Leave(Team team, List<Person> people) implements Intent {
    @Override
    public Request request() {
      var operations =
          people.stream()
              .map(it -> "members[value eq \\\"" + it.id().orElseThrow() + "\\\"]")
              .map(path -> "{\"op\":\"remove\",\"path\":\"" + path + "\"}")
              .collect(Collectors.joining(","));
      return Request.patch("/Groups/" + team.id(), operations);
    }

    @Override
    public void done(JsonNode answer) {
      people.forEach(it -> it.in(team).is(false));
    }

    @Override
    public void refused() {
      people.forEach(it -> it.in(team).is(false));
    }

    @Override
    public void unclear() {
      people.forEach(it -> it.in(team).mayBe(false));
    }

    @Override
    public boolean takesAway() {
      return true;
    }
  }

  /** A role of one sender's own is made, described otherwise, or deleted. */
  record Describe(Desk desk, Optional<String> description) implements Intent {
    @Override
    public Request request() {
      return desk.request(description);
    }

    @Override
    public List<Person> people() {
      return List.of();
    }

    @Override
    public void done(JsonNode answer) {
      desk.is(description, answer.path("id").asText());
    }

    @Override
    public void refused() {
      unclear(); // the directory has what the PBX has of roles, whoever wanted it
    }

    @Override
    public void unclear() {
      desk.mayBe(description);
    }

    @Override
    public boolean takesAway() {
      return false;
    }
  }
}
