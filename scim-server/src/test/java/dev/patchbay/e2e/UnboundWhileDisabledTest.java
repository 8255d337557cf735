package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With {@code ms365-while-disabled: unbound}; 3 s. */
@Timeout(60)
class UnboundWhileDisabledTest {
  private static final String USER = "POST /api/users/#";
  private static final String BOUND = "/" + RunningBridge.PBX_URN + "/ms365/bound";

  @TempDir private Path directory;
  private RunningBridge bridge;
  private String ada;

  @BeforeEach
  void start() {
    bridge = RunningBridge.on(TestStore.sqlite(), directory, "ms365-while-disabled: unbound");
    ada = ada();
  }

  private String ada() {
    return bridge
        .scim()
        .createUser(
            "ada", "'%s':{'ms365':{'id':'ada@corp.example'}}".formatted(RunningBridge.PBX_URN))
        .is(201)
        .id();
  }

  @AfterEach
  void stop() {
    bridge.close();
  }

  private Answer set(String active) {
    return bridge
        .scim()
        .patch("/Users/" + ada, "{'op':'replace','path':'active','value':" + active + "}");
  }

  private List<String> during(Runnable work) {
    return bridge.callsDuring(work).stream()
        .map(line -> line.replaceAll("/[A-Za-z0-9]{22,}", "/#"))
        .filter(line -> line.startsWith("POST"))
        .toList();
  }

  @Test
  void whoIsDisabledIsUnboundAndBoundAgainWithTheReturn() {
    assertThat(during(() -> assertThat(set("false").is(200).at(BOUND)).isEqualTo("false")))
        .containsExactly(USER, USER + "/ms365_binding/destroy");
    assertThat(during(() -> set("false").is(200))).isEmpty();
    assertThat(during(() -> assertThat(set("true").is(200).at(BOUND)).isEqualTo("true")))
        .containsExactly(USER + "/ms365_binding", USER);
    assertThat(bridge.scim().get("/Users/" + ada).at(RunningBridge.STATE)).isEqualTo("synced");
  }

  @Test
  void theIdStaysTheirs() {
    set("false").is(200);

    bridge
        .scim()
        .createUser(
            "eve", "'%s':{'ms365':{'id':'ada@corp.example'}}".formatted(RunningBridge.PBX_URN))
        .isError(409, "uniqueness");
  }

  @Test
  void anUnbindingThatCouldNotBeSentIsNotLost() {
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", ".*/ms365_binding/destroy", new Fault.Status(429)).times(2));

    assertThat(during(() -> set("false"))).contains(USER);
    bridge.settled();

    assertThat(bridge.scim().get("/Users/" + ada).is(200).at(BOUND)).isEqualTo("false");
    assertThat(bridge.scim().get("/Users/" + ada).at(RunningBridge.STATE)).isEqualTo("synced");
    assertThat(bridge.pbx().user("ada").path("enabled").asBoolean(true)).isFalse();
  }
}
