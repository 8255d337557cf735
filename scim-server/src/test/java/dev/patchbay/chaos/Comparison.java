package dev.patchbay.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The directory, the phone systems and what was acknowledged, side by side. */
final class Comparison {
  private static final String PBX = "urn:ietf:params:scim:schemas:extension:pbx:2.0:User";

  private final List<Person> people;
  private final List<Team> teams;
  private final List<JsonNode> users;
  private final List<Site> sites;
  private final Map<String, Set<String>> members = new HashMap<>();
  private final List<String> differences = new ArrayList<>();

  private Comparison(List<Person> people, List<Team> teams, List<Site> sites, Http scim)
      throws InterruptedException {
    this.people = people;
    this.teams = teams;
    this.sites = sites;
    this.users = scim.all("Resources", from -> "/Users?count=200&startIndex=" + (from + 1));
    for (JsonNode group : scim.get("/Groups?count=1000").path("Resources")) {
      members.put(group.path("displayName").asText(), texts(group.path("members"), "value"));
    }
  }

  /** Every difference with what was asked and answered about it; empty if there is none. */
  static List<String> of(List<Person> people, List<Team> teams, List<Site> sites, Http scim)
      throws InterruptedException {
    var comparison = new Comparison(people, teams, sites, scim);
    comparison.compare();
    return comparison.differences;
  }

  static Set<String> texts(JsonNode items, String field) {
    var texts = new TreeSet<String>();
    items.forEach(it -> texts.add(it.path(field).asText()));
    if (texts.size() != items.size()) {
      throw new IllegalStateException("the same member twice: " + items);
    }
    return texts;
  }

  private void compare() {
    var byName = new HashMap<String, JsonNode>();
    for (JsonNode user : users) {
      if (byName.put(user.path("userName").asText(), user) != null) {
        differences.add("the directory has it twice: " + user);
      }
    }
    people.forEach(it -> person(it, byName.remove(it.userName)));
    byName.values().forEach(it -> differences.add("nobody asked for it: " + it));
    for (Site site : sites) {
      differences.addAll(SiteComparison.of(site, users, teams, members, this::of));
    }
  }

  private static String told(Person person) {
    return "\n  expected: " + person + "\n    " + String.join("\n    ", person.history.lines());
  }

  private void person(Person person, @org.jspecify.annotations.Nullable JsonNode user) {
    if (!person.there.allows(user != null)) {
      differences.add(
          (user == null ? "gone from the directory: " : "still in the directory: " + user)
              + told(person));
    }
    if (user == null) {
      return;
    }
    for (Trait trait : Trait.values()) {
      var found = trait.inScim(user);
      if (trait.isInScim() && !person.traits.get(trait).allows(found)) {
        differences.add("the directory's " + trait + " is " + found + ":" + told(person));
      }
    }
    for (Team team : teams) {
      boolean in = members.getOrDefault(team.name(), Set.of()).contains(user.path("id").asText());
      if (!person.in(team).allows(in)) {
        differences.add(
            "the directory has them " + (in ? "in " : "not in ") + team + ":" + told(person));
      }
    }
    var secrets = sites.getFirst().hidden(user);
    boolean said = user.at("/" + PBX + "/provisioning/lastError").asText().contains("sent again");
    if (!secrets.equals(Hidden.NOTHING)
        && !said
        && !person.traits.get(Trait.PASSWORD).allowsAny(secrets::opensWith)) {
      differences.add("another password on the PBX: " + user + told(person));
    }
    var state = user.at("/" + PBX + "/provisioning/state").asText();
    if (!state.equals("synced") && !(isLost(user) && person.mayBeLost())) {
      differences.add("it is " + state + ": " + user + told(person));
    }
  }

  private String of(JsonNode user) {
    var name = user.path("userName").asText();
    return people.stream()
        .filter(it -> it.userName.equals(name))
        .map(Comparison::told)
        .findFirst()
        .orElse("");
  }

  /** Whether the directory says that a PBX lost it. */
  private static boolean isLost(JsonNode user) {
    return user.at("/" + PBX + "/provisioning/state").asText().equals("orphaned");
  }
}
