package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PortSIP is asked when people join what rings their phones. */
class ServiceCallsTest {
  private static final String URN = "urn:ietf:params:scim:schemas:extension:pbx:2.0:Group";
  private static RunningBridge bridge;
  private static ScimClient scim;

  @BeforeAll
  static void start(@TempDir Path directory) {
    bridge = RunningBridge.in(directory);
    scim = bridge.scim();
    scim.createUser("first@corp.example").is(201);
    bridge.pbx().stranger("boss", "7777");
  }

  @AfterEach
  void tidy() {
    bridge.empty();
  }

  @AfterAll
  static void stop() {
    bridge.close();
  }

  private static String service(String folder, String extension) {
    var name = "'name':'" + folder + "'";
    var number = extension.isEmpty() ? "" : ",'extension_number':'" + extension + "'";
    var made = bridge.pbx().post("/api/" + folder, "{" + name + number + "}");
    return "/api/" + folder + "/" + made.path("id").asText();
  }

  private static String group(String kind, String target, String... members) {
    var users = IntStream.range(0, members.length).mapToObj(i -> "{'value':'" + members[i] + "'}");
    return scim.post(
            "/Groups",
            "{'displayName':'Support','members':%s,'%s':{'kind':'%s','target':'%s'}}"
                .formatted(users.toList(), URN, kind, target))
        .is(201)
        .id();
  }

  private static String[] users(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> scim.createUser("user" + i + "@corp.example").is(201).id())
        .toArray(String[]::new);
  }

  private static List<String> writes(List<String> calls) {
    return calls.stream().filter(call -> call.startsWith("POST")).toList();
  }

  /** The numbers of what rings the user, when that is asked for. */
  private List<String> shown(String user, String asked) {
    return scim.get("/Users/" + user + "?attributes=" + asked)
        .json()
        .path("urn:ietf:params:scim:schemas:extension:pbx:2.0:User")
        .findValuesAsText("extension");
  }

  @ParameterizedTest
  @CsvSource({
    "callQueue, call_queues, 8000, agents",
    "ringGroup, ring_groups, 8100, agents",
    "pickupGroup, call_pickup_groups, '', members"
  })
  void joiningIsOneListReadAndWritten(String kind, String folder, String extension, String list) {
    var service = service(folder, extension);
    var target = extension.isEmpty() ? folder : extension;
    boolean bare = kind.equals("pickupGroup");
    bridge
        .pbx()
        .post(
            service + "/" + list,
            bare
                ? "{'items':['7777']}"
                : "{'items':[{'extension_number':'7777','skill_level':9}]}");
    var users = users(4);
    var group = group(kind, target, users[0]);

    var calls = bridge.callsDuring(() -> scim.addMembers(group, users).isDone());

    assertThat(calls)
        .containsExactly("GET " + service + "/" + list, "POST " + service + "/" + list);
    var members = bridge.pbx().extensions(service + "/" + list);
    assertThat(members).hasSize(5).startsWith("7777");
    if (!bare) {
      assertThat(shown(users[0], kind + "s")).containsExactly(extension);
      assertThat(shown(users[0], "displayName")).isEmpty();
      assertThat(bridge.pbx().read(service + "/" + list).at("/items/0/skill_level").asInt())
          .isEqualTo(9);
    }
    scim.delete("/Groups/" + group).is(204);
    assertThat(bridge.pbx().extensions(service + "/" + list)).containsExactly("7777");
    bridge.pbx().post(service + "/destroy");
  }

  @Test
  void aNameOfTwoPickupGroupsIsNotTakenForTheFirst() {
    var one = service("call_pickup_groups", "");
    var other = service("call_pickup_groups", "");

    assertThat(made("pickupGroup", "call_pickup_groups").isError(400, "invalidValue").at("/detail"))
        .contains("ambiguous")
        .contains("id");
    made("pickupGroup", one.substring(one.lastIndexOf('/') + 1)).is(201);
    bridge.pbx().post(one + "/destroy");
    bridge.pbx().post(other + "/destroy");
  }

  private Answer made(String kind, String target) {
    return scim.post(
        "/Groups",
        "{'displayName':'Team','%s':{'kind':'%s','target':'%s'}}"
            .formatted(RunningBridge.PBX_URN.replace(":User", ":Group"), kind, target));
  }

  @Test
  void requestsThatWaitForAQueueAreFewWrites() throws Exception {
    var service = service("call_queues", "8000");
    var users = users(20);
    var group = group("callQueue", "8000");

    var calls = bridge.callsDuring(() -> atOnce(group, users));

    assertThat(bridge.pbx().extensions(service + "/agents")).hasSize(20);
    assertThat(writes(calls)).hasSizeLessThan(20).hasSizeGreaterThan(0);
    bridge.pbx().post(service + "/destroy");
  }

  private static void atOnce(String group, String... users) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var requests =
          List.of(users).stream()
              .<Callable<Answer>>map(user -> () -> scim.addMembers(group, user).isDone())
              .toList();
      for (var each : threads.invokeAll(requests)) {
        each.get();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
