package dev.patchbay.emulator.ipcortex;

import dev.patchbay.emulator.Place;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/** How an emulated IPCortex is to be; {@link #defaults} and then what differs. */
public record IpCortexEmulatorOptions(
    Place place, Account account, Undocumented undocumented, Clock clock) {

  /** In memory on a free port of loopback, with a random secret. */
  public static IpCortexEmulatorOptions defaults(Clock clock) {
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    return new IpCortexEmulatorOptions(
        Place.inMemory(),
        Account.with(HexFormat.of().formatHex(secret)),
        Undocumented.usual(),
        clock);
  }

  /** {@link #defaults(Clock)} by the system's clock. */
  public static IpCortexEmulatorOptions defaults() {
    return defaults(Clock.systemUTC());
  }

  public IpCortexEmulatorOptions with(Place changed) {
    return new IpCortexEmulatorOptions(changed, account, undocumented, clock);
  }

  public IpCortexEmulatorOptions with(Undocumented changed) {
    return new IpCortexEmulatorOptions(place, account, changed, clock);
  }

  private IpCortexEmulatorOptions with(Account changed) {
    return new IpCortexEmulatorOptions(place, changed, undocumented, clock);
  }

  /** The service account's password, and its key. */
  public IpCortexEmulatorOptions withSecret(String secret) {
    return with(
        new Account(
            account.username(),
            secret,
            secret,
            account.company(),
            account.right(),
            account.sessionLife()));
  }

  public IpCortexEmulatorOptions with(Account.Right right) {
    return with(
        new Account(
            account.username(),
            account.password(),
            account.key(),
            account.company(),
            right,
            account.sessionLife()));
  }

  public IpCortexEmulatorOptions withSessionLife(Duration life) {
    return with(
        new Account(
            account.username(),
            account.password(),
            account.key(),
            account.company(),
            account.right(),
            life));
  }
}
