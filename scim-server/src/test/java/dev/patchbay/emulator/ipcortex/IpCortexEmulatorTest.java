package dev.patchbay.emulator.ipcortex;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.patchbay.emulator.RecordedCall;
import dev.patchbay.emulator.ipcortex.Undocumented.Counts;
import dev.patchbay.emulator.ipcortex.Undocumented.Empty;
import dev.patchbay.emulator.ipcortex.Undocumented.Ended;
import dev.patchbay.emulator.ipcortex.Undocumented.KeyPlace;
import dev.patchbay.emulator.ipcortex.Undocumented.Names;
import dev.patchbay.emulator.ipcortex.Undocumented.Nobody;
import dev.patchbay.emulator.ipcortex.Undocumented.Reach;
import dev.patchbay.pbx.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class IpCortexEmulatorTest {
  private static final String SECRET = "Orange-4-Teapot";
  private static final String ANNA = "{'uname':'anna','owned_extension':'1001','password':'x'}";

  private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private IpCortexEmulator pbx;
  private OpsClient client;

  @BeforeEach
  void start() throws IOException {
    restart(it -> it);
  }

  @AfterEach
  void stop() {
    pbx.close();
  }

  private void restart(UnaryOperator<IpCortexEmulatorOptions> change) throws IOException {
    if (pbx != null) {
      pbx.close();
    }
    pbx =
        IpCortexEmulator.start(
            change.apply(IpCortexEmulatorOptions.defaults(clock).withSecret(SECRET)));
    client = OpsClient.of(pbx).as("bridge", SECRET);
  }

  private void with(UnaryOperator<Undocumented> change) throws IOException {
    restart(it -> it.with(change.apply(it.undocumented())));
  }

  @Test
  void aSignInGivesASessionAndSaysWhatTheAccountMay() {
    var user = client.logIn("bridge", SECRET).body().path("user");

    assertThat(user.path("login").textValue()).isEqualTo("bridge");
    assertThat(user.path("company").textValue()).isEqualTo("acme");
    assertThat(user.path("perms").path("System-Admin").textValue()).isEqualTo("yes");
    assertThat(user.path("session").textValue()).isEqualTo(client.session().orElseThrow());
  }

  @Test
  void nobodySignsInWithAnotherPassword() {
    assertThat(client.logIn("bridge", "wrong").body().path("result").textValue()).isEqualTo("fail");
    assertThat(OpsClient.of(pbx).ops("read", "'scope':{'uname':'a'}").success()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAIL 200", "UNAUTHORIZED 401", "FORBIDDEN 403"})
  void aSessionEnds(String ended) throws IOException {
    String[] answer = ended.split(" ", 2);
    with(it -> it.with(Ended.valueOf(answer[0])));
    clock.advance(Duration.ofMinutes(31));

    var late = client.ops("read", "'scope':{'uname':'a'}");

    assertThat(late.success()).isFalse();
    assertThat(late.status()).isEqualTo(Integer.parseInt(answer[1]));
  }

  @Test
  void aSessionEndsByLoggingOut() {
    client.post("/rest/auth/logout", "{'auth':{'type':'auth'}}");

    assertThat(client.ops("read", "'scope':{'uname':'a'}").success()).isFalse();
  }

  @Test
  void aKeyLetsInWithoutASession() throws IOException {
    String key = ",'auth':{'type':'auth','subtype':'key','token':'" + SECRET + "'}";
    var stranger = OpsClient.of(pbx);

    assertThat(stranger.ops("read", "'scope':{'uname':'a'}" + key).success()).isTrue();
    assertThat(stranger.ops("read", "'scope':{'uname':'a'}" + key.replace("T", "t")).success())
        .isFalse();
    with(it -> it.with(KeyPlace.BEARER));
    assertThat(OpsClient.of(pbx).ops("read", "'scope':{'uname':'a'}" + key).success()).isFalse();
  }

  @Test
  void aCreateAnswersKeyAndName() {
    var made = client.ops("create", "'values':" + ANNA);

    assertThat(made.values().path("contact_id").isIntegralNumber()).isTrue();
    assertThat(made.values().path("uname").textValue()).isEqualTo("anna");
    assertThat(made.body().path("result").textValue()).isEqualTo("success");
  }

  @Test
  void readsShowTheColumnsAskedForAndTheRolesNameWithItsId() {
    long anna = client.create(ANNA);

    var some =
        client.ops("read", "'scope':{'contact_id':" + anna + "},'columns':['uname','roleid']");

    assertThat(some.values().path(0))
        .hasToString("{\"uname\":\"anna\",\"roleid\":3,\"rolename\":\"user\"}");
    assertThat(client.read(anna).path("company").textValue()).isEqualTo("acme");
    assertThat(client.read(anna).toString()).doesNotContain("password", "pwhash");
  }

  @Test
  void everyMemberOfAScopeMustMatch() {
    client.create(ANNA);

    assertThat(client.ops("read", "'scope':{'uname':'anna','owned_extension':'1001'}").rows())
        .isEqualTo(1);
    var none = client.ops("read", "'scope':{'uname':'anna','owned_extension':'1002'}");
    assertThat(none.success()).isTrue();
    assertThat(none.body()).hasToString("{\"result\":\"success\",\"values\":[],\"numrows\":0}");
  }

  @Test
  void nullLeavesAColumnAndAnEmptyTextClearsIt() throws IOException {
    long anna = client.create("{'uname':'anna','email':'anna@example.com'}");
    String scope = "'scope':{'contact_id':" + anna + "},'values':";

    client.ops("update", scope + "{'email':null}");
    assertThat(client.read(anna).path("email").textValue()).isEqualTo("anna@example.com");

    client.ops("update", scope + "{'email':''}");
    assertThat(client.read(anna).path("email").isNull()).isTrue();
    with(it -> it.with(Empty.KEEPS));
    long ada = client.create("{'uname':'ada','email':'ada@example.com'}");
    client.ops("update", "'scope':{'contact_id':" + ada + "},'values':{'email':''}");
    assertThat(client.read(ada).path("email").textValue()).isEqualTo("ada@example.com");
  }

  @Test
  void theCompanyIsFixedAtCreateAndAChangeIsIgnored() {
    long anna = client.create("{'uname':'anna','company':'other'}");

    var changed =
        client.ops("update", "'scope':{'contact_id':" + anna + "},'values':{'company':'acme'}");

    assertThat(changed.success()).isTrue();
    assertThat(client.read(anna).path("company").textValue()).isEqualTo("other");
  }

  @Test
  void aRoleIsGivenByIdOrByShortName() {
    long anna = client.create("{'uname':'anna','roleid':5}");
    String scope = "'scope':{'contact_id':" + anna + "},'values':";

    assertThat(client.read(anna).path("rolename").textValue()).isEqualTo("manager");
    client.ops("update", scope + "{'roleid':'suspended'}");
    assertThat(client.read(anna).path("roleid").intValue()).isEqualTo(9);
    assertThat(client.ops("update", scope + "{'roleid':'Suspended'}").success()).isFalse();
    assertThat(client.ops("update", scope + "{'roleid':77}").success()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'uname':'a b'}",
        "{'uname':'anna'}",
        "{'uname':'bridge'}",
        "{'uname':'b','owned_extension':'1001'}",
        "{'uname':'b','can_webrtc':4}",
        "{'uname':'b','can_hotdesk':'maybe'}",
        "{'uname':'b','vacation_mode':'sometimes'}",
        "{'uname':'b','company':'no such!'}",
        "{'uname':'b','pwhash':'no hash'}",
        "{'uname':'b','password':'x','pwhash':'$2y$10$"
            + "wHn6pQ4yqQm1b8m2n2n2nOqQm1b8m2n2n2nOqQm1b8m2n2n2nOqQm'}"
      })
  void aCreateIsRefused(String values) throws IOException {
    client.create(ANNA);

    assertThat(client.ops("create", "'values':" + values).body().path("result").textValue())
        .isEqualTo("fail");
    assertThat(client.ops("read", "'columns':['uname']").rows()).isEqualTo(1);
    with(it -> it.withFailStatus(400));
    assertThat(client.ops("create", "'values':{}").status()).isEqualTo(400);
  }

  @Test
  void aNameMayBeHeldToACompanysCharacters() throws IOException {
    assertThat(client.create("{'uname':'anna','name':'Änna'}")).isPositive();
    with(it -> it.with(Names.COMPANY));
    assertThat(client.create("{'uname':'anna','name':'Änna'}")).isZero();
    assertThat(client.create("{'uname':'anna','name':'Anna Berg'}")).isPositive();
  }

  @Test
  void numrowsCountsTheUsersInScope() throws IOException {
    long anna = client.create(ANNA);
    String update = "'scope':{'contact_id':" + anna + "},'values':{'name':'Anna'}";

    assertThat(client.ops("update", update).rows()).isEqualTo(1);
    assertThat(client.ops("update", update).rows()).isEqualTo(1);
    assertThat(client.ops("delete", "'scope':{'uname':'anna'}").rows()).isEqualTo(1);
    assertThat(client.ops("delete", "'scope':{'uname':'anna'}").rows()).isZero();
    with(it -> it.with(Counts.CHANGED).with(Nobody.FAIL));
    long again = client.create(ANNA);
    String same = update.replace(String.valueOf(anna), String.valueOf(again));
    assertThat(client.ops("update", same).rows()).isEqualTo(1);
    assertThat(client.ops("update", same).rows()).isZero();
    assertThat(client.ops("delete", "'scope':{'uname':'nobody'}").success()).isFalse();
  }

  @Test
  void aCallWithoutAScopeIsAboutEverybody() {
    client.create(ANNA);
    client.create("{'uname':'ada'}");

    assertThat(client.ops("read", "'columns':['uname']").rows()).isEqualTo(2);
    assertThat(client.ops("delete", "'order':[]").rows()).isEqualTo(2);
  }

  @Test
  void aBodyThatCannotBeReadIsTakenAsAnEmptyOne() {
    client.create(ANNA);

    assertThat(client.post("/rest/ops/read/user", "not JSON").rows()).isEqualTo(1);
    assertThat(client.post("/rest/ops/read/", "not JSON").success()).isFalse();
  }

  @Test
  void whoHasNoRightsIsSilentlyIgnoredInMostColumns() throws IOException {
    restart(it -> it.with(Account.Right.NONE).with(it.undocumented().with(Reach.EVERYBODY)));
    var admin = plantAnna();

    var changed =
        client.ops(
            "update",
            "'scope':{'uname':'anna'},'values':{'name':'Anna','uname':'b','roleid':'manager'}");

    assertThat(changed.success()).isTrue();
    assertThat(changed.rows()).isEqualTo(1);
    assertThat(admin.path("uname").textValue()).isEqualTo("anna");
    var after = client.ops("read", "'scope':{'uname':'anna'}").values().path(0);
    assertThat(after.path("name").textValue()).isEqualTo("Anna");
    assertThat(after.path("rolename").textValue()).isEqualTo("user");
    assertThat(client.create("{'uname':'c'}")).isZero();
    assertThat(client.ops("delete", "'scope':{'uname':'anna'}").success()).isFalse();
    assertThat(
            client.ops("setpass", "'scope':{'uname':'anna'},'values':{'password':'y'}").success())
        .isFalse();
  }

  /** Made by nobody who calls: the control API. */
  private com.fasterxml.jackson.databind.JsonNode plantAnna() {
    assertThat(client.post("/_emulator/users", ANNA).status()).isEqualTo(201);
    return client.ops("read", "'scope':{'uname':'anna'}").values().path(0);
  }

  @Test
  void whoHasNoRightsDoesNotReachOthers() throws IOException {
    restart(it -> it.with(Account.Right.NONE));
    assertThat(client.post("/_emulator/users", ANNA).status()).isEqualTo(201);

    assertThat(client.ops("read", "'scope':{'uname':'anna'}").success()).isFalse();
    assertThat(client.ops("update", "'scope':{'uname':'anna'},'values':{'name':'Anna'}").success())
        .isFalse();
    assertThat(client.ops("read", "'scope':{'uname':'nobody'}").success()).isTrue();
  }

  @Test
  void aCompanysAdministratorSeesItsOwnCompanyOnly() throws IOException {
    restart(it -> it.with(Account.Right.COMPANY_ADMIN));
    client.create(ANNA);

    assertThat(client.create("{'uname':'b','company':'other'}")).isZero();
    assertThat(client.post("/_emulator/users", "{'uname':'c','company':'other'}").status())
        .isEqualTo(201);
    assertThat(client.ops("read", "'columns':['uname']").rows()).isEqualTo(1);
    assertThat(client.logIn("bridge", SECRET).body().path("user").path("perms"))
        .hasToString("{\"Company-Admin\":\"company\"}");
  }

  @Test
  void usersSignInByPasswordOrHashUntilTheirRoleForbidsIt() {
    String hash = BCrypt.withDefaults().hashToString(4, "Blue-7".toCharArray());
    long anna = client.create("{'uname':'anna','pwhash':'" + hash + "'}");
    String scope = "'scope':{'contact_id':" + anna + "},'values':";

    assertThat(client.logIn("anna", "Blue-7").success()).isTrue();
    client.ops("setpass", scope + "{'password':'Red-5'}");
    assertThat(client.logIn("anna", "Blue-7").success()).isFalse();
    assertThat(client.logIn("anna", "Red-5").success()).isTrue();
    client.ops("update", scope + "{'roleid':9}");
    assertThat(client.logIn("anna", "Red-5").success()).isFalse();
  }

  @Test
  void theLogListsCallsWithoutSecretsAndNoSignIns() {
    client.create(ANNA);

    assertThat(pbx.calls().lines()).containsExactly("POST /rest/ops/create/");
    assertThat(pbx.calls().calls())
        .extracting(RecordedCall::body)
        .first()
        .asString()
        .contains("\"password\":\"***\"");
  }

  @Test
  void whatItKeepsSurvivesARestart(@org.junit.jupiter.api.io.TempDir java.nio.file.Path directory)
      throws IOException {
    restart(it -> it.with(it.place().withData(directory)));
    long anna = client.create(ANNA);

    restart(it -> it.with(it.place().withData(directory)));

    assertThat(client.read(anna).path("uname").textValue()).isEqualTo("anna");
    assertThat(Optional.of(directory.resolve("ipcortex.db")))
        .get()
        .satisfies(file -> assertThat(file).exists());
  }
}
