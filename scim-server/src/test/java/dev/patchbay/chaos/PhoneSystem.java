package dev.patchbay.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The phone systems that a run may be about: what each is told, and what of a person it holds. */
enum PhoneSystem {
  PORTSIP,
  IPCORTEX,
  XELION,
  /** Can only make users. */
  CRMCOM;

  static PhoneSystem named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** As configuration and commands call it. */
  String dialect() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How the bridge reaches it: lines of the section {@code pbx}, one a line. */
  List<String> access(int port) {
    var url = "http://127.0.0.1:" + port;
    return switch (this) {
      case PORTSIP -> List.of("base-url: \"" + url + "\"", "token: \"file:pbx-token\"");
      case IPCORTEX ->
          List.of(
              "base-url: \"" + url + "\"",
              "username: bridge",
              "password: \"file:pbx-token\"",
              "disabled-role: suspended");
      case XELION ->
          List.of("base-url: \"" + url + "\"", "username: bridge", "password: \"file:pbx-token\"");
      case CRMCOM ->
          List.of(
              "base-url: \"" + url + "/crm\"",
              "api-key: \"file:pbx-token\"",
              "templates: { default: { name: Back office }, agent: { name: Agent, cti: true } }");
    };
  }

  /** Lines of the section {@code mapping}. */
  List<String> mapping() {
    var fallback = "email-fallback: \"{pbxUserName}@example.invalid\"";
    var pool = "extensions: { pools: { default: { ranges: [\"10000-99999\"], quarantine: 0s } } }";
    return switch (this) {
      case PORTSIP -> List.of(fallback, pool);
      case IPCORTEX -> List.of("roles: { StandardUser: user, QueueManager: manager }", pool);
      case XELION -> List.of("roles: { StandardUser: user, QueueManager: manager }", fallback);
      case CRMCOM -> List.of("roles: { StandardUser: default, QueueManager: agent }", pool);
    };
  }

  /** Lines of that section for a tenant's own, where groups give, too. */
  List<String> own() {
    return Stream.of(
            mapping(),
            gifts().contains(Team.Gift.ROLE) ? List.of("role-source: groups") : List.<String>of(),
            gifts().contains(Team.Gift.TEMPLATE)
                ? List.of("templates: { recorded: { settings: { recordAudio: true } } }")
                : List.<String>of())
        .flatMap(List::stream)
        .toList();
  }

  /** What groups of a tenant whose own it is can give. */
  Set<Team.Gift> gifts() {
    return switch (this) {
      case PORTSIP -> EnumSet.allOf(Team.Gift.class);
      case IPCORTEX, XELION -> EnumSet.of(Team.Gift.NOTHING, Team.Gift.ROLE);
      case CRMCOM -> EnumSet.of(Team.Gift.NOTHING);
    };
  }

  /** The least of rights first. */
  List<String> roles() {
    return this == PORTSIP
        ? List.of("StandardUser", "StandardInternationalUser", "QueueManager")
        : List.of("StandardUser", "QueueManager");
  }

  /** What senders change of a person. */
  List<Trait> traits() {
    return Stream.of(Trait.values())
        .filter(it -> this == PORTSIP || it != Trait.MICROSOFT)
        .toList();
  }

  /** Whether senders only make users, and ask until they are made. */
  boolean onlyCreates() {
    return this == CRMCOM;
  }

  /** Whether senders make roles there. */
  boolean hasOwnRoles() {
    return this == PORTSIP;
  }

  /** Whether its groups are the directory's; else the directory keeps them to itself. */
  boolean hasGroups() {
    return this == PORTSIP || this == XELION;
  }

  /** By what its groups know a user: a member of the extension schema. */
  String memberKey() {
    return this == XELION ? "pbxUserName" : "extensionNumber";
  }

  /** What it holds of a trait, if it is to be compared: empty where it has no place for it. */
  Optional<String> expected(Trait trait, JsonNode user) {
    return held().contains(trait) ? Optional.of(inItsWords(trait, user)) : Optional.empty();
  }

  private Set<Trait> held() {
    return switch (this) {
      case PORTSIP ->
          Stream.of(Trait.values())
              .filter(Trait::isOnPbx)
              .collect(Collectors.toCollection(() -> EnumSet.noneOf(Trait.class)));
      case IPCORTEX -> EnumSet.of(Trait.DISPLAY_NAME, Trait.ROLE, Trait.ACTIVE);
      case XELION -> EnumSet.of(Trait.DISPLAY_NAME, Trait.MOBILE, Trait.ROLE, Trait.ACTIVE);
      case CRMCOM -> EnumSet.of(Trait.ROLE);
    };
  }

  /** IPCortex has no switch for users: one that is off has the role of those. */
  private String inItsWords(Trait trait, JsonNode user) {
    boolean off = this == IPCORTEX && Trait.ACTIVE.inScim(user).equals("false");
    if (trait != Trait.ROLE) {
      return trait.inScim(user);
    }
    var role = trait.inScim(user); // one that it has not is that of everybody
    return off ? "" : roles().contains(role) ? role : roles().getFirst();
  }

  /**
   * The number it should show: of CRM.COM's users only those of a template with phones have one.
   */
  String number(JsonNode user) {
    boolean none =
        this == XELION || (this == CRMCOM && !Trait.ROLE.inScim(user).equals("QueueManager"));
    return none ? "" : user.at("/" + Trait.PBX + "/extensionNumber").asText();
  }

  /** Paths of its calls that faults are about. */
  List<String> paths() {
    return switch (this) {
      case PORTSIP ->
          List.of(
              ".*",
              "/api/users",
              "/api/users/.*",
              "/api/users/.*/password",
              "/api/users/.*/ms365_binding.*",
              "/api/groups/.*",
              "/api/groups/.*/members/.*",
              "/api/roles.*");
      case IPCORTEX ->
          List.of(
              ".*",
              "/rest/ops/create/",
              "/rest/ops/update/",
              "/rest/ops/delete/",
              "/rest/ops/setpass/",
              "/rest/ops/read/",
              "/rest/auth/.*");
      case XELION ->
          List.of(
              ".*",
              ".*/users",
              ".*/users/.*",
              ".*/addressables",
              ".*/addressables/.*",
              ".*/usergroups/.*",
              ".*/me/.*");
      case CRMCOM -> List.of(".*", ".*/users/create", ".*/users/create", ".*/authentication/.*");
    };
  }
}
