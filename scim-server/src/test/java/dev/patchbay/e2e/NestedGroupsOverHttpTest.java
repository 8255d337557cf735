package dev.patchbay.e2e;

import static dev.patchbay.e2e.Bulk.patch;
import static dev.patchbay.e2e.Bulk.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see of groups that belong to groups, and what PortSIP is asked. */
class NestedGroupsOverHttpTest {
  private static RunningBridge bridge;
  private static ScimClient scim;

  @BeforeAll
  static void start(@TempDir Path directory) {
    bridge = RunningBridge.in(directory);
    scim = bridge.scim();
  }

  @AfterAll
  static void stop() {
    bridge.close();
  }

  private static List<String> all(JsonNode list, String attribute) {
    var values = new ArrayList<String>();
    list.forEach(it -> values.add(it.path(attribute).asText()));
    return values;
  }

  @Test
  void membersAndGroupsSayWhatTheyAre() {
    var ada = scim.createUser("ada@corp.example").id();
    var team = scim.createGroup("Team", ada).id();
    var floor = scim.createGroup("Floor", team).is(201).id();

    var shown = scim.get("/Groups/" + floor).json().path("members").path(0);

    assertThat(shown.path("type").asText()).isEqualTo("Group");
    assertThat(shown.path("$ref").asText()).endsWith("/Groups/" + team);
    assertThat(shown.path("display").asText()).isEqualTo("Team");
    var groups = scim.get("/Users/" + ada).json().path("groups");
    assertThat(all(groups, "value")).containsExactlyInAnyOrder(team, floor);
    groups.forEach(
        it ->
            assertThat(it.path("type").asText())
                .isEqualTo(it.path("value").asText().equals(team) ? "direct" : "indirect"));
    assertThat(found("Groups", "members.value eq '" + team + "'")).containsExactly(floor);
    assertThat(found("Groups", "members[type eq 'group']")).contains(floor).doesNotContain(team);
    assertThat(found("Users", "groups[type eq 'indirect']")).contains(ada);
    assertThat(bridge.pbx().members(bridge.pbx().groups("Floor").getFirst())).hasSize(1);
  }

  private static List<String> found(String type, String filter) {
    var text = URLEncoder.encode(filter.replace('\'', '"'), StandardCharsets.UTF_8);
    var query = "/" + type + "?filter=" + text;
    return all(scim.get(query).is(200).json().path("Resources"), "id");
  }

  @Test
  void theSchemaSaysSo() {
    var group = scim.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group").json();

    var reference =
        group.findValues("referenceTypes").stream().filter(it -> it.size() == 2).findFirst();
    assertThat(reference.orElseThrow().toString()).contains("User", "Group");
  }

  @Test
  void aBulkClosesNoCircle() {
    var answers =
        Bulk.of(
                post("one", "/Groups", "{'displayName':'B1','members':[{'value':'bulkId:two'}]}"),
                post("two", "/Groups", "{'displayName':'B2'}"),
                patch(
                    "/Groups/bulkId:two",
                    "{'op':'add','path':'members','value':[{'value':'bulkId:one'}]}"))
            .sendTo(bridge);

    assertThat(Bulk.statuses(answers)).containsExactly("201", "201", "400");
  }

  @Test
  void oneMoreInAnInnerGroupIsOneCallForEachGroup() {
    var inner = scim.createGroup("Inner").id();
    scim.createGroup("Outer", inner).is(201);
    var bob = scim.createUser("bob@corp.example").id();

    var calls = bridge.callsDuring(() -> scim.addMembers(inner, bob).isDone());

    assertThat(calls)
        .hasSize(2)
        .allMatch(call -> call.matches("POST /api/groups/[^/]+/members/[0-9]+"));
  }
}
