package dev.patchbay.pbx.http;

import dev.patchbay.config.Section;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLContext;

/**
 * What the settings of every dialect say of the way to its PBX.
 *
 * @param baseUrl without a slash at the end
 * @param callLimit the longest one call may take, all its requests
 * @param quietTime how long a call that was given up may still take effect
 * @param trust whose certificates the PBX may have
 */
public record PbxConnection(
    URI baseUrl, Duration callLimit, Duration quietTime, RequestLimits requests, SSLContext trust) {

  /**
   * Reads {@code base-url}, {@code call-limit}, {@code quiet-time}, {@code max-parallel}, {@code
   * requests-per-minute} and {@code ca-file}.
   *
   * @param usual what the PBX is sent unless the settings say otherwise
   */
  public static PbxConnection from(Section section, RequestLimits usual) {
    return new PbxConnection(
        baseUrl(section),
        duration(section, "call-limit", Duration.ofSeconds(10), Duration.ofMillis(100)),
        duration(section, "quiet-time", Duration.ofSeconds(60), Duration.ZERO),
        new RequestLimits(
            section.integer("max-parallel", usual.atOnce(), 1, 100),
            section.integer("requests-per-minute", usual.perMinute(), 0, 1_000_000)),
        trust(section));
  }

  /**
   * A way to the PBX; nothing is sent yet.
   *
   * @param pbx its name in messages
   * @param bridges how many share the PBX's limits now
   */
  public PbxHttp open(String pbx, Clock clock, IntSupplier bridges) {
    return new PbxHttp(pbx, baseUrl, callLimit, requests.among(bridges), trust, clock);
  }

  private static URI baseUrl(Section section) {
    URI url = bare(section.uri("base-url"));
    if (url.getScheme().equals("http") && OpenNetwork.reaches(url.getHost())) {
      section.warn("base-url", "passwords go there in clear, expected https");
    }
    return url;
  }

  private static URI bare(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
  }

  private static Duration duration(Section section, String key, Duration usual, Duration least) {
    Duration found = section.duration(key, usual);
    if (found.compareTo(least) < 0 || found.compareTo(Duration.ofHours(1)) > 0) {
      section.reject(key, "expected " + least + " to PT1H, found " + found);
      return usual;
    }
    return found;
  }

  private static SSLContext trust(Section section) {
    return section
        .value(
            "ca-file",
            "a readable PEM file with certificates",
            text -> Trust.in(section.resolve(text)))
        .orElseGet(Trust::usual);
  }
}
