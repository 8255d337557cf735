package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The numbers that members of a group show: the directory's where it gives any, else those of the
 * PBX's administrator, on a PBX that keeps what an update leaves out and on one that clears it; 4
 * s.
 */
@ParameterizedClass
@ValueSource(strings = {"merge", "read-modify-write"})
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class GroupCallerIdsTest {
  private static final String URN = RunningBridge.PBX_URN.replace(":User", ":Group");
  private static final String ONE = "{'provider':'trunk','value':'+49301','description':'office'}";
  private static final String TWO = "{'provider':'trunk','value':'+49302'}";

  @Parameter String mode; // set only after start
  private RunningBridge bridge;

  @BeforeParameterizedClassInvocation
  void start(String mode, @TempDir Path directory) {
    bridge =
        BridgeSetting.of(TestStore.sqlite(), directory)
            .pbx("requests-per-minute: 0, update-mode: " + mode)
            .open();
  }

  @AfterEach
  void tidy() {
    bridge.empty();
    bridge.pbx().empty();
  }

  @AfterParameterizedClassInvocation
  void stop() {
    bridge.close();
  }

  private static String body(String name, String extension) {
    return "{'displayName':'%s','%s':{%s}}".formatted(name, URN, extension);
  }

  private static String numbers(String... numbers) {
    return "'outboundCallerIds':[%s]".formatted(String.join(",", numbers));
  }

  private String sales(String extension) {
    return "/Groups/" + bridge.scim().post("/Groups", body("Sales", extension)).is(201).id();
  }

  private List<String> patched(String group, String operation) {
    return bridge.callsDuring(() -> bridge.scim().patch(group, operation).isDone()).stream()
        .map(line -> line.replaceAll("/[A-Za-z0-9]{22,}", "/#"))
        .toList();
  }

  private List<String> renamed(String group, String name) {
    return patched(group, "{'op':'replace','path':'displayName','value':'%s'}".formatted(name));
  }

  private JsonNode onPbx(String name) {
    var id = bridge.pbx().groups(name).getFirst().path("id").asText();
    return bridge.pbx().read("/api/groups/" + id);
  }

  private List<String> numbersOf(String name) {
    return onPbx(name).path("outbound_caller_ids").findValuesAsText("caller_id");
  }

  /** As an administrator does. */
  private void give(String name, String numbers) {
    var id = bridge.pbx().groups(name).getFirst().path("id").asText();
    bridge
        .pbx()
        .post(
            "/api/groups/" + id,
            "{'name':'%s','outbound_caller_ids':[%s]}".formatted(name, numbers));
  }

  @Test
  void aGroupIsMadeWithThemAndShowsThem() {
    var calls = bridge.callsDuring(() -> sales(numbers(TWO, ONE)));

    assertThat(calls).containsExactly("POST /api/groups");
    assertThat(numbersOf("Sales")).containsExactly("+49301", "+49302");
    assertThat(onPbx("Sales").at("/outbound_caller_ids/0/description").asText())
        .isEqualTo("office");
    assertThat(
            bridge
                .scim()
                .list(
                    "Groups",
                    "%s:outboundCallerIds.value%%20eq%%20%%22%%2B49302%%22".formatted(URN))
                .at("/totalResults"))
        .isEqualTo("1");
  }

  @Test
  void whatTheDirectoryGivesGoesWithEachChangeInOneRequest() {
    String sales = sales(numbers(ONE));

    assertThat(renamed(sales, "Selling")).containsExactly("POST /api/groups/#");
    assertThat(numbersOf("Selling")).containsExactly("+49301");
    assertThat(
            patched(
                sales,
                "{'op':'add','path':'%s:outboundCallerIds','value':[%s]}".formatted(URN, TWO)))
        .containsExactly("POST /api/groups/#");
    assertThat(numbersOf("Selling")).containsExactly("+49301", "+49302");
    assertThat(renamed(sales, "Selling")).isEmpty();
  }

  @Test
  void thoseOfAnAdministratorOutliveEveryChangeOfTheGroup() {
    String sales = sales("'description':'They sell'");
    give("Sales", "{'provider_id':'trunk','caller_id':'+49399'}");

    var calls = renamed(sales, "Selling");

    var update = List.of("GET /api/groups/#", "POST /api/groups/#");
    assertThat(calls).isEqualTo(mode.equals("merge") ? update.subList(1, 2) : update);
    assertThat(numbersOf("Selling")).containsExactly("+49399");
    assertThat(bridge.scim().get(sales).json().at("/" + URN).has("outboundCallerIds")).isFalse();
    assertThat(Comparison.of(bridge, "upsert").findings()).isEmpty();
  }

  @Test
  void thoseOfAnAdministratorOutliveALookAfterALostAnswer() {
    String sales = sales("'description':'They sell'");
    give("Sales", "{'provider_id':'trunk','caller_id':'+49399'}");
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", "/api/groups/.*", new Fault.DropAfterCommit()).times(1));

    bridge.scim().patch(sales, "{'op':'replace','path':'displayName','value':'Selling'}");
    bridge.settled();
    bridge.scim().patch(sales, "{'op':'replace','path':'displayName','value':'Sold'}").isDone();

    assertThat(numbersOf("Sold")).containsExactly("+49399");
  }

  @Test
  void whatTheDirectoryTakesBackIsGoneOnceAndThenTheAdministrators() {
    String sales = sales(numbers(ONE));

    assertThat(patched(sales, "{'op':'remove','path':'%s:outboundCallerIds'}".formatted(URN)))
        .containsExactly("POST /api/groups/#");
    assertThat(numbersOf("Sales")).isEmpty();
    give("Sales", "{'provider_id':'trunk','caller_id':'+49399'}");

    assertThat(Comparison.of(bridge, "upsert").findings()).isEmpty();
    renamed(sales, "Selling");
    assertThat(numbersOf("Selling")).containsExactly("+49399");
  }

  @Test
  void whatTheDirectoryGivesIsSetRight() {
    sales("'description':'They sell'," + numbers(ONE));
    give("Sales", "{'provider_id':'trunk','caller_id':'+49399'}");

    assertThat(Comparison.of(bridge, "upsert").lines())
        .containsExactly("different group Sales repaired");

    assertThat(numbersOf("Sales")).containsExactly("+49301");
    assertThat(onPbx("Sales").path("description").asText()).isEqualTo("They sell");
  }

  @Test
  void whatIsNoNumberIsRefusedAndNamed() {
    for (String wrong :
        List.of(
            numbers("{'value':'+49301'}"),
            numbers("{'provider':'trunk'}"),
            numbers(ONE, ONE.replace("+", " +")),
            "'kind':'bridge'," + numbers(ONE))) {
      var answer = bridge.scim().post("/Groups", body("Sales", wrong)).isError(400, "invalidValue");
      assertThat(answer.at("/detail")).contains("outboundCallerIds");
    }
    assertThat(bridge.pbx().groups()).isEmpty();
  }
}
