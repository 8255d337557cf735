package dev.patchbay.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The directory, the PBX and what was acknowledged, side by side. */
final class Comparison {
  private static final String PBX = "urn:ietf:params:scim:schemas:extension:pbx:2.0:User";

  private final List<Person> people;
  private final List<Team> teams;
  private final List<JsonNode> users;
  private final PhoneSystem system;
  private final Kept kept;
  private final Map<String, Set<String>> members = new HashMap<>();
  private final List<String> differences = new ArrayList<>();

  private Comparison(
      List<Person> people, List<Team> teams, PhoneSystem system, Kept kept, Http scim)
      throws InterruptedException {
    this.people = people;
    this.teams = teams;
    this.system = system;
    this.kept = kept;
    this.users = scim.all("Resources", from -> "/Users?count=200&startIndex=" + (from + 1));
    for (JsonNode group : scim.get("/Groups?count=1000").path("Resources")) {
      members.put(group.path("displayName").asText(), texts(group.path("members"), "value"));
    }
  }

  /** Every difference with what was asked and answered about it; empty if there is none. */
  static List<String> of(
      List<Person> people, List<Team> teams, PhoneSystem system, Kept kept, Http scim)
      throws InterruptedException {
    var comparison = new Comparison(people, teams, system, kept, scim);
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
    var left = new ArrayList<>(kept.users());
    users.forEach(user -> user(user, left));
    left.forEach(it -> differences.add("on the PBX only: " + it + who(it)));
    differences.addAll(kept.strays());
    if (system.hasGroups()) {
      var names = new TreeSet<>(members.keySet());
      names.addAll(kept.members().keySet());
      names.forEach(this::team);
    }
  }

  private String who(JsonNode pbxUser) {
    var email = pbxUser.path("email").asText();
    return people.stream()
        .filter(it -> it.userName.equals(email))
        .map(Comparison::told)
        .findFirst()
        .orElse("");
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
    var secrets = kept.hidden().get(user.at("/" + PBX + "/pbxUserName").asText());
    boolean said = user.at("/" + PBX + "/provisioning/lastError").asText().contains("sent again");
    if (secrets != null
        && !said
        && !person.traits.get(Trait.PASSWORD).allowsAny(secrets::opensWith)) {
      differences.add("another password on the PBX: " + user + told(person));
    }
    var state = user.at("/" + PBX + "/provisioning/state").asText();
    if (!state.equals("synced") && !(isLost(user) && person.mayBeLost())) {
      differences.add("it is " + state + ": " + user + told(person));
    }
  }

  /** The directory's user and the PBX's: one and the same. */
  private void user(JsonNode user, List<JsonNode> left) {
    var name = user.at("/" + PBX + "/pbxUserName").asText();
    var own = left.stream().filter(it -> it.path("name").asText().equals(name)).toList();
    left.removeAll(own);
    if (own.isEmpty() && isLost(user)) {
      return;
    }
    if (own.size() != 1) {
      differences.add("the PBX has " + own.size() + " of: " + user + of(user));
      return;
    }
    if (!own.getFirst().path("extension_number").asText().equals(system.number(user))) {
      differences.add("another number on the PBX: " + own + " for " + user + of(user));
    }
    var bound = Trait.MICROSOFT.inScim(user);
    if (!kept.hidden().getOrDefault(name, new Hidden("", "")).microsoft().equals(bound)) {
      differences.add("bound to " + kept.hidden().get(name) + " on the PBX: " + user + of(user));
    }
    for (Trait trait : Trait.values()) {
      var found = trait.isOnPbx() ? trait.onPbx(own.getFirst()) : "";
      system
          .expected(trait, user)
          .filter(expected -> !found.equals(expected))
          .ifPresent(
              expected ->
                  differences.add(
                      "the PBX's %s is %s, the directory's %s:%s"
                          .formatted(trait, found, expected, of(user))));
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

  private void team(String name) {
    var wanted = new TreeSet<String>();
    for (JsonNode user : users) {
      if (members.getOrDefault(name, Set.of()).contains(user.path("id").asText())
          && !isLost(user)) {
        wanted.add(key(user));
      }
    }
    var found = kept.members().getOrDefault(name, Set.of());
    if (!members.containsKey(name) || !kept.members().containsKey(name) || !found.equals(wanted)) {
      differences.add(
          "members of %s: directory %s, PBX %s%s"
              .formatted(name, wanted, found, differing(wanted, found)));
    }
  }

  /** Whether the directory says that the PBX lost it. */
  private static boolean isLost(JsonNode user) {
    return user.at("/" + PBX + "/provisioning/state").asText().equals("orphaned");
  }

  private String key(JsonNode user) {
    return user.at("/" + PBX + "/" + system.memberKey()).asText();
  }

  private String differing(Set<String> wanted, Set<String> found) {
    var text = new StringBuilder();
    for (JsonNode user : users) {
      if (wanted.contains(key(user)) != found.contains(key(user))) {
        text.append(of(user));
      }
    }
    return text.toString();
  }
}
