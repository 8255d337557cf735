package dev.patchbay.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.mapping.RoleSettings.UnknownRole;
import dev.patchbay.schema.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the one role a PBX user has of the many a SCIM user may have. */
public record RoleMapping(RoleSettings settings) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A role value as sent and the PBX role it means. */
  private record Sent(String value, Optional<String> role, boolean primary) {}

  public static RoleMapping of(RoleSettings settings) {
    return new RoleMapping(settings);
  }

  /**
   * The PBX role a user asks for: the primary one of several, else the one with the most rights;
   * and of those that groups give the one with the most rights. Never refuses, so that what is
   * stored can always be worked on; a role that must not be given is none.
   *
   * @param known the PBX roles to recognise
   */
  public RoleChoice choose(ObjectNode user, KnownRoles known) {
    List<Sent> own = sent(user, known);
    List<Sent> granted = granted(user, known);
    Optional<Sent> chosen =
        switch (settings.source()) {
          case USER -> chosen(own).or(() -> chosen(granted));
          case GROUPS -> chosen(granted).or(() -> chosen(own));
        };
    List<String> unknown =
        Stream.concat(own.stream(), granted.stream())
            .filter(value -> value.role().isEmpty())
            .map(Sent::value)
            .toList();
    return new RoleChoice(chosen.flatMap(Sent::role), unknown);
  }

  private Optional<Sent> chosen(List<Sent> sent) {
    List<Sent> given =
        sent.stream()
            .filter(value -> value.role().filter(role -> !settings.denied(role)).isPresent())
            .toList();
    return given.stream().filter(Sent::primary).findFirst().or(() -> highest(given));
  }

  /** Whether a value means a PBX role that may be given; refused where it must not be. */
  public boolean means(String value, KnownRoles known) {
    var role = pbxRole(value, known);
    role.ifPresent(this::checkAllowed);
    return role.isPresent();
  }

  /** The PBX role the user is to have: the one asked for, else the default. */
  public String role(ObjectNode user, KnownRoles known) {
    return choose(user, known).role().orElse(settings.defaultRole());
  }

  /**
   * Refuses a wish that adds a role which must not be given, or an unknown one where the settings
   * reject those. What {@code base} already has passes: a person who may no longer be an
   * administrator must still be deactivated.
   *
   * @param base the user as it is; empty at create
   */
  public void check(Optional<ObjectNode> base, ObjectNode wish, KnownRoles known) {
    Set<String> before =
        base.stream()
            .flatMap(user -> sent(user, known).stream())
            .map(Sent::value)
            .collect(Collectors.toSet());
    sent(wish, known).stream().filter(sent -> !before.contains(sent.value())).forEach(this::check);
    var had = base.map(user -> Grants.of(user, Granted.ROLE)).orElse(List.of());
    granted(wish, known).stream()
        .filter(granted -> !had.contains(granted.value()))
        .forEach(this::checkGranted);
  }

  /** Nobody sent it, so nobody compares it: one that means nothing must not look given. */
  private void checkGranted(Sent granted) {
    if (granted.role().isEmpty()) {
      throw meaningless(granted);
    }
    checkAllowed(granted.role().get());
  }

  /** Whether going from one PBX role to the other takes rights away. */
  public boolean lowers(String from, String to) {
    return rank(to) < rank(from);
  }

  /**
   * Whether {@code wish} means a PBX role with fewer rights than {@code base}; never refuses. The
   * settings' own roles count as known.
   */
  boolean lowers(ObjectNode base, ObjectNode wish, KnownRoles known) {
    var all = settings.known().and(known);
    return lowers(role(base, all), role(wish, all));
  }

  private Optional<Sent> highest(List<Sent> given) {
    // Of equals Stream.max keeps the first: the one sent first.
    return given.stream()
        .max(Comparator.comparingInt(value -> value.role().map(this::rank).orElseThrow()));
  }

  /**
   * A role outside the precedence ranks just above the default one: it was given on purpose, and
   * losing it for the default role takes something away.
   */
  private int rank(String role) {
    int listed = settings.precedence().indexOf(role);
    if (listed >= 0 || role.equals(settings.defaultRole())) {
      return 2 * listed;
    }
    return 2 * settings.precedence().indexOf(settings.defaultRole()) + 1;
  }

  private List<Sent> sent(ObjectNode user, KnownRoles known) {
    var sent = new ArrayList<Sent>();
    for (JsonNode element : new ScimUser(user).elements("roles")) {
      ScimUser.text(element.path("value"))
          .ifPresent(
              value -> {
                Optional<String> role = pbxRole(inner(value), known);
                sent.add(new Sent(value, role, ScimUser.primary(element)));
              });
    }
    return sent;
  }

  /** What groups give; none of them is primary. */
  private List<Sent> granted(ObjectNode user, KnownRoles known) {
    return Grants.of(user, Granted.ROLE).stream()
        .map(value -> new Sent(value, pbxRole(value, known), false))
        .toList();
  }

  private Optional<String> pbxRole(String value, KnownRoles known) {
    return settings
        .role(value)
        .or(() -> known.name(value))
        .or(() -> Optional.of(value).filter(settings::denied));
  }

  /** Entra's AppRoleAssignmentsComplex sends JSON text with {@code id, value, displayName}. */
  private static String inner(String value) {
    if (!value.startsWith("{")) {
      return value;
    }
    try {
      return ScimUser.text(JSON.readTree(value).path("value")).orElse(value);
    } catch (JsonProcessingException e) {
      return value;
    }
  }

  private void check(Sent sent) {
    sent.role().ifPresent(this::checkAllowed);
    if (sent.role().isEmpty() && settings.unknown() == UnknownRole.REJECT) {
      throw meaningless(sent);
    }
  }

  private void checkAllowed(String role) {
    if (settings.denied(role)) {
      throw new Refusal(Refusal.Kind.FORBIDDEN, "role '" + role + "' must not be given by scim");
    }
  }

  private static Refusal meaningless(Sent sent) {
    return new Refusal(
        Refusal.Kind.INVALID_VALUE,
        "roles: " + Refusal.quoted(sent.value()) + " means no role of the pbx");
  }
}
