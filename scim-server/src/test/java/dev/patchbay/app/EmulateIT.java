package dev.patchbay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as an administrator starts and stops it. */
class EmulateIT {
  @TempDir private Path directory;

  @Test
  void answersWhenItSaysReadyAndEndsInOrder() throws Exception {
    try (StartedProgram program = emulate("0").awaitReady()) {
      assertThat(statusOf(program.told("PBX URL:"), program.told("token:"))).isEqualTo(200);

      assertThat(program.stop()).isEqualTo(143);
      assertThat(program.printed()).last().isEqualTo("ready");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ipcortex", "xelion", "crmcom"})
  void everyDialectHasOne(String dialect) throws Exception {
    try (StartedProgram program =
        StartedProgram.start("emulate", dialect, "--port", "0", "--data", directory.toString())
            .awaitReady()) {
      assertThat(calls(URI.create(program.told("PBX URL:")))).isEqualTo("[]");
      assertThat(program.stop()).isEqualTo(143);
    }
  }

  private static String calls(URI pbx) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(pbx.resolve("/_emulator/calls")).build();
      return client.send(request, BodyHandlers.ofString()).body().strip();
    }
  }

  @Test
  void saysInOneLineThatThePortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StartedProgram program = emulate(Integer.toString(taken.getLocalPort()))) {
      assertThat(program.awaitEnd()).isEqualTo(1);
      assertThat(program.printed())
          .singleElement()
          .asString()
          .startsWith("patchbay: cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void keepsASecondOneOutOfItsDirectory() throws Exception {
    try (StartedProgram first = emulate("0").awaitReady();
        StartedProgram second = emulate("0")) {
      assertThat(second.awaitEnd()).isEqualTo(1);
      assertThat(second.printed())
          .containsExactly("patchbay: " + directory + " is in use by another patchbay");
      assertThat(first.stop()).isEqualTo(143);
    }
  }

  @Test
  void saysInOneLineThatAFlagIsWrong() throws Exception {
    try (StartedProgram program = StartedProgram.start("emulate", "portsip", "--prot", "1")) {
      assertThat(program.awaitEnd()).isEqualTo(2);
      assertThat(program.printed()).hasSize(1);
    }
  }

  private StartedProgram emulate(String port) throws IOException {
    return StartedProgram.start(
        "emulate", "portsip", "--port", port, "--data", directory.toString());
  }

  private static int statusOf(String url, String token) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(url + "/api/users"))
              .header("Authorization", "Bearer " + token)
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
