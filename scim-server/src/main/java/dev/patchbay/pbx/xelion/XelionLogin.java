package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * How we prove to Xelion who we are.
 *
 * @param userName of an account with the role Administrator
 * @param userSpace what our sessions' names begin with, at most 180 characters
 */
record XelionLogin(String userName, Secret password, String userSpace) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * A session's name that nobody has. A session that a stopped bridge left behind still holds its
   * name, and a second log-in under it fails.
   */
  String newUserSpace() {
    var bytes = new byte[6];
    RANDOM.nextBytes(bytes);
    return userSpace + "-" + HexFormat.of().formatHex(bytes);
  }

  HttpCall logIn(String space) {
    var body =
        Json.object()
            .put("userName", userName)
            .put("password", password.reveal())
            .put("userSpace", space);
    return HttpCall.logIn("log-in", "/me/login", Json.body(body));
  }

  /** Asks for the next token of a session that has not ended. */
  static HttpCall renewal(Secret renewalToken) {
    return HttpCall.logIn(
        "token renewal", "/me/renew", Json.body(TextNode.valueOf(renewalToken.reveal())));
  }
}
