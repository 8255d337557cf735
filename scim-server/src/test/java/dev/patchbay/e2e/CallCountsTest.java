package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** How many calls the PBX gets for each kind of request, and which. */
@OnEachStore
@TestInstance(Lifecycle.PER_CLASS)
class CallCountsTest {
  @Parameter TestStore store; // JUnit wants one; it is set only after start
  private RunningBridge bridge;
  private ScimClient scim;

  @BeforeParameterizedClassInvocation
  void start(TestStore store, @TempDir Path directory) {
    bridge = RunningBridge.on(store, directory);
    scim = bridge.scim();
    // What is read once and kept is read with the first user: roles and password policy.
    scim.createUser("first@corp.example").is(201);
  }

  @AfterEach
  void tidy() {
    bridge.empty();
  }

  @AfterParameterizedClassInvocation
  void stop() {
    bridge.close();
  }

  @Test
  void aCreateIsOneCall() {
    var calls = bridge.callsDuring(() -> scim.createUser("ada@corp.example").is(201));

    assertThat(calls).containsExactly("POST /api/users");
  }

  @Test
  void aCreateWithEverythingIsOneCall() {
    var calls =
        bridge.callsDuring(
            () ->
                scim.createUser(
                        "ada@corp.example",
                        """
                        'active':false, 'displayName':'Ada', 'password':'S3cret!pass',
                        'roles':[{'value':'QueueManager'}],
                        'emails':[{'type':'work','value':'ada@corp.example'}],
                        'phoneNumbers':[{'type':'mobile','value':'+4930100100'}],
                        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':
                            {'department':'Sales'},
                        'urn:ietf:params:scim:schemas:extension:pbx:2.0:User':
                            {'extensionNumber':'1500','voicemailPin':'739158'}
                        """)
                    .is(201));

    assertThat(calls).containsExactly("POST /api/users");
  }

  @Test
  void settingsOfAPhoneAccountAreOneUpdateAndPartOfACreate() {
    var created =
        bridge.callsDuring(() -> scim.createUser("ada@corp.example", settings("false")).is(201));
    var ada = scim.list("Users", "userName%20eq%20%22ada@corp.example%22").at("/Resources/0/id");
    var changed =
        bridge.callsDuring(
            () ->
                scim.patch(
                        "/Users/" + ada,
                        "{'op':'add','value':{'displayName':'Ada'," + settings("true") + "}}")
                    .is(200));
    var same =
        bridge.callsDuring(
            () ->
                scim.patch("/Users/" + ada, "{'op':'add','value':{" + settings("true") + "}}")
                    .is(200));

    assertThat(created).containsExactly("POST /api/users");
    assertThat(changed).hasSize(2).last().asString().startsWith("POST /api/users/");
    assertThat(same).isEmpty();
    assertThat(scim.get("/Users/" + ada).text()).contains("\"notifyByEmail\":true");
  }

  private static String settings(String flag) {
    return """
    'urn:ietf:params:scim:schemas:extension:pbx:2.0:User': {
        'recordAudio': FLAG, 'doNotDisturb': FLAG,
        'voicemail': {'notifyByEmail': FLAG, 'promptLanguage': 'de-DE'},
        'outboundCallerIds': [{'provider': 'T1', 'value': '+49301', 'preferred': FLAG}],
        'officeHours': [{'day': 'monday', 'from': '09:00', 'to': '17:00'}],
        'forwarding': [{'type': 'busy.office', 'action': 'FORWARD_TO_VOICEMAIL'}]},
    'urn:ietf:params:scim:schemas:extension:portsip:2.0:User': {
        'sms': 'ALLOW', 'anonymousOutbound': FLAG}
    """
        .replace("FLAG", flag);
  }

  @Test
  void aRefusedDuplicateIsNoCall() {
    scim.createUser("ada@corp.example").is(201);

    var calls =
        bridge.callsDuring(() -> scim.createUser("ADA@corp.example").isError(409, "uniqueness"));

    assertThat(calls).isEmpty();
  }

