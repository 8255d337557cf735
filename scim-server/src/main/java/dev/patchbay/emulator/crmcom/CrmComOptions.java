package dev.patchbay.emulator.crmcom;

import dev.patchbay.emulator.Place;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * How an emulated CRM.COM is.
 *
 * @param prefix what its paths begin with, such as {@code /crm}; the vendor's pages leave it out
 * @param access who may sign in
 * @param tokenLife how long a token is good for, used or not
 */
public record CrmComOptions(
    Place place,
    Clock clock,
    String prefix,
    Access access,
    Duration tokenLife,
    List<EmulatedTemplate> templates,
    Undocumented undocumented) {

  /** Who may sign in: a user of an organisation, and whoever has the Web API key. */
  public record Access(String username, String password, String organisation, String apiKey) {
    @Override
    public String toString() {
      return "Access[" + username + " of " + organisation + "]";
    }
  }

  public CrmComOptions {
    templates = List.copyOf(templates);
    if (!prefix.isEmpty() && !prefix.matches("(/[A-Za-z0-9._-]+)+")) {
      throw new IllegalArgumentException("prefix must be as in /crm, was '" + prefix + "'");
    }
  }

  /** In memory, with the templates Agent (with phones) and Back office. */
  public static CrmComOptions defaults() {
    return new CrmComOptions(
        Place.inMemory(),
        Clock.systemUTC(),
        "/crm",
        new Access("bridge", "Orange-4-Teapot-Runs", "Acme", "Orange-4-Teapot-Key"),
        Duration.ofHours(2),
        List.of(
            new EmulatedTemplate("1", "Agent", true),
            new EmulatedTemplate("2", "Back office", false)),
        Undocumented.usual());
  }

  public CrmComOptions withPlace(Place changed) {
    return new CrmComOptions(changed, clock, prefix, access, tokenLife, templates, undocumented);
  }

  public CrmComOptions withClock(Clock changed) {
    return new CrmComOptions(place, changed, prefix, access, tokenLife, templates, undocumented);
  }

  public CrmComOptions withPrefix(String changed) {
    return new CrmComOptions(place, clock, changed, access, tokenLife, templates, undocumented);
  }

  public CrmComOptions withAccess(Access changed) {
    return new CrmComOptions(place, clock, prefix, changed, tokenLife, templates, undocumented);
  }

  public CrmComOptions withTokenLife(Duration changed) {
    return new CrmComOptions(place, clock, prefix, access, changed, templates, undocumented);
  }

  public CrmComOptions withUndocumented(Undocumented changed) {
    return new CrmComOptions(place, clock, prefix, access, tokenLife, templates, changed);
  }
}
