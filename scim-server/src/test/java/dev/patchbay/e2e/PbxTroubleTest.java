package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What may be wrong between bridge and PBX: everybody is told what it is, and a leaver is out once
 * it is right again.
 */
class PbxTroubleTest {
  private static final String STATIC = "token: env:PBX_TOKEN";
  private static final String SIGN_IN =
      "auth-style: signin, username: bridge, password: env:PBX_TOKEN, domain: DOMAIN";
  private static final String OAUTH =
      "auth-style: oauth, api-level: '22.0', username: bridge, password: env:PBX_TOKEN,"
          + " domain: DOMAIN";
  private static final String LEAVE = "{'op':'replace','path':'active','value':false}";

  @TempDir private static Path keys;
  private static Certificates certificates;

  @TempDir private Path folder;
  private TroubledPbx office;
  private String ada;

  @BeforeAll
  static void makeCertificates() throws IOException, InterruptedException {
    certificates = Certificates.in(keys);
  }

  private void open(String auth) throws IOException {
    office = new TroubledPbx(folder, certificates, auth);
    ada = office.scim().createUser("ada@corp.example").is(201).id();
    assertThat(office.works("ada")).isTrue();
  }

  @AfterEach
  void close() {
    office.close();
  }

  /**
   * @param words what an operator reads
   */
  record Trouble(
      String auth,
      Consumer<TroubledPbx> begins,
      Consumer<TroubledPbx> ends,
      String kind,
      String words) {
    @Override
    public String toString() {
      return words + " (" + auth.substring(0, 18) + ")";
    }
  }

  static Stream<Trouble> troubles() {
    Consumer<TroubledPbx> otherToken = it -> it.restartPbx("another-token-than-before-0");
    Consumer<TroubledPbx> formerToken =
        it -> {
          it.restartPbx(TroubledPbx.PBX_TOKEN);
          it.jump(Duration.ofSeconds(31)); // a refused sign-in is not tried again for 30 s
        };
    Consumer<TroubledPbx> goodCertificate = it -> it.show("good");
    var certificate = "certificate";
    return Stream.of(
        new Trouble(
            STATIC, otherToken, formerToken, "sign-in refused", "does not accept the token"),
        new Trouble(
            SIGN_IN, otherToken, formerToken, "sign-in refused", "refused the service account"),
        new Trouble(
            OAUTH, otherToken, formerToken, "sign-in refused", "refused the service account"),
        new Trouble(STATIC, it -> it.show("expired"), goodCertificate, certificate, "has expired"),
        new Trouble(
            STATIC,
            it -> it.show("elsewhere"),
            goodCertificate,
            certificate,
            "for another host name than base-url has"),
        new Trouble(
            STATIC,
            it -> it.show("stranger"),
            goodCertificate,
            certificate,
            "signed by nobody who is trusted here"),
        new Trouble(
            STATIC, TroubledPbx::cutOff, TroubledPbx::reconnect, "no answer", "no answer to"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void isToldAndALeaverIsOutOnceItIsOver(Trouble trouble) throws IOException {
    open(trouble.auth());
    trouble.begins().accept(office);

    var refused = office.scim().patch("/Users/" + ada, LEAVE);

    refused.isError(503);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
    var ready = office.ready().is(200);
    assertThat(ready.at("/status")).isEqualTo("degraded");
    assertThat(ready.at("/reasons/0")).isEqualTo(trouble.kind());
    assertThat(ready.text()).doesNotContain("office", "localhost");
    var last = office.item().path("lastTrouble");
    assertThat(last.path("kind").asText()).isEqualTo(trouble.kind());
    assertThat(last.path("reason").asText())
        .contains("pbx 'office'", trouble.words())
        .doesNotContain(TroubledPbx.PBX_TOKEN);
    assertThat(last.path("at").asText()).isNotEmpty();
    assertThat(office.works("ada")).isTrue();

    trouble.ends().accept(office);

    awaitOut();
    office.awaitState("up");
    assertThat(office.ready().at("/status")).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {SIGN_IN, OAUTH})
  void aSessionThatThePbxForgotIsOpenedAnewWithoutATrace(String auth) throws IOException {
    open(auth);
    office.restartPbx(TroubledPbx.PBX_TOKEN);

    office.scim().patch("/Users/" + ada, LEAVE).is(200);

    assertThat(office.works("ada")).isFalse();
    assertThat(office.ready().at("/status")).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-P1D", "-PT5M", "P1D"})
  void aClockThatIsSetAtNightKeepsNobodyIn(String jump) throws IOException {
    open(STATIC);
    office.cutOff();
    office.scim().patch("/Users/" + ada, LEAVE).isError(503);

    office.jump(Duration.parse(jump));
    office.reconnect();

    awaitOut();
  }

  @Test
  void norDoesOneThatIsSetBackWhileTheBridgeIsDown() throws IOException {
    open(STATIC);
    office.cutOff();
    office.scim().patch("/Users/" + ada, LEAVE).isError(503);

    office.jump(Duration.ofDays(-1));
    office.restartBridge();
    office.reconnect();

    awaitOut();
  }

  private void awaitOut() {
    await("the leaver to be out").atMost(Duration.ofSeconds(40)).until(() -> !office.works("ada"));
  }
}