  @Test
  void aPatchThePbxCannotSeeIsNoCall() {
    var ada = scim.createUser("ada@corp.example").id();

    var calls =
        bridge.callsDuring(
            () ->
                scim.patch(
                        "/Users/" + ada,
                        "{'op':'replace','value':{'title':'Countess','nickName':'Al'}}")
                    .is(200));

    assertThat(calls).isEmpty();
    assertThat(scim.get("/Users/" + ada).at("/title")).isEqualTo("Countess");
  }

  @Test
  void aPutOfWhatIsThereIsNoCall() {
    var created = scim.createUser("ada@corp.example", "'displayName':'Ada'");

    var calls =
        bridge.callsDuring(
            () -> scim.sendAsIs("PUT", "/Users/" + created.id(), created.text()).is(200));

    assertThat(calls).isEmpty();
  }

  @Test
  void aRenameOfTheUserNameIsNoCall() {
    var ada = scim.createUser("ada@corp.example", "'displayName':'Ada'").id();

    var calls =
        bridge.callsDuring(
            () ->
                scim.patch(
                        "/Users/" + ada,
                        "{'op':'replace','path':'userName','value':'ada@new.example'}")
                    .is(200));

    // Without an address of its own the user name is the PBX's e-mail too.
    assertThat(calls).hasSizeLessThanOrEqualTo(2);
    assertThat(bridge.pbx().user("ada").path("name").asText()).isEqualTo("ada");
  }

  @Test
  void aProfileChangeIsTwoCallsAtMostHoweverManyFields() {
    var ada = scim.createUser("ada@corp.example").id();

    var calls =
        bridge.callsDuring(
            () ->
                scim.patch(
                        "/Users/" + ada,
                        """
                        {'op':'replace','value':{'displayName':'Ada Lovelace',
                          'emails':[{'type':'work','value':'al@corp.example'}],
                          'phoneNumbers':[{'type':'work','value':'5551'}],
                          'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':
                              {'department':'Research'}}}
                        """)
                    .is(200));

    assertThat(writes(calls)).hasSize(1);
    assertThat(calls).hasSizeLessThanOrEqualTo(2);
    assertThat(bridge.pbx().user("ada").path("department").asText()).isEqualTo("Research");
  }

  @Test
  void aRoleIsOneCall() {
    var ada = scim.createUser("ada@corp.example").id();

    var calls =
        bridge.callsDuring(
            () ->
                scim.patch(
                        "/Users/" + ada,
                        "{'op':'replace','path':'roles','value':[{'value':'QueueManager'}]}")
                    .is(200));

    assertThat(calls).singleElement().asString().matches("POST /api/users/[^/]+/role");
    assertThat(bridge.pbx().user("ada").path("role").asText()).isEqualTo("QueueManager");
  }

  @Test
  void aPasswordIsOneCall() {
    var ada = scim.createUser("ada@corp.example").id();

    var calls =
        bridge.callsDuring(
            () ->
                scim.patch(
                        "/Users/" + ada, "{'op':'replace','path':'password','value':'An0ther!one'}")
                    .is(200));

    assertThat(calls).singleElement().asString().matches("POST /api/users/[^/]+/password");
  }

  @Test
  void aDeactivationIsTwoCallsAtMost() {
    var ada = scim.createUser("ada@corp.example").id();

    var calls =
        bridge.callsDuring(
            () ->
                scim.patch("/Users/" + ada, "{'op':'replace','path':'active','value':false}")
                    .is(200));

    assertThat(writes(calls)).hasSize(1);
    assertThat(calls).hasSizeLessThanOrEqualTo(2);
    assertThat(bridge.pbx().user("ada").path("enabled").asBoolean(true)).isFalse();
  }

  @Test
  void aDeleteIsOneCall() {
    var ada = scim.createUser("ada@corp.example").id();

    var calls = bridge.callsDuring(() -> scim.delete("/Users/" + ada).is(204));

    assertThat(calls).singleElement().asString().matches("POST /api/users/[^/]+/destroy");
    assertThat(bridge.pbx().users("ada")).isEmpty();
  }

