package dev.patchbay.pbx.xelion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.config.Section;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.AddMember;
import dev.patchbay.pbx.api.PbxCall.ChangeMembers;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.RemoveMember;
import dev.patchbay.pbx.api.PbxCall.UpdateGroup;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxSecrets;
import dev.patchbay.pbx.api.PbxService;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.ScriptedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sends what the vendor's pages show, and understands what they answer. */
@Timeout(30)
class XelionWireTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PbxRef ANNA = new PbxRef("2359255:1590002");
  private static final PbxRef GROUP = new PbxRef("2407745");
  private static final String LOGIN = vendor("login.response");
  private static final String MEMBERSHIP =
      "{\"object\":{\"oid\":\"2407745\",\"commonName\":\"Sithtroopers\",\"users\":[%s]}}";
  private static final String ACCOUNT =
      "{\"data\":[{\"object\":{\"oid\":\"2359255\",\"userName\":\"username\"}}]}";

  private final MovableClock clock = new MovableClock(Instant.parse("2017-03-09T10:00:00Z"));
  @TempDir private Path directory;

  private static String vendor(String file) {
    String path = "/vendor/xelion/" + file + ".json";
    try (var in = Objects.requireNonNull(XelionWireTest.class.getResourceAsStream(path), path)) {
      return JSON.readTree(in).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ScriptedServer answering(String... bodies) {
    return ScriptedServer.start(
        Stream.concat(Stream.of(LOGIN), Stream.of(bodies))
            .map(body -> ScriptedServer.json(200, body))
            .toArray(ScriptedServer.Turn[]::new));
  }

  private PbxAdapter open(ScriptedServer pbx, String more) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "hidden");
    String yaml =
        "base-url: " + pbx.uri() + "\nusername: bridge\npassword: file:" + secret + "\n" + more;
    return new XelionDialect().open("office", Section.of(yaml), clock, () -> 1);
  }

  private static void assertSent(String request, String line, String example) throws IOException {
    assertThat(request).startsWith(line + " HTTP");
    JsonNode sent = JSON.readTree(body(request));
    assertThat(sent).isEqualTo(JSON.readTree(vendor(example)));
  }

  private static String body(String request) {
    return request.substring(request.indexOf("\r\n\r\n") + 4);
  }

  private static PbxUser user(String displayName) {
    return new PbxUser(
        Map.of(
            PbxField.NAME, "username",
            PbxField.DISPLAY_NAME, displayName,
            PbxField.ENABLED, "true",
            PbxField.ROLE, "user"));
  }

  private static CreateUser create(String displayName) {
    var none = Secret.of("");
    return new CreateUser(user(displayName), new PbxSecrets(none, none, none));
  }

  @Test
  void logsInAndListsAsThePagesShow() throws IOException {
    try (var pbx = answering(vendor("list-users.response"));
        var adapter = open(pbx, "user-space: scim-bridge")) {
      var found = adapter.users().toList();

      String login = pbx.requests().getFirst();
      assertThat(login).startsWith("POST /api/v1/master/me/login HTTP");
      ObjectNode sent = (ObjectNode) JSON.readTree(body(login));
      var wanted = (ObjectNode) JSON.readTree(vendor("login.request"));
      assertThat(sent.remove("userSpace").asText()).startsWith("scim-bridge-");
      assertThat(sent).isEqualTo(wanted.without("userSpace"));
      assertThat(pbx.requests().get(1))
          .startsWith(
              "GET /api/v1/master/users?include=person,active,userName,userLicense,xccRole,lines");
      assertThat(found)
          .singleElement()
          .satisfies(
              user -> {
                assertThat(user.ref()).isEqualTo(ANNA);
                assertThat(user.value().get(PbxField.NAME)).hasValue("username");
                assertThat(user.value().get(PbxField.DISPLAY_NAME)).hasValue("Arnon Ron");
                assertThat(user.value().get(PbxField.LICENSED)).hasValue("true");
              });
    }
  }

  @Test
  void changesAnAccountByOnePatchInTheFormOfOtherResources() throws IOException {
    assertPatch(
        new UpdateUser(
            ANNA,
            user("Arnon Ron").with(PbxField.ENABLED, Optional.of("false")),
            Set.of(PbxField.ENABLED),
            Map.of()),
        "users/2359255",
        "deactivate-user.request",
        List.of());
    assertPatch(
        new UpdateUser(
            ANNA,
            user("Arnon Ron").with(PbxField.ROLE, Optional.of("manager")),
            Set.of(PbxField.ENABLED, PbxField.ROLE),
            Map.of(PbxSecret.PASSWORD, Secret.of("Blue-7-Kettle"))),
        "users/2359255",
        "change-user.request",
        List.of());
  }

  @Test
  void joinsALineInTheFormOfThePageUpdatePhoneLine() throws IOException {
    assertPatch(
        new ChangeMembers(PbxService.LINE.ref("1651218"), Set.of("username"), Set.of()),
        "phonelines/1651218",
        "join-line.request",
        List.of(MEMBERSHIP.formatted(""), ACCOUNT));
  }

  @Test
  void makesAPersonAsThePageCreateAddressableShows() throws IOException {
    try (var pbx =
            answering(vendor("create-addressable.response"), vendor("create-user.response"));
        var adapter = open(pbx, "")) {
      PbxRef ref = adapter.apply(create("Arnon Ron"));

      assertThat(ref).isEqualTo(new PbxRef("2359255:1590002"));
      assertSent(
          pbx.requests().get(1), "POST /api/v1/master/addressables", "create-addressable.request");
      assertThat(pbx.requests().get(1)).contains("Authorization: xelion 594459\r\n");
    }
  }

  @Test
  void makesAnAccountAsThePageCreateUserShows() throws IOException {
    String settings =
        """
        new-users:
          locale: 1556585
          lines: [ { oid: 1651218, name: Support } ]
          wallboards: [ 1651130 ]
        """;
    String person = "{\"object\":{\"oid\":\"1652537\",\"objectType\":\"Person\"}}";
    try (var pbx = answering(person, vendor("create-user.response"));
        var adapter = open(pbx, settings)) {
      PbxRef ref = adapter.apply(create("user"));

      assertThat(ref).isEqualTo(new PbxRef("2359255:1652537"));
      assertSent(pbx.requests().get(2), "POST /api/v1/master/users", "create-user.request");
    }
  }

  @Test
  void changesAPersonAsThePageWriteAddressableShows() throws IOException {
    var arnon = new PbxRef("2359255:1557367");
    var call = new UpdateUser(arnon, user("Arnon Ron"), Set.of(PbxField.WORK_PHONE), Map.of());
    try (var pbx = answering(vendor("write-addressable.read"), vendor("write-addressable.read"));
        var adapter = open(pbx, "")) {
      adapter.apply(call);

      assertSent(
          pbx.requests().get(2),
          "PUT /api/v1/master/addressables/1557367",
          "write-addressable.request");
    }
  }

  @Test
  void goesOnWithASessionAsThePageRenewShows() throws IOException {
    try (var pbx = answering(ACCOUNT, vendor("renew.response"), ACCOUNT);
        var adapter = open(pbx, "groups: none")) {
      var first = adapter.users().toList();
      clock.advance(Duration.ofMinutes(59).plusSeconds(30));

      assertThat(adapter.users().toList()).isEqualTo(first);

      assertSent(pbx.requests().get(2), "POST /api/v1/master/me/renew", "renew.request");
      assertThat(pbx.requests().get(2)).contains("Authorization: xelion 594459\r\n");
      assertThat(pbx.requests().get(3)).contains("Authorization: xelion 5944594058c3bb4b");
    }
  }

  @Test
  void renamesJoinsAndLeavesAsThePageUpdateUserGroupShows() throws IOException {
    String relation = "{\"oid\":\"2407751\",\"user\":{\"oid\":\"2359255\"}}";
    assertPatch(
        new UpdateGroup(GROUP, new PbxGroup("Sithtroopers Elite", Optional.empty())),
        "usergroups/2407745",
        "rename-user-group.request",
        List.of());
    assertPatch(
        new AddMember(GROUP, "username"),
        "usergroups/2407745",
        "join-user-group.request",
        List.of(MEMBERSHIP.formatted(""), ACCOUNT));
    assertPatch(
        new RemoveMember(GROUP, "username"),
        "usergroups/2407745",
        "leave-user-group.request",
        List.of(MEMBERSHIP.formatted(relation), ACCOUNT));
  }

  private void assertPatch(PbxCall call, String path, String example, List<String> before)
      throws IOException {
    var answers = Stream.concat(before.stream(), Stream.of("{}")).toArray(String[]::new);
    try (var pbx = answering(answers);
        var adapter = open(pbx, "")) {
      adapter.apply(call);

      assertSent(pbx.requests().getLast(), "PATCH /api/v1/master/" + path, example);
    }
  }
}
