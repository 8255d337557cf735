package dev.patchbay.emulator.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.emulator.Passwords;
import dev.patchbay.web.WebRequest;
import java.util.Optional;

/** Lets calls in: by the cookie of a session, or by the service account's key. */
record Admission(Account account, Undocumented undocumented, Sessions sessions) {
  private static final String BEARER = "Bearer ";

  Caller admit(WebRequest request) {
    return sessions.caller(request).or(() -> byKey(request)).orElseThrow(this::stranger);
  }

  private Optional<Caller> byKey(WebRequest request) {
    Optional<String> key =
        switch (undocumented.keyPlace()) {
          case BODY -> inBody(Body.of(request).path("auth"));
          case BEARER ->
              request
                  .header("Authorization")
                  .filter(it -> it.startsWith(BEARER))
                  .map(it -> it.substring(BEARER.length()));
        };
    return key.filter(it -> Passwords.same(it, account.key())).map(it -> Caller.of(account));
  }

  private static Optional<String> inBody(JsonNode auth) {
    boolean key =
        auth.path("type").asText().equals("auth") && auth.path("subtype").asText().equals("key");
    return Optional.of(auth.path("token").asText("")).filter(it -> key);
  }

  private Fail stranger() {
    int status =
        switch (undocumented.ended()) {
          case FAIL -> undocumented.failStatus();
          case UNAUTHORIZED -> 401;
          case FORBIDDEN -> 403;
        };
    return new Fail(status, "not logged in");
  }
}
