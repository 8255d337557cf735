package dev.patchbay.emulator.portsip;

import dev.patchbay.emulator.Place;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How an emulated PortSIP is to be; {@link #defaults} and then what differs.
 *
 * @param ms365 whether the tenant's Microsoft 365 integration is on
 * @param level the version; from v22.3 on roles have an id for a key
 */
public record PortSipEmulatorOptions(
    Place place,
    EmulatedAccess access,
    EmulatedLimits limits,
    Undocumented undocumented,
    boolean ms365,
    Level level,
    Clock clock) {

  /**
   * In memory on a free port of loopback, a random token, the vendor's password policy, no limits.
   */
  public static PortSipEmulatorOptions defaults(Clock clock) {
    return new PortSipEmulatorOptions(
        Place.inMemory(),
        EmulatedAccess.with(randomToken()),
        EmulatedLimits.none(),
        Undocumented.usual(),
        true,
        Level.V22_2,
        clock);
  }

  /** {@link #defaults(Clock)} by the system's clock. */
  public static PortSipEmulatorOptions defaults() {
    return defaults(Clock.systemUTC());
  }

  private static String randomToken() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  public PortSipEmulatorOptions at(Place changed) {
    return new PortSipEmulatorOptions(changed, access, limits, undocumented, ms365, level, clock);
  }

  public PortSipEmulatorOptions withPort(int port) {
    return at(place.withPort(port));
  }

  public PortSipEmulatorOptions withData(Path directory) {
    return at(place.withData(directory));
  }

  public PortSipEmulatorOptions withMs365(boolean on) {
    return new PortSipEmulatorOptions(place, access, limits, undocumented, on, level, clock);
  }

  /** Before v22.2 there is no {@code /auth}. */
  public PortSipEmulatorOptions withLevel(Level changed) {
    var styles = EnumSet.copyOf(access.styles());
    if (!changed.atLeast(Level.V22_2)) {
      styles.remove(AuthStyle.SIGNIN);
    }
    return new PortSipEmulatorOptions(
        place,
        new EmulatedAccess(
            access.token(),
            access.username(),
            access.password(),
            access.domain(),
            styles,
            access.tokenLife(),
            access.twoFactor()),
        limits,
        undocumented,
        ms365,
        changed,
        clock);
  }

  boolean rolesById() {
    return level.atLeast(Level.V22_3);
  }

  /** The users of this version. */
  FieldSet users() {
    return UserFields.of(level, undocumented);
  }

  /** The static token, which is the service account's password too. */
  public PortSipEmulatorOptions withToken(String token) {
    return with(
        new EmulatedAccess(
            token,
            access.username(),
            token,
            access.domain(),
            access.styles(),
            access.tokenLife(),
            access.twoFactor()));
  }

  /** The service account that may sign in. */
  public PortSipEmulatorOptions withAccount(String username, String password, String domain) {
    return with(
        new EmulatedAccess(
            access.token(),
            username,
            password,
            domain,
            access.styles(),
            access.tokenLife(),
            access.twoFactor()));
  }

  public PortSipEmulatorOptions withAuthStyles(AuthStyle first, AuthStyle... more) {
    return with(access(EnumSet.of(first, more), access.tokenLife(), access.twoFactor()));
  }

  public PortSipEmulatorOptions withTokenLife(Duration life) {
    return with(access(access.styles(), life, access.twoFactor()));
  }

  public PortSipEmulatorOptions withTwoFactor(boolean on) {
    return with(access(access.styles(), access.tokenLife(), on));
  }

  private EmulatedAccess access(Set<AuthStyle> styles, Duration life, boolean twoFactor) {
    return new EmulatedAccess(
        access.token(),
        access.username(),
        access.password(),
        access.domain(),
        styles,
        life,
        twoFactor);
  }

  public PortSipEmulatorOptions withMaxExtensions(int most) {
    return with(
        new EmulatedLimits(
            OptionalInt.of(most),
            limits.requestsPerMinute(),
            limits.passwordPolicy(),
            limits.reservedExtensions()));
  }

  /** At most so many requests a minute; beyond it 429. */
  public PortSipEmulatorOptions withRateLimit(int requestsPerMinute) {
    return with(
        new EmulatedLimits(
            limits.maxExtensions(),
            OptionalInt.of(requestsPerMinute),
            limits.passwordPolicy(),
            limits.reservedExtensions()));
  }

  public PortSipEmulatorOptions withPasswordPolicy(PasswordPolicy policy) {
    return with(
        new EmulatedLimits(
            limits.maxExtensions(),
            limits.requestsPerMinute(),
            policy,
            limits.reservedExtensions()));
  }

  public PortSipEmulatorOptions withUpdateMode(UpdateMode mode) {
    return with(undocumented.with(mode));
  }

  public PortSipEmulatorOptions withDuplicateStatus(int status) {
    return with(undocumented.withDuplicateStatus(status));
  }

  public PortSipEmulatorOptions withMemberAddTwice(Undocumented.MemberAddTwice answer) {
    return with(undocumented.with(answer));
  }

  /** By what a role is named in a create and a change of role. */
  public PortSipEmulatorOptions withRolesGivenBy(Undocumented.RoleGivenBy key) {
    return with(undocumented.with(key));
  }

  public PortSipEmulatorOptions withOtherwise(Set<Otherwise> different) {
    return with(undocumented.with(different));
  }

  private PortSipEmulatorOptions with(EmulatedAccess changed) {
    return new PortSipEmulatorOptions(place, changed, limits, undocumented, ms365, level, clock);
  }

  private PortSipEmulatorOptions with(EmulatedLimits changed) {
    return new PortSipEmulatorOptions(place, access, changed, undocumented, ms365, level, clock);
  }

  private PortSipEmulatorOptions with(Undocumented changed) {
    return new PortSipEmulatorOptions(place, access, limits, changed, ms365, level, clock);
  }
}
