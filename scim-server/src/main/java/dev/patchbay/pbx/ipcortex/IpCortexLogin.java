package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.http.Json;

/** How we prove to IPCortex who we are. */
sealed interface IpCortexLogin {

  /** A user that signs in and gets a session, which ends. */
  record Account(String username, Secret password) implements IpCortexLogin {
    /** The body of a sign-in. */
    ObjectNode body() {
      ObjectNode body = Json.object();
      body.putObject("auth")
          .put("type", "auth")
          .put("username", username)
          .put("password", password.reveal());
      return body;
    }
  }

  /** A user's "Auth Key", sent with every call; it has that user's rights and does not end. */
  record Key(Secret token, Place place) implements IpCortexLogin {}

  /** Where a key is sent; the vendor's page on it is cut off. */
  enum Place {
    /** In the body, as a member {@code auth}. */
    BODY,
    /** As a bearer token in the header. */
    BEARER
  }
}
