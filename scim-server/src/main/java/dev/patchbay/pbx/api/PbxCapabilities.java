package dev.patchbay.pbx.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one phone system can do. What it cannot is refused before anything is stored, never answered
 * as done.
 *
 * @param calls those it offers; an adapter answers any other {@link
 *     PbxException.Reason#UNSUPPORTED}. Without {@link PbxCall.CreateGroup} it has no groups, and
 *     memberships are the bridge's own
 * @param updates what changes of an existing user: each is one {@link PbxCall.UpdateUser}, and no
 *     two have a field in common. A field in none of them, and without a call of its own, is fixed
 *     once the user exists
 * @param secrets those a user has
 * @param permissions what roles may allow; none: roles cannot be made or changed
 * @param services those whose members are changed by {@link PbxCall.ChangeMembers}
 */
public record PbxCapabilities(
    Set<Class<? extends PbxCall>> calls,
    PbxReading reading,
    PbxFields fields,
    List<PbxUpdate> updates,
    Set<PbxSecret> secrets,
    PbxPermissions permissions,
    PbxPace pace,
    Set<PbxService> services) {
  public PbxCapabilities {
    calls = Set.copyOf(calls);
    services = Set.copyOf(services);
    updates = List.copyOf(updates);
    secrets = Set.copyOf(secrets);
  }

  /** Of a phone system without services. */
  public PbxCapabilities(
      Set<Class<? extends PbxCall>> calls,
      PbxReading reading,
      PbxFields fields,
      List<PbxUpdate> updates,
      Set<PbxSecret> secrets,
      PbxPermissions permissions,
      PbxPace pace) {
    this(calls, reading, fields, updates, secrets, permissions, pace, Set.of());
  }

  /** Of a phone system that lacks nothing but the means to change a name or a number. */
  public static PbxCapabilities whole(PbxFields fields, PbxPermissions permissions, PbxPace pace) {
    var profile = EnumSet.allOf(PbxField.class);
    profile.removeAll(
        Set.of(PbxField.NAME, PbxField.EXTENSION, PbxField.ROLE, PbxField.MICROSOFT365));
    profile.removeAll(PbxField.PARTS);
    profile.retainAll(fields.held());
    return new PbxCapabilities(
        allCalls(),
        PbxReading.ALL,
        fields,
        List.of(new PbxUpdate(profile, Set.of(PbxSecret.VOICEMAIL_PIN))),
        Set.of(PbxSecret.values()),
        permissions,
        pace);
  }

  /** Every call there is. */
  public static Set<Class<? extends PbxCall>> allCalls() {
    return cases(PbxCall.class).collect(Collectors.toUnmodifiableSet());
  }

  @SuppressWarnings("unchecked") // the cases of a sealed interface are of its type
  private static Stream<Class<? extends PbxCall>> cases(Class<? extends PbxCall> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .map(type -> (Class<? extends PbxCall>) type)
        .flatMap(type -> type.isSealed() ? cases(type) : Stream.of(type));
  }

  public boolean offers(Class<? extends PbxCall> call) {
    return calls.contains(call);
  }

  /** Whether it has groups of its own. */
  public boolean groups() {
    return offers(PbxCall.CreateGroup.class);
  }

  /** Whether its groups have numbers that are shown to those whom their members call. */
  public boolean groupCallerIds() {
    return groups() && holds(PbxField.OUTBOUND_CALLER_IDS);
  }

  public boolean holds(PbxField field) {
    return fields.held().contains(field);
  }

  /** Whether an existing user's field can be set to something else. */
  public boolean changes(PbxField field) {
    return holds(field)
        && switch (field) {
          case ROLE -> offers(PbxCall.ChangeRole.class) || updates(field);
          case MICROSOFT365 -> offers(PbxCall.BindMicrosoft365.class);
          case PHONES -> offers(PbxCall.AssignPhone.class);
          case SPEED_DIALS -> offers(PbxCall.AddSpeedDial.class);
          case LINES -> offers(PbxCall.JoinLine.class);
          default -> updates(field);
        };
  }

  private boolean updates(PbxField field) {
    return offers(PbxCall.UpdateUser.class)
        && updates.stream().anyMatch(update -> update.fields().contains(field));
  }

  /** Whether an existing user can be given another secret of this kind. */
  public boolean changes(PbxSecret secret) {
    return updates.stream().anyMatch(update -> update.secrets().contains(secret))
        || switch (secret) {
          case PASSWORD -> offers(PbxCall.SetPassword.class);
          case EXTENSION_PASSWORD -> offers(PbxCall.SetExtensionPassword.class);
          case VOICEMAIL_PIN -> false;
        };
  }

  /** The fields that cannot change once the user exists. */
  public Set<PbxField> fixed() {
    return fields.held().stream()
        .filter(field -> !changes(field))
        .collect(Collectors.toUnmodifiableSet());
  }

  public Set<PbxField> unread() {
    return fields.unread();
  }

  public Map<PbxField, Integer> maxLength() {
    return fields.maxLength();
  }

  public Duration callLimit() {
    return pace.callLimit();
  }

  public Duration quietTime() {
    return pace.quietTime();
  }

  public int maxParallel() {
    return pace.maxParallel();
  }

  public PbxCapabilities withCallLimit(Duration limit) {
    return new PbxCapabilities(
        calls,
        reading,
        fields,
        updates,
        secrets,
        permissions,
        new PbxPace(limit, quietTime(), maxParallel()),
        services);
  }

  public PbxCapabilities withServices(Set<PbxService> offered) {
    return new PbxCapabilities(
        calls, reading, fields, updates, secrets, permissions, pace, offered);
  }
}