  @Test
  void aGroupIsOneCallAndOneForEachMember() {
    String[] users = users(5);

    var calls = bridge.callsDuring(() -> scim.createGroup("Sales", users).is(201));

    assertThat(calls.getFirst()).isEqualTo("POST /api/groups");
    assertThat(calls.subList(1, calls.size()))
        .hasSize(5)
        .doesNotHaveDuplicates()
        .allMatch(call -> call.matches("POST /api/groups/[^/]+/members/[0-9]+"));
    bridge.assertBothSidesAgree();
  }

  @Test
  void oneMoreMemberIsOneCall() {
    var group = scim.createGroup("Sales", users(3)).id();
    var ada = scim.createUser("ada@corp.example").id();

    var calls = bridge.callsDuring(() -> scim.addMembers(group, ada).isDone());

    assertThat(calls).singleElement().asString().matches("POST /api/groups/[^/]+/members/[0-9]+");
    bridge.assertBothSidesAgree();
  }

  @Test
  void aMemberThatIsInAlreadyIsNoCall() {
    String[] users = users(2);
    var group = scim.createGroup("Sales", users).id();

    var calls = bridge.callsDuring(() -> scim.addMembers(group, users[0]).isDone());

    assertThat(calls).isEmpty();
  }

  @Test
  void aMemberLessIsOneCall() {
    String[] users = users(3);
    var group = scim.createGroup("Sales", users).id();

    var calls = bridge.callsDuring(() -> scim.removeMember(group, users[1]).isDone());

    assertThat(calls)
        .singleElement()
        .asString()
        .matches("POST /api/groups/[^/]+/members/[0-9]+/destroy");
    bridge.assertBothSidesAgree();
  }

  @Test
  void aPutOfMembersSendsOnlyWhatDiffers() {
    String[] users = users(4);
    var group = scim.createGroup("Sales", users[0], users[1], users[2]).id();

    var calls =
        bridge.callsDuring(
            () ->
                scim.put(
                        "/Groups/" + group,
                        "{'displayName':'Sales','members':[%s]}"
                            .formatted(ScimClient.references(users[1], users[2], users[3])))
                    .is(200));

    assertThat(calls).hasSize(2);
    bridge.assertBothSidesAgree();
  }

  @Test
  void anotherGroupNameIsTwoCallsAtMost() {
    var group = scim.createGroup("Sales", users(2)).id();

    var calls =
        bridge.callsDuring(
            () ->
                scim.patch(
                        "/Groups/" + group,
                        "{'op':'replace','path':'displayName','value':'Sales EMEA'}")
                    .isDone());

    assertThat(writes(calls)).hasSize(1);
    assertThat(calls).hasSizeLessThanOrEqualTo(2);
    bridge.assertBothSidesAgree();
  }

  @Test
  void aGroupGoesInOneCallMembersAndAll() {
    var group = scim.createGroup("Sales", users(3)).id();

    var calls = bridge.callsDuring(() -> scim.delete("/Groups/" + group).is(204));

    assertThat(calls).singleElement().asString().matches("POST /api/groups/[^/]+/destroy");
  }

  @Test
  void aReadIsNoCall() {
    var ada = scim.createUser("ada@corp.example").id();

    var calls =
        bridge.callsDuring(
            () -> {
              scim.get("/Users/" + ada).is(200);
              scim.get("/Users").is(200);
              scim.list("Users", "userName eq \"ada@corp.example\"").is(200);
            });

    assertThat(calls).isEmpty();
  }

  private String[] users(int count) {
    return Stream.iterate(1, n -> n + 1)
        .limit(count)
        .map(n -> scim.createUser("user" + n + "@corp.example").is(201).id())
        .toArray(String[]::new);
  }

  private static List<String> writes(List<String> calls) {
    return calls.stream().filter(call -> call.startsWith("POST ")).toList();
  }
}
