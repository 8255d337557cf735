package dev.patchbay.keycloak.rig;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fills in the pages of one realm. Keycloak marks its cookies {@code Secure} although this is plain
 * HTTP, so that the JDK's cookie jar would keep them to itself.
 */
public final class Browser {
  private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");

  private final URI realm;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private String action = "";

  Browser(URI realm) {
    this.realm = realm;
  }

  /** The page on which people register themselves. */
  public Browser openRegistration() {
    return open(page("registrations", ""));
  }

  public Browser openLogin() {
    return open(page("auth", ""));
  }

  /** The page of a required action, such as {@code delete_account}, of whoever is signed in. */
  public Browser openAction(String name) {
    return open(page("auth", "&kc_action=" + name));
  }

  private URI page(String which, String more) {
    var back = URLEncoder.encode(realm + "/account/", StandardCharsets.UTF_8);
    return URI.create(
        realm
            + "/protocol/openid-connect/"
            + which
            + "?client_id=account&response_type=code&scope=openid&redirect_uri="
            + back
            + more);
  }

  private Browser open(URI page) {
    var answer = sent(HttpRequest.newBuilder(page).GET());
    var form = FORM.matcher(answer.text());
    if (!form.find()) {
      throw new AssertionError("no form at " + answer.request() + ": " + answer.text());
    }
    action = form.group(1).replace("&amp;", "&");
    return this;
  }

  /** Sends the form that is open; asserts that it leads on. */
  public Browser submit(Map<String, String> fields) {
    var body =
        fields.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var answer =
        sent(
            HttpRequest.newBuilder(URI.create(action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    if (answer.status() != 302) {
      throw new AssertionError(answer.request() + ": " + answer.status() + " " + answer.text());
    }
    return this;
  }

  private Answer sent(HttpRequest.Builder request) {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(it -> it.getKey() + "=" + it.getValue())
              .collect(Collectors.joining("; ")));
    }
    var answer = Http.sent(request.timeout(Http.LIMIT).build());
    answer.headers().allValues("Set-Cookie").forEach(this::keep);
    return answer;
  }

  private void keep(String cookie) {
    var pair = cookie.split(";", 2)[0].split("=", 2);
    cookies.put(pair[0], pair[1]);
  }
}
