package dev.patchbay.emulator.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** Speaks HTTP to an emulator, with the cookie of a session if there is one. */
record OpsClient(URI base, Optional<String> session) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  record Answer(int status, JsonNode body) {
    boolean success() {
      return body.path("result").asText().equals("success");
    }

    long rows() {
      return body.path("numrows").asLong(-1);
    }

    JsonNode values() {
      return body.path("values");
    }
  }

  static OpsClient of(IpCortexEmulator pbx) {
    return new OpsClient(pbx.uri(), Optional.empty());
  }

  Answer logIn(String username, String password) {
    return post(
        "/rest/auth/",
        """
        {"auth":{"type":"auth","username":"%s","password":"%s"}}
        """
            .formatted(username, password));
  }

  /** The same with a session of that user. */
  OpsClient as(String username, String password) {
    var user = logIn(username, password).body().path("user");
    return new OpsClient(base, Optional.of(user.path("session").textValue()));
  }

  /** A call on users; single quotes stand for double ones. */
  Answer ops(String verb, String members) {
    return post("/rest/ops/" + verb + "/", "{'type':'user'," + members + "}");
  }

  long create(String values) {
    return ops("create", "'values':" + values).values().path("contact_id").asLong();
  }

  /** The one user in scope. */
  JsonNode read(long id) {
    return ops("read", "'scope':{'contact_id':" + id + "}").values().path(0);
  }

  Answer post(String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.replace('\'', '"')));
    session.ifPresent(it -> request.header("Cookie", "theme=dark; Red60urne=" + it));
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException interrupted) {
      throw new UncheckedIOException(new IOException(interrupted));
    }
  }
}
