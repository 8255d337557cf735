package dev.patchbay.emulator.portsip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest extends EmulatorTest {
  private static ObjectNode service(String number) {
    return Json.object().put("name", "support").put("extension_number", number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/call_queues", "/api/ring_groups"})
  void aUserAndAServiceHaveNotTheSame(String folder) throws IOException {
    var client =
        EmulatorClient.of(start(PortSipEmulatorOptions.defaults().withDuplicateStatus(409)));
    client.create("ada", "0101");

    assertThat(client.post(folder, service("0101")).status()).isEqualTo(409);
    assertThat(client.post(folder, service("8000")).status()).isEqualTo(201);
    assertThat(client.create("grace", "8000").status()).isEqualTo(409);
    assertThat(client.create("grace", "0102").status()).isEqualTo(201);
  }

  @Test
  void twoServicesHaveNotTheSame() throws IOException {
    var client = EmulatorClient.of(start(PortSipEmulatorOptions.defaults()));
    String queue = client.post("/api/call_queues", service("8000")).id();

    assertThat(client.post("/api/call_queues", service("8000")).status()).isEqualTo(400);
    assertThat(client.post("/api/ring_groups", service("8000")).status()).isEqualTo(400);
    client.post("/api/call_queues/" + queue + "/destroy");
    assertThat(client.post("/api/ring_groups", service("8000")).status()).isEqualTo(201);
  }
}
