package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A person's whole life on a PortSIP, desk phones and teams included, and no call too many: one for
 * each thing that changes, and where an update must send everything back, one to read it; 5 s.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class PortSipBudgetTest {
  private static final String PBX = RunningBridge.PBX_URN;
  private static final String GROUP = PBX.replace(":User", ":Group");
  private static final String USER = "POST /api/users/#";

  /** Whether updates read first. */
  enum Mode {
    MERGE,
    READ_MODIFY_WRITE;

    private String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The read before the write, where there is one. */
    private List<String> update(String read, String write) {
      return this == MERGE ? List.of(write) : List.of(read, write);
    }
  }

  @Parameter Mode mode; // set only after start
  private RunningBridge bridge;
  private ScimClient scim;

  @BeforeParameterizedClassInvocation
  void start(Mode mode, @TempDir Path directory) {
    bridge =
        BridgeSetting.of(TestStore.sqlite(), directory)
            .pbx("max-parallel: 1, requests-per-minute: 0, update-mode: " + mode.word())
            .open();
    scim = bridge.scim();
    scim.createUser("first@corp.example").is(201); // what is read once and kept is read now
  }

  @AfterEach
  void tidy() {
    bridge.empty();
  }

  @AfterParameterizedClassInvocation
  void stop() {
    bridge.close();
  }

  private List<String> during(Runnable work) {
    return bridge.callsDuring(work).stream()
        .map(line -> line.replaceAll("/[A-Za-z0-9]{22,}|(?<=members)/[0-9]+", "/#"))
        .toList();
  }

  private List<String> profile() {
    return mode.update("GET /api/users/#", USER);
  }

  private List<String> changing(String user, String operations) {
    return during(
        () ->
            assertThat(scim.patch("/Users/" + user, operations).is(200).at(RunningBridge.STATE))
                .isEqualTo("synced"));
  }

  private static String replace(String attributes) {
    return "{'op':'replace','value':{" + attributes + "}}";
  }

  private static String pbx(String attributes) {
    return "'" + PBX + "':{" + attributes + "}";
  }

  private static String phone(String mac, String language) {
    return ("{'mac':'%s','vendor':'Fanvil','model':'V62 Pro','template':'fanvil.ph.xml',"
            + "'timezone':'GMT+8 China(Beijing)','language':'%s'}")
        .formatted(mac, language);
  }

  private static <T> List<T> all(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private String ada() {
    return scim.createUser(
            "ada",
            "'displayName':'Ada','roles':[{'value':'QueueManager'}],"
                + pbx(
                    "'ms365':{'id':'ada@corp.example'},'recordAudio':true,"
                        + "'phones':[%s,%s],'speedDials':[{'list':'8','code':'2','number':'1'}]"
                            .formatted(phone("0c383e63fe01", "DUTCH"), phone("0c383e63fe02", ""))))
        .is(201)
        .id();
  }

  @Test
  void aCreateIsOneAndOneForTheBindingAndEachPhoneAndSpeedDial() {
    assertThat(during(this::ada))
        .containsExactly(
            "POST /api/users",
            USER + "/ms365_binding",
            USER + "/phones",
            USER + "/phones",
            USER + "/speed_dial_8");
  }

  @Test
  void eachPhoneAndSpeedDialThatChangesIsOne() {
    String ada = ada();
    String phones = "'phones':[%s,%s]";

    assertThat(
            changing(
                ada,
                replace(
                    pbx(
                        phones.formatted(
                            phone("0c383e63fe01", "FRENCH"), phone("0c383e63fe03", ""))))))
        .containsExactlyInAnyOrderElementsOf(
            all(
                List.of(USER + "/phones/#/destroy", USER + "/phones"),
                mode.update("GET /api/users/#/phones", USER + "/phones/#")));
    assertThat(changing(ada, replace(pbx("'speedDials':[{'list':'8','code':'2','number':'2'}]"))))
        .containsExactlyElementsOf(
            mode.update("GET /api/users/#/speed_dial_8", USER + "/speed_dial_8/#"));
    assertThat(changing(ada, replace(pbx("'speedDials':[{'list':'8','code':'2','number':'2'}]"))))
        .isEmpty();
  }

  @Test
  void whatGoesTogetherIsOneOfEachKindAndWhatTakesAwayIsFirst() {
    String ada = ada();

    assertThat(
            changing(
                ada,
                replace(
                    "'active':false,'displayName':'Countess','roles':[{'value':'StandardUser'}],"
                        + "'password':'An0ther!one',"
                        + pbx("'ms365':null,'extensionPassword':'Th1rd!oneX'"))))
        .containsExactlyElementsOf(
            all(
                profile(),
                List.of(
                    USER + "/role",
                    USER + "/ms365_binding/destroy",
                    USER + "/password",
                    USER + "/extension_password")));
    assertThat(
            changing(
                ada,
                replace(
                    "'active':true,'roles':[{'value':'QueueManager'}],"
                        + pbx("'ms365':{'id':'ada@corp.example'},'voicemailPin':'749205'"))))
        .containsExactlyElementsOf(
            all(List.of(USER + "/role", USER + "/ms365_binding"), profile()));
    assertThat(changing(ada, replace(pbx("'ms365':{'id':'countess@corp.example'}"))))
        .containsExactly(USER + "/ms365_binding/destroy", USER + "/ms365_binding");
  }

  @Test
  void teamsAreOneForEachMemberAndQueuesOneListWhateverChanges() {
    String ada = ada();
    var queue = bridge.pbx().post("/api/call_queues", "{'name':'Q','extension_number':'8000'}");
    String agents = "/api/call_queues/" + queue.path("id").asText() + "/agents";
    var groups = new ArrayList<String>();

    assertThat(during(() -> groups.add(scim.createGroup("Sales", ada).is(201).id())))
        .containsExactly("POST /api/groups", "POST /api/groups/#/members/#");
    assertThat(during(() -> groups.add(queueGroup(ada))))
        .endsWith("GET /api/call_queues/#/agents", "POST /api/call_queues/#/agents");
    assertThat(bridge.pbx().extensions(agents)).containsExactly(bridge.pbx().extension("ada"));
    assertThat(
            during(
                () ->
                    scim.patch(
                            "/Groups/" + groups.getFirst(),
                            "{'op':'replace','path':'displayName','value':'Sales EMEA'}")
                        .isDone()))
        .containsExactlyElementsOf(mode.update("GET /api/groups/#", "POST /api/groups/#"));
    String numbers = "'%s':{'outboundCallerIds':[{'provider':'t','value':'1'}]}".formatted(GROUP);
    String sales = "/Groups/" + groups.getFirst();
    for (String change :
        List.of(numbers, "'displayName':'Sales','%s:description':'They sell'".formatted(GROUP))) {
      assertThat(during(() -> scim.patch(sales, replace(change)).isDone()))
          .containsExactly("POST /api/groups/#");
    }
    assertThat(during(() -> scim.delete("/Users/" + ada).is(204)))
        .containsExactlyInAnyOrder(
            "POST /api/groups/#/members/#/destroy",
            "GET /api/call_queues/#/agents",
            "POST /api/call_queues/#/agents",
            USER + "/destroy")
        .endsWith(USER + "/destroy");
    assertThat(bridge.pbx().extensions(agents)).isEmpty();
    assertThat(during(() -> scim.delete("/Groups/" + groups.getFirst()).is(204)))
        .containsExactly("POST /api/groups/#/destroy");
  }

  private String queueGroup(String member) {
    return scim.post(
            "/Groups",
            "{'displayName':'Support','members':[%s],'%s':{'kind':'callQueue','target':'8000'}}"
                .formatted(ScimClient.references(member), GROUP))
        .is(201)
        .id();
  }
}
