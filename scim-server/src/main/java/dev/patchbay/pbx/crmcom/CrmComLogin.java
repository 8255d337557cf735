package dev.patchbay.pbx.crmcom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.http.Credential;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.util.Optional;

/**
 * How we get a token: from a user's name and password, or from a Web API key; at a business unit if
 * there is one.
 */
sealed interface CrmComLogin {

  HttpCall signIn();

  /** What the sign-in proves in a header. */
  Optional<Credential> credential();

  record Account(String username, Secret password, String organisation, Optional<String> unit)
      implements CrmComLogin {
    @Override
    public HttpCall signIn() {
      var body = Json.object().put("username", username).put("password", password.reveal());
      return call("/authentication/token", with(unit, body.put("organisation", organisation)));
    }

    @Override
    public Optional<Credential> credential() {
      return Optional.empty();
    }
  }

  record ApiKey(Secret key, Optional<String> unit) implements CrmComLogin {
    @Override
    public HttpCall signIn() {
      return call("/authentication/web_api_key/token", with(unit, Json.object()));
    }

    @Override
    public Optional<Credential> credential() {
      return Optional.of(Credential.basic(key, Secret.of("")));
    }
  }

  private static HttpCall call(String path, ObjectNode body) {
    return HttpCall.logIn("sign-in", path, Json.body(body));
  }

  private static ObjectNode with(Optional<String> unit, ObjectNode body) {
    unit.ifPresent(it -> body.put("unit", it));
    return body;
  }

  static CrmComLogin from(Section section) {
    Optional<String> unit = section.optionalString("unit");
    if (!section.has("api-key")) {
      return new Account(
          section.string("username"),
          section.secret("password"),
          section.string("organisation"),
          unit);
    }
    for (String key : new String[] {"username", "password", "organisation"}) {
      if (section.has(key)) {
        section.reject(key, "expected no " + key + " beside api-key");
      }
    }
    return new ApiKey(section.secret("api-key"), unit);
  }
}
