package dev.patchbay.pbx.portsip;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.config.Secret;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.HttpCall.HttpBody;
import dev.patchbay.pbx.http.Json;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How we prove to PortSIP who we are. */
sealed interface PortSipLogin {

  /** A token made on the PBX; it cannot be renewed by us. */
  record StaticToken(Secret token) implements PortSipLogin {}

  /** A service account, which signs in and gets tokens that end. */
  sealed interface Account extends PortSipLogin {

    HttpCall signIn();

    /** Asks for the next token of a session that has not ended. */
    HttpCall refresh(Secret refreshToken);
  }

  /**
   * v22.2 and later.
   *
   * @param domain the tenant's SIP domain; absent for a system administrator
   */
  record SignIn(String username, Secret password, Optional<String> domain) implements Account {

    @Override
    public HttpCall signIn() {
      var body = Json.object().put("username", username).put("password", password.reveal());
      domain.ifPresent(it -> body.put("domain", it));
      return HttpCall.logIn("sign-in", "/api/auth/sign_in", Json.body(body));
    }

    @Override
    public HttpCall refresh(Secret refreshToken) {
      var body = Json.object().put("refresh_token", refreshToken.reveal());
      return HttpCall.logIn("token refresh", "/api/auth/refresh_token", Json.body(body));
    }
  }

  /** v22.0 and v22.1, which take a form and the vendor's own client id. */
  record OAuth(String username, Secret password, Optional<String> domain, String clientId)
      implements Account {

    @Override
    public HttpCall signIn() {
      var form = new LinkedHashMap<String, String>();
      form.put("grant_type", "password");
      form.put("username", username);
      domain.ifPresent(it -> form.put("domain", it));
      form.put("password", password.reveal());
      form.put("scope", "all");
      return token("sign-in", form);
    }

    @Override
    public HttpCall refresh(Secret refreshToken) {
      var form = new LinkedHashMap<String, String>();
      form.put("grant_type", "refresh_token");
      form.put("refresh_token", refreshToken.reveal());
      return token("token refresh", form);
    }

    private HttpCall token(String name, Map<String, String> form) {
      form.put("client_id", clientId);
      String text =
          form.entrySet().stream()
              .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
              .collect(Collectors.joining("&"));
      return HttpCall.logIn(
          name,
          "/api/login/oauth/token",
          new HttpBody("application/x-www-form-urlencoded", Secret.of(text)));
    }
  }
}
