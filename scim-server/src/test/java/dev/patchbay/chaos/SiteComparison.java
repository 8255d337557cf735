package dev.patchbay.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The directory and one phone system, side by side. */
final class SiteComparison {
  private final Site site;
  private final List<JsonNode> users;
  private final Function<JsonNode, String> told;
  private final List<String> differences = new ArrayList<>();

  private SiteComparison(Site site, List<JsonNode> users, Function<JsonNode, String> told) {
    this.site = site;
    this.users = users;
    this.told = told;
  }

  /**
   * Every difference.
   *
   * @param members of the directory's groups, by name
   * @param told what was asked and answered about a user
   */
  static List<String> of(
      Site site,
      List<JsonNode> users,
      List<Team> teams,
      Map<String, Set<String>> members,
      Function<JsonNode, String> told) {
    var comparison = new SiteComparison(site, users, told);
    comparison.users();
    if (site.system().hasGroups()) {
      var names = new TreeSet<>(site.kept().members().keySet());
      members.keySet().stream().filter(name -> !gives(teams, name)).forEach(names::add);
      names.forEach(name -> comparison.team(name, members.getOrDefault(name, Set.of())));
    }
    return comparison.differences;
  }

  private static boolean gives(List<Team> teams, String name) {
    return teams.stream().anyMatch(it -> it.name().equals(name) && it.gives() != Team.Gift.NOTHING);
  }

  private void differs(String what) {
    differences.add("[" + site.part() + "] " + what);
  }

  private void users() {
    var left = new ArrayList<>(site.kept().users());
    users.forEach(user -> user(user, left));
    left.forEach(it -> differs("on the PBX only: " + it));
    site.kept().strays().forEach(this::differs);
  }

  /** The directory's user and the PBX's: one and the same. */
  private void user(JsonNode user, List<JsonNode> left) {
    var name = user.at("/" + Trait.PBX + "/pbxUserName").asText();
    var own = left.stream().filter(it -> it.path("name").asText().equals(name)).toList();
    left.removeAll(own);
    boolean mayLack = !site.part().mustHave(user) || site.lost(user);
    if (own.isEmpty() && mayLack) {
      return;
    }
    if (own.size() != 1 || !site.part().mayHave(user)) {
      differs("the PBX has " + own.size() + " of: " + user + told.apply(user));
      return;
    }
    if (!own.getFirst().path("extension_number").asText().equals(site.system().number(user))) {
      differs("another number on the PBX: " + own + " for " + user + told.apply(user));
    }
    var hidden = site.hidden(user);
    if (site.system() == PhoneSystem.PORTSIP) {
      if (!hidden.microsoft().equals(Trait.MICROSOFT.inScim(user))) {
        differs("bound to " + hidden.microsoft() + " on the PBX: " + user + told.apply(user));
      }
      if (hidden.recorded() != site.part().gives(Team.Gift.TEMPLATE, user)) {
        differs("recorded=" + hidden.recorded() + " on the PBX: " + user + told.apply(user));
      }
    }
    for (Trait trait : Trait.values()) {
      var found = trait.isOnPbx() ? trait.onPbx(own.getFirst()) : "";
      site.expected(trait, user)
          .filter(expected -> !found.equals(expected))
          .ifPresent(
              expected ->
                  differs(
                      "the PBX's %s is %s, the directory's %s:%s"
                          .formatted(trait, found, expected, told.apply(user))));
    }
  }

  private void team(String name, Set<String> members) {
    var there = new TreeSet<String>();
    site.kept().users().forEach(it -> there.add(it.path("name").asText()));
    var wanted = new TreeSet<String>();
    for (JsonNode user : users) {
      if (members.contains(user.path("id").asText())
          && there.contains(user.at("/" + Trait.PBX + "/pbxUserName").asText())) {
        wanted.add(key(user));
      }
    }
    var found = site.kept().members().get(name);
    boolean lacking = found == null && site.part() == Site.Part.TARGET && wanted.isEmpty();
    if (!lacking && !wanted.equals(found)) {
      differs(
          "members of %s: directory %s, PBX %s%s"
              .formatted(name, wanted, found, differing(wanted, found == null ? Set.of() : found)));
    }
  }

  private String key(JsonNode user) {
    return user.at("/" + Trait.PBX + "/" + site.system().memberKey()).asText();
  }

  private String differing(Set<String> wanted, Set<String> found) {
    var text = new StringBuilder();
    for (JsonNode user : users) {
      if (wanted.contains(key(user)) != found.contains(key(user))) {
        text.append(told.apply(user));
      }
    }
    return text.toString();
  }
}
