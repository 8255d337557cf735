package dev.patchbay.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The emulated PBX in a process of its own; it knows the users who join and leave groups. */
record EmulatedPbx(Server server, int port, String token, String group) implements AutoCloseable {
  private static final String TOKEN = "bench-pbx-token-0123456789";

  static EmulatedPbx start(Path folder, int joiners) throws IOException, InterruptedException {
    int port = Settings.FIRST_PORT;
    var data = folder.resolve("pbx").toString();
    var server =
        Server.start(
            folder.resolve("pbx.log"),
            port,
            TOKEN,
            List.of(
                "-jar",
                Directory.jar(),
                "emulate",
                "portsip",
                "--port",
                Integer.toString(port),
                "--data",
                data,
                "--token",
                TOKEN));
    var next = new AtomicInteger();
    server.load(
        () -> {
          int i = next.getAndIncrement();
          return i >= joiners
              ? new Work.None()
              : new Work.Plain(server.request("POST", "/_emulator/users", user(i)));
        },
        Duration.ofSeconds(60));
    var group = Json.object(server.send("POST", "/api/groups", "{\"name\":\"Direct\"}").text());
    return new EmulatedPbx(server, port, TOKEN, group.path("id").asText());
  }

  private static String user(int i) {
    return "{\"name\":\"joiner%d\",\"extension_number\":\"%d\"}"
        .formatted(i, Directory.FIRST_EXTENSION + i);
  }

  /** The request by which the bridge adds one of the joiners to a group. */
  byte[] add(int joiner) {
    int extension = Directory.FIRST_EXTENSION + joiner;
    return server.request("POST", "/api/groups/" + group + "/members/" + extension, "");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    server.close();
  }
}
