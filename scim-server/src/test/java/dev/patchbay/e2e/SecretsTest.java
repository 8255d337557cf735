package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What was secret when it came in is nowhere to be read afterwards. */
class SecretsTest {
  private static final String PASSWORD = "Tr1cky!pass";
  private static final String SIP_PASSWORD = "Sip3word!xy";
  private static final String PIN = "73915846";
  private static final String PBX_URN = RunningBridge.PBX_URN;

  @TempDir private Path directory;

  private final List<Answer> answers = new ArrayList<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private RunningBridge bridge;
  private Level usual = Level.OFF;

  @BeforeEach
  void start() {
    listen();
    bridge = RunningBridge.in(directory);
  }

  @AfterEach
  void stop() {
    bridge.close();
    ours().detachAndStopAllAppenders();
    ours().setLevel(usual);
    ours().setAdditive(true);
  }

  private static Logger ours() {
    return (Logger) LoggerFactory.getLogger("dev.patchbay");
  }

  /** Everything there is to be logged, with stack traces. */
  private void listen() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%level %logger %msg %mdc %kvp%n%ex{full}");
    encoder.start();
    var lines = new OutputStreamAppender<ILoggingEvent>();
    lines.setContext(context);
    lines.setEncoder(encoder);
    lines.setOutputStream(log);
    lines.start();
    ours().addAppender(lines);
    usual = ours().getLevel();
    ours().setLevel(Level.TRACE);
    ours().setAdditive(false);
  }

  private Answer told(Answer answer) {
    answers.add(answer);
    return answer;
  }

  @Test
  void ofACreate() throws IOException {
    told(create()).is(201);
    told(bridge.scim().get("/Users"));

    assertThat(log.size()).as("what is logged is seen here").isPositive();
    assertNowhere(PASSWORD, SIP_PASSWORD, PIN);
  }

  @Test
  void ofACreateWhoseAnswerIsLost() throws IOException {
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", "/api/users", new Fault.DropAfterCommit()).times(1));

    told(create()).isRetry(503);

    assertThat(bridge.openWork()).isNotEmpty();
    assertNowhere(PASSWORD, SIP_PASSWORD, PIN);
  }

  @Test
  void ofACreateThatIsRefused() throws IOException {
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", "/api/users", new Fault.Status(400)).times(1));

    told(create()).isError(400, "invalidValue");

    assertNowhere(PASSWORD, SIP_PASSWORD, PIN);
  }

  @Test
  void ofAChange() throws IOException {
    var ada = told(bridge.scim().createUser("ada@corp.example")).id();

    told(changeSecrets(ada)).is(200);

    assertNowhere(PASSWORD, SIP_PASSWORD, PIN);
  }

  @Test
  void ofAChangeThatIsLostHalfway() throws IOException {
    var ada = told(bridge.scim().createUser("ada@corp.example")).id();
    for (String call : List.of("/password", "/extension_password", "")) {
      bridge
          .emulator()
          .faults()
          .replace(FaultRule.on("POST", "/api/users/[^/]+" + call, new Fault.Reset()).times(1));
      told(changeSecrets(ada)).isRetry(503);
      told(bridge.scim().get("/Users/" + ada)).is(200);
    }

    assertNowhere(PASSWORD, SIP_PASSWORD, PIN);
  }

  @Test
  void ofAChangeThatIsRefused() throws IOException {
    var ada = told(bridge.scim().createUser("ada@corp.example")).id();
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", "/api/users/.+", new Fault.Status(400)));

    told(changeSecrets(ada)).isError(400, "invalidValue");

    assertNowhere(PASSWORD, SIP_PASSWORD, PIN);
  }

  @Test
  void ofWhatIsNoPassword() throws IOException {
    var ada = told(bridge.scim().createUser("ada@corp.example")).id();
    var tooLong = PASSWORD.repeat(10);

    told(setPassword(ada, "'%s'".formatted(tooLong))).isError(400, "invalidValue");
    told(setPassword(ada, "{'value':'%s'}".formatted(PASSWORD))).isError(400, "invalidValue");
    told(setPassword(ada, "['%s','%s']".formatted(PASSWORD, PASSWORD)))
        .isError(400, "invalidValue");

    assertNowhere(PASSWORD);
  }

  @Test
  void ofABodyThatIsNoJson() throws IOException {
    told(bridge.scim().post("/Users", "{'password':'%s'".formatted(PASSWORD)))
        .isError(400, "invalidSyntax");
    told(bridge.scim().post("/Users", "{'password':%s}".formatted(PASSWORD)))
        .isError(400, "invalidSyntax");
    told(bridge.scim().post("/Users", PASSWORD)).isError(400, "invalidSyntax");

    assertNowhere(PASSWORD);
  }

  @Test
  void ofABulk() throws IOException {
    var data = "{'userName':'%s','password':'%s','active':%s}";
    var bulk =
        Bulk.of(
            Bulk.post("a", "/Users", data.formatted("ada", PASSWORD, "true")),
            Bulk.post("b", "/Users", data.formatted("bob", PASSWORD, "'perhaps'")),
            Bulk.post("c", "/Users", data.formatted("cyd", PASSWORD, "true")),
            "{'method':'PUT','path':'/Users/%1$s','data':'%1$s'}".formatted("x"));
    bridge
        .emulator()
        .faults()
        .replace(FaultRule.on("POST", "/api/users", new Fault.DropAfterCommit()).times(1));

    told(bulk.sent(bridge)).is(200);

    assertNowhere(PASSWORD);
  }

  @Test
  void ofAnAccessToken() throws IOException {
    bridge.close();
    try (var issuer = TokenIssuer.start()) {
      bridge =
          RunningBridge.with(
              directory,
              "jwt: { issuer: \"%s\", audience: patchbay-office }".formatted(issuer.url()));
      var good = issuer.token("scim.write");
      var bad = issuer.signed(TokenIssuer.newKey(), it -> it);

      told(bridge.scim().with("Authorization", "Bearer " + good).createUser("ada")).is(201);
      told(bridge.scim().with("Authorization", "Bearer " + bad).get("/Users")).isError(401);

      assertNowhere(good, bad, good.split("\\.", -1)[2], bad.split("\\.", -1)[1]);
    }
  }

  @Test
  void ofASearch() throws IOException {
    told(bridge.scim().list("Users", "password eq \"%s\"".formatted(PASSWORD)))
        .isError(403, "sensitive");

    assertNowhere(PASSWORD);
  }

  @Test
  void ofASenderNobodyKnows() throws IOException {
    var guess = "pb_Guessed-token-0123456789";

    told(bridge.scim().with("Authorization", "Bearer " + guess).get("/Users")).isError(401);
    told(bridge.intruder().get("/Users")).isError(401);

    assertNowhere(guess);
  }

  @Test
  void thatWasGeneratedHere() throws IOException {
    told(bridge.scim().createUser("ada@corp.example")).is(201);

    JsonNode ada = bridge.pbx().user("ada");
    var pin = bridge.pbx().read("/api/users/" + ada.path("id").asText()).path("voicemail_pin");
    assertThat(pin.asText()).matches("[0-9]{6,10}");
    assertNowhere(pin.asText());
  }

  private Answer create() {
    return bridge
        .scim()
        .createUser(
            "ada@corp.example",
            "'password':'%s','%s':{'extensionPassword':'%s','voicemailPin':'%s'}"
                .formatted(PASSWORD, PBX_URN, SIP_PASSWORD, PIN));
  }

  private Answer changeSecrets(String user) {
    return bridge
        .scim()
        .patch(
            "/Users/" + user,
            """
            {'op':'replace','path':'password','value':'%s'},
            {'op':'replace','value':{'%s':{'extensionPassword':'%s','voicemailPin':'%s'}}}
            """
                .formatted(PASSWORD, PBX_URN, SIP_PASSWORD, PIN));
  }

  private Answer setPassword(String user, String value) {
    return bridge
        .scim()
        .patch("/Users/" + user, "{'op':'replace','path':'password','value':%s}".formatted(value));
  }

  /** Not in an answer, the log, the list of calls or the store's files; nor are our tokens. */
  private void assertNowhere(String... secrets) throws IOException {
    var all = new ArrayList<>(List.of(secrets));
    all.addAll(RunningBridge.tokens());
    for (String secret : all) {
      assertThat(answers)
          .allSatisfy(answer -> assertThat(everything(answer)).doesNotContain(secret));
      assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(secret);
      assertThat(bridge.emulator().calls().calls().toString()).doesNotContain(secret);
    }
    assertNotStored(all);
  }

  private static String everything(Answer answer) {
    return answer.headers().map() + answer.text();
  }

  private void assertNotStored(List<String> secrets) throws IOException {
    try (var files = Files.walk(bridge.files())) {
      List<Path> stored = files.filter(Files::isRegularFile).toList();
      assertThat(stored).isNotEmpty();
      for (Path file : stored) {
        // One character for each byte: what is ASCII is found whatever stands around it.
        var bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(secrets).as(file.toString()).noneMatch(bytes::contains);
      }
    }
  }
}
