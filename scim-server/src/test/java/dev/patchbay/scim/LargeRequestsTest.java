package dev.patchbay.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Requests that name as many known members as one may: what they allocate in all is bounded. */
@TestInstance(Lifecycle.PER_CLASS)
class LargeRequestsTest {
  private static final int MOST = 10_000;

  /** All that is allocated while it is answered: above what is ever held. */
  private static final long ALLOCATED = 64L << 20;

  private final HttpClient client = HttpClient.newHttpClient();
  private ScimServer server;
  private List<String> users;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = ScimServer.in(folder);
    users = server.store.users(2 * MOST);
    for (String each : List.of("first", "second")) {
      send(bridgeGroup(each, users.subList(0, 100))); // what is loaded once is not its cost
    }
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aGroupIsMadeWithThemAll() {
    assertThat(sent(bridgeGroup("made", users.subList(0, MOST)))).isEqualTo(201);
  }

  @Test
  void allMembersAreExchangedByPut() {
    var path = "/Groups/" + group("exchanged");
    var others = body("exchanged", users.subList(MOST, 2 * MOST));

    assertThat(sent(request("PUT", path, others))).isEqualTo(200);
  }

  @Test
  void theyAreAddedAndRemovedByPatch() {
    var path = "/Groups/" + group("patched");
    var others = users.subList(MOST, 2 * MOST);

    assertThat(sent(request("PATCH", path, patch("add", others)))).isEqualTo(204);
    assertThat(sent(request("PATCH", path, patch("replace", others)))).isEqualTo(204);
    assertThat(sent(request("PATCH", path, patch("remove", others)))).isEqualTo(204);
  }

  @Test
  void aBulkNamesThemInTenOperations() {
    var groups = IntStream.range(0, 10).mapToObj(it -> group("bulk " + it, List.of())).toList();

    assertThat(sent(bulk(groups, users.subList(MOST, 2 * MOST)))).isEqualTo(200);

    var members = ScimServer.json(server.get("/Groups/" + groups.get(9))).path("members");
    assertThat(members.findValuesAsText("value"))
        .containsExactlyInAnyOrderElementsOf(users.subList(2 * MOST - MOST / 10, 2 * MOST));
  }

  @Test
  void oneMoreInABulkIsTooManyAndNothingOfItIsDone() {
    var groups = List.of(group("one of two", List.of()), group("two of two", List.of()));

    var answer = server.send(bulk(groups, users.subList(MOST - 2, 2 * MOST)));

    ScimServer.assertError(answer, 413);
    assertThat(answer.body()).contains("10002 members");
    var unchanged = ScimServer.json(server.get("/Groups/" + groups.get(0)));
    assertThat(unchanged.path("members")).isEmpty();
  }

  @Test
  void oneMoreIsTooManyAndChangesNothing() {
    var path = "/Groups/" + group("bounded");
    var many = users.subList(MOST - 1, 2 * MOST);

    ScimServer.assertError(server.send(bridgeGroup("too many", many)), 413);
    ScimServer.assertError(server.send(request("PUT", path, body("bounded", many))), 413);
    ScimServer.assertError(server.send(request("PATCH", path, patch("add", many))), 413);
    ScimServer.assertError(server.send(request("PATCH", path, patch("remove", many))), 413);

    var members = ScimServer.json(server.get(path)).path("members");
    assertThat(members.findValuesAsText("value"))
        .containsExactlyInAnyOrderElementsOf(users.subList(0, MOST));
  }

  private int sent(HttpRequest.Builder request) {
    long before = allocated();
    int status = send(request);
    assertThat(allocated() - before).as("allocated bytes").isLessThan(ALLOCATED);
    return status;
  }

  /** Without keeping the answer, which is the client's cost. */
  private int send(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.discarding()).join().statusCode();
  }

  private String group(String name) {
    return group(name, users.subList(0, MOST));
  }

  private String group(String name, List<String> members) {
    HttpResponse<String> made = server.send(bridgeGroup(name, members));
    return ScimServer.json(made).path("id").asText();
  }

  private HttpRequest.Builder bridgeGroup(String name, List<String> members) {
    return request("POST", "/Groups", body(name, members));
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    return server
        .request(path)
        .header("Content-Type", "application/scim+json")
        .method(method, BodyPublishers.ofString(body));
  }

  /** One that the PBX has no part in: its calls are no cost of the request's size. */
  private static String body(String name, List<String> members) {
    return """
    {"displayName": "%s", "members": %s,
     "urn:ietf:params:scim:schemas:extension:pbx:2.0:Group": {"kind": "bridge"}}
    """
        .formatted(name, values(members));
  }

  private static String patch(String op, List<String> members) {
    return """
    {"Operations": [{"op": "%s", "path": "members", "value": %s}]}
    """
        .formatted(op, values(members));
  }

  /** An exchange of each group's members by its share of {@code members}, by turns in all forms. */
  private HttpRequest.Builder bulk(List<String> groups, List<String> members) {
    int share = members.size() / groups.size();
    var operations =
        IntStream.range(0, groups.size())
            .mapToObj(
                it -> exchange(it, groups.get(it), members.subList(it * share, (it + 1) * share)))
            .collect(Collectors.joining(",", "[", "]"));
    return request(
        "POST",
        "/Bulk",
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": %s}
        """
            .formatted(operations));
  }

  private static String exchange(int place, String group, List<String> members) {
    var put = place % 2 == 0;
    var data = put ? body("exchanged " + group, members) : patch("replace", members);
    return """
    {"method": "%s", "path": "/Groups/%s", "data": %s}
    """
        .formatted(put ? "PUT" : "PATCH", group, data);
  }

  private static String values(List<String> members) {
    return members.stream()
        .map("{\"value\":\"%s\"}"::formatted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }
}
