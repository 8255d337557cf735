package dev.patchbay.emulator.xelion;

import dev.patchbay.emulator.Place;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * How an emulated Xelion is to be; {@link #defaults} and then what differs.
 *
 * @param tenant its part of every path
 * @param userName of the administrator's account that may do everything
 * @param password of that account
 * @param tokenLife of a session that is not renewed
 * @param atOnce requests one session may have under way; more get 429 with 10400
 * @param roles the words that {@code xccRole} may be
 */
public record XelionEmulatorOptions(
    Place place,
    String tenant,
    String userName,
    String password,
    Duration tokenLife,
    int atOnce,
    Set<String> roles,
    Undocumented undocumented,
    Clock clock) {
  public XelionEmulatorOptions {
    roles = Set.copyOf(roles);
    if (password.isBlank() || atOnce < 1 || tokenLife.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "a password, 1 request at once and 1 s of life are the least there must be");
    }
  }

  /** In memory on a free port of loopback, with room for many requests at once. */
  public static XelionEmulatorOptions defaults(String password) {
    return new XelionEmulatorOptions(
        Place.inMemory(),
        "master",
        "bridge",
        password,
        Duration.ofMinutes(30),
        100,
        Set.of("user", "manager", "administrator"),
        Undocumented.usual(),
        Clock.systemUTC());
  }

  public XelionEmulatorOptions withPort(int port) {
    return at(place.withPort(port));
  }

  public XelionEmulatorOptions withData(Path directory) {
    return at(place.withData(directory));
  }

  public XelionEmulatorOptions at(Place changed) {
    return new XelionEmulatorOptions(
        changed, tenant, userName, password, tokenLife, atOnce, roles, undocumented, clock);
  }

  public XelionEmulatorOptions withTokenLife(Duration life) {
    return new XelionEmulatorOptions(
        place, tenant, userName, password, life, atOnce, roles, undocumented, clock);
  }

  public XelionEmulatorOptions withAtOnce(int requests) {
    return new XelionEmulatorOptions(
        place, tenant, userName, password, tokenLife, requests, roles, undocumented, clock);
  }

  public XelionEmulatorOptions withRoles(Set<String> words) {
    return new XelionEmulatorOptions(
        place, tenant, userName, password, tokenLife, atOnce, words, undocumented, clock);
  }

  public XelionEmulatorOptions with(Undocumented changed) {
    return new XelionEmulatorOptions(
        place, tenant, userName, password, tokenLife, atOnce, roles, changed, clock);
  }

  public XelionEmulatorOptions withClock(Clock changed) {
    return new XelionEmulatorOptions(
        place, tenant, userName, password, tokenLife, atOnce, roles, undocumented, changed);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "XelionEmulatorOptions[" + place + ", " + tenant + ", " + undocumented + "]";
  }
}
