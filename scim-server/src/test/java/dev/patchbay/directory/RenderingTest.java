package dev.patchbay.directory;

import static dev.patchbay.directory.DirectoryFixture.GROUPS;
import static dev.patchbay.directory.DirectoryFixture.NOW;
import static dev.patchbay.directory.DirectoryFixture.TENANT;
import static dev.patchbay.directory.DirectoryFixture.USERS;
import static dev.patchbay.directory.DirectoryFixture.query;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderingTest {
  private static final String BASE = "https://scim.example/office/scim/v2";

  @TempDir Path folder;
  private DirectoryFixture store;

  @BeforeEach
  void open() {
    store = DirectoryFixture.in(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void sendsTheStoredTextAndWhatIsKeptBesideIt() throws IOException {
    var ada = store.user("Ada \"ß\" 😀");
    var sales = store.group("Sales", ada);

    assertThat(text(user(ada), USERS, List.of(), List.of()))
        .isEqualTo(
            """
            {"id":"ADA","schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],\
            "userName":"Ada \\"ß\\" 😀","active":true,\
            "groups":[{"value":"SALES","$ref":"BASE/Groups/SALES","display":"Sales",\
            "type":"direct"}],\
            "meta":{"resourceType":"User","created":"2026-02-03T04:05:06.789Z",\
            "lastModified":"2026-02-03T04:05:06.789Z","version":"W/\\"1\\"",\
            "location":"BASE/Users/ADA"}}\
            """
                .replace("ADA", ada)
                .replace("SALES", sales)
                .replace("BASE", BASE));
  }

  @Test
  void showsMembersWithWhatTheyAreCalledNow() throws IOException {
    var ada = store.user("ada", it -> it.put("displayName", "Ada L."));
    var sales = group(store.group("Sales", ada));

    var members = render(sales, GROUPS).path("members");

    assertThat(members).hasSize(1);
    assertThat(members.path(0).toString())
        .isEqualTo(
            "{\"value\":\"ADA\",\"$ref\":\"BASE/Users/ADA\",\"type\":\"User\",\"display\":\"Ada L.\"}"
                .replace("ADA", ada)
                .replace("BASE", BASE));
  }

  @Test
  void leavesMembersOutWhenTheyAreNotWanted() throws IOException {
    var sales = group(store.group("Sales", store.user("ada")));

    assertThat(render(sales, GROUPS, List.of(), List.of("members")).has("members")).isFalse();
    assertThat(render(sales, GROUPS, List.of("displayName"), List.of()).properties())
        .extracting(it -> it.getKey())
        .containsExactly("id", "schemas", "displayName");
  }

  @Test
  void readsNoMembersWhenTheyAreNotWanted() {
    var rendering = rendering(GROUPS, List.of(), List.of("members"));

    assertThat(rendering.streams()).isFalse();
  }

  @Test
  void cutsMembersToTheSubAttributesThatAreWanted() throws IOException {
    var ada = store.user("ada");
    var sales = group(store.group("Sales", ada));

    assertThat(render(sales, GROUPS, List.of("members.value"), List.of()).path("members"))
        .hasToString("[{\"value\":\"" + ada + "\"}]");
  }

  @Test
  void showsAttributesOnRequestOnlyWhenAskedFor() throws IOException {
    var ada =
        user(
            store.user(
                "ada", it -> it.putObject(ResourceTypes.PBX_USER).put("extensionPool", "desk")));

    assertThat(render(ada, USERS).has(ResourceTypes.PBX_USER)).isFalse();
    var asked = List.of(ResourceTypes.PBX_USER + ":extensionPool", "pbxId");
    assertThat(render(ada, USERS, asked, List.of()).path(ResourceTypes.PBX_USER))
        .hasToString("{\"extensionPool\":\"desk\",\"pbxId\":\"pbx-ada\"}");
  }

  @Test
  void showsWhomAGroupWaitsFor() throws IOException {
    var sales = store.group("Sales");
    store.park(sales, "later", NOW.plus(Duration.ofDays(1)));

    var rendered = render(group(sales), GROUPS);

    assertThat(rendered.path(ResourceTypes.PBX_GROUP))
        .hasToString("{\"parkedMembers\":[{\"value\":\"later\"}]}");
    assertThat(rendered.path("schemas")).hasSize(2);
    assertThat(rendered.path("members").isArray()).isTrue();
  }

  @Test
  void writesAListWithOneQueryForAllGroups() throws IOException {
    var ada = store.user("ada");
    var bob = store.user("bob");
    store.group("Sales", ada);
    var page = store.directory().list(query(USERS, Optional.empty(), 1, 10));

    var out = new ByteArrayOutputStream();
    var users = rendering(USERS, List.of("groups.display"), List.of());
    new ListRendering(Map.of(EntryType.USER, users), Cursor::toString).write(page, out);
    var list = Json.parse(out.toString(UTF_8));

    assertThat(list.path("totalResults").intValue()).isEqualTo(2);
    assertThat(list.path("itemsPerPage").intValue()).isEqualTo(2);
    assertThat(list.path("startIndex").intValue()).isEqualTo(1);
    assertThat(list.path("Resources").path(0).path("groups"))
        .hasToString("[{\"display\":\"Sales\"}]");
    assertThat(list.path("Resources").path(1).path("id").asText()).isEqualTo(bob);
    assertThat(list.path("Resources").path(1).has("groups")).isFalse();
  }

  private Stored user(String id) {
    return store.directory().get(TENANT, EntryType.USER, id).orElseThrow();
  }

  private Stored group(String id) {
    return store.directory().get(TENANT, EntryType.GROUP, id).orElseThrow();
  }

  private ObjectNode render(Stored entry, ResourceType type) throws IOException {
    return render(entry, type, List.of(), List.of());
  }

  private ObjectNode render(
      Stored entry, ResourceType type, List<String> attributes, List<String> excluded)
      throws IOException {
    return Json.parse(text(entry, type, attributes, excluded));
  }

  private String text(
      Stored entry, ResourceType type, List<String> attributes, List<String> excluded)
      throws IOException {
    var out = new ByteArrayOutputStream();
    rendering(type, attributes, excluded).write(entry, out);
    return out.toString(UTF_8);
  }

  private Rendering rendering(ResourceType type, List<String> attributes, List<String> excluded) {
    return new ResourceRenderer(store.directory(), type)
        .rendering(Projection.of(type, attributes, excluded), BASE);
  }
}
