package dev.patchbay.chaos;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What an identity provider may expect of one user after all the answers it got. Used by one sender
 * at a time.
 */
final class Person {
  final String userName;
  final Possible<Boolean> there = Possible.of(false);
  final Map<Trait, Possible<String>> traits = new EnumMap<>(Trait.class);
  final Map<Team, Possible<Boolean>> teams = new HashMap<>();
  final History history = new History();

  private final PhoneSystem system;
  private String microsoftId;
  private Optional<String> id = Optional.empty();
  private boolean mayBeLost;

  Person(String userName, PhoneSystem system, Random random) {
    this.userName = userName;
    this.system = system;
    this.microsoftId = new UUID(random.nextLong(), random.nextLong()).toString();
    for (Trait trait : Trait.values()) {
      traits.put(trait, Possible.of(any(trait, random)));
    }
    // Most people begin by working.
    boolean works = random.nextInt(8) > 0 || system.onlyCreates();
    traits.get(Trait.ACTIVE).is(Boolean.toString(works));
  }

  /** Another value, drawn by lot. */
  String any(Trait trait, Random random) {
    if (!system.traits().contains(trait)) {
      return "";
    }
    var drawn = trait.any(system, random);
    return drawn.equals(Trait.BOUND) ? microsoftId : drawn;
  }

  Optional<String> id() {
    return id;
  }

  /** The Microsoft 365 id that nobody else is given. */
  String microsoftId() {
    return microsoftId;
  }

  boolean isSurelyBound() {
    return there.isSurely(true) && traits.get(Trait.MICROSOFT).isSurely(microsoftId);
  }

  /** From now on each has what was the other's. */
  void exchangeIds(Person other) {
    var own = microsoftId;
    microsoftId = other.microsoftId;
    other.microsoftId = own;
  }

  void is(String known) {
    id = Optional.of(known);
    there.is(true);
  }

  Possible<Boolean> in(Team team) {
    return teams.computeIfAbsent(team, it -> Possible.of(false));
  }

  boolean mayBeGivenARole() {
    return teams.entrySet().stream()
        .anyMatch(it -> it.getKey().gives() == Team.Gift.ROLE && it.getValue().allows(true));
  }

  /** The user is gone for good, and from all its teams. */
  void goes() {
    there.is(false);
    teams.values().forEach(it -> it.is(false));
  }

  /** Whether the PBX may have lost it, which the directory then says. */
  boolean mayBeLost() {
    return mayBeLost;
  }

  /** An operator took back what was not done yet of what was wanted of it. */
  void isTakenBack() {
    // A deletion that was sent and then taken back may have been done.
    mayBeLost |= there.allows(false);
    there.mayBeTakenBack();
    traits.values().forEach(Possible::mayBeTakenBack);
    // Who was new stays without what the PBX did not take yet, and a binding comes last.
    traits.get(Trait.MICROSOFT).mayBe("");
    teams.values().forEach(Possible::mayBeTakenBack);
  }

  /** The resource as it is sent, with the values given where it has several. */
  String body(Map<Trait, String> values) {
    return """
    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","%s"],
     "userName":"%s","externalId":"x-%2$s","name":{"givenName":"Pat","familyName":"Doe"},"displayName":"%s","title":"%s","active":%s,
     "emails":[{"type":"work","primary":true,"value":"%2$s"}],
     "phoneNumbers":[{"type":"mobile","value":"%s"}],"roles":[{"value":"%s"}],
     "%1$s":{"department":"%s"}%s}
    """
        .formatted(
            Trait.ENTERPRISE,
            userName,
            values.get(Trait.DISPLAY_NAME),
            values.get(Trait.TITLE),
            values.get(Trait.ACTIVE),
            values.get(Trait.MOBILE),
            values.get(Trait.ROLE),
            values.get(Trait.DEPARTMENT),
            more(values))
        .replace("\n", "");
  }

  /** What only a create says. */
  private static String more(Map<Trait, String> values) {
    var password = values.getOrDefault(Trait.PASSWORD, "");
    var microsoft = values.getOrDefault(Trait.MICROSOFT, "");
    return (password.isEmpty() ? "" : ",\"password\":\"" + password + "\"")
        + (microsoft.isEmpty()
            ? ""
            : ",\"" + Trait.PBX + "\":{\"ms365\":{\"id\":\"" + microsoft + "\"}}");
  }

  @Override
  public String toString() {
    return userName
        + id.map(it -> " " + it).orElse("")
        + " there="
        + there
        + traits.entrySet().stream()
            .map(it -> " " + it.getKey() + "=" + it.getValue())
            .collect(Collectors.joining())
        + " teams="
        + teams;
  }
}
