package dev.patchbay.keycloak.rig;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fills in Keycloak's pages. Keycloak marks its cookies {@code Secure} although this is plain HTTP,
 * so that the JDK's cookie jar would keep them to itself.
 */
public final class Browser {
  private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");
  private static final int MOST_REDIRECTS = 20;

  private record Cookie(String path, String name, String value) {}

  private final URI realm;
  private final List<Cookie> cookies = new ArrayList<>();
  private String action = "";

  Browser(URI realm) {
    this.realm = realm;
  }

  /** The page on which people register themselves. */
  public Browser openRegistration() {
    return openForm("registrations", "");
  }

  public Browser openLogin() {
    return openForm("auth", "");
  }

  /** The page on which people sign in at another identity provider of the realm. */
  public Browser openLoginAt(String alias) {
    return openForm("auth", "&kc_idp_hint=" + alias);
  }

  /** The page of a required action, such as {@code delete_account}, of whoever is signed in. */
  public Browser openAction(String name) {
    return openForm("auth", "&kc_action=" + name);
  }

  private Browser openForm(String page, String more) {
    var back = URLEncoder.encode(realm + "/account/", StandardCharsets.UTF_8);
    var address =
        URI.create(
            realm
                + "/protocol/openid-connect/"
                + page
                + "?client_id=account-console&response_type=code&scope=openid&redirect_uri="
                + back
                + "&code_challenge_method=S256"
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                + more);
    return landedOnForm(follow(HttpRequest.newBuilder(address).GET()));
  }

  /** Sends the form that is open, and expects another one. */
  public Browser submitForAnother(Map<String, String> fields) {
    return landedOnForm(submitted(fields));
  }

  /** Sends the form that is open, and expects to have come to the end. */
  public void submit(Map<String, String> fields) {
    var answer = submitted(fields);
    if (FORM.matcher(answer.text()).find()) {
      throw new AssertionError("another form at " + answer.request() + ": " + answer.text());
    }
  }

  private Answer submitted(Map<String, String> fields) {
    var body =
        fields.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return follow(
        HttpRequest.newBuilder(URI.create(action))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private Browser landedOnForm(Answer answer) {
    var form = FORM.matcher(answer.text());
    if (!form.find()) {
      throw new AssertionError("no form at " + answer.request() + ": " + answer.text());
    }
    action = form.group(1).replace("&amp;", "&");
    return this;
  }

  /** Stops where it is sent back to, where nothing is left to do. */
  private Answer follow(HttpRequest.Builder first) {
    var answer = sent(first);
    for (int i = 0; i < MOST_REDIRECTS && answer.status() / 100 == 3; i++) {
      var next = URI.create(answer.headers().firstValue("Location").orElseThrow());
      if (next.getPath().endsWith("/account/")) {
        return answer;
      }
      answer = sent(HttpRequest.newBuilder(next).GET());
    }
    return answer;
  }

  private Answer sent(HttpRequest.Builder request) {
    var path = request.copy().build().uri().getPath();
    var mine =
        cookies.stream()
            .filter(it -> path.startsWith(it.path()))
            .map(it -> it.name() + "=" + it.value())
            .collect(Collectors.joining("; "));
    if (!mine.isEmpty()) {
      request.header("Cookie", mine);
    }
    var answer = Http.sent(request.timeout(Http.LIMIT).build());
    answer.headers().allValues("Set-Cookie").forEach(this::keep);
    return answer;
  }

  private void keep(String header) {
    var parts = header.split(";", -1);
    var pair = parts[0].split("=", 2);
    var path = "/";
    for (String part : parts) {
      path = part.strip().startsWith("Path=") ? part.strip().substring(5) : path;
    }
    var cookie = new Cookie(path, pair[0], pair[1].replace("\"", ""));
    cookies.removeIf(it -> it.path().equals(cookie.path()) && it.name().equals(cookie.name()));
    if (!cookie.value().isEmpty()) {
      cookies.add(cookie);
    }
  }
}
