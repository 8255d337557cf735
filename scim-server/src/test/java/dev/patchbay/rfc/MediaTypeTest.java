package dev.patchbay.rfc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.8 and §8.1: which forms are read and written. */
@RfcTest
class MediaTypeTest {
  private final Scim scim;

  MediaTypeTest(Scim scim) {
    this.scim = scim;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/scim+json",
        "application/json",
        "application/scim+json; charset=utf-8",
        "application/json;charset=UTF-8",
        "application/json; charset=\"utf-8\"",
        "Application/SCIM+JSON",
        "application/scim+json ; profile=\"x;y\"",
        "application/json; odata=verbose"
      })
  @Section({"7644 §3.8", "7644 §8.1"})
  void readsJsonHoweverItIsNamed(String type) {
    var sender = scim.with("Content-Type", type);

    var made = sender.post("/Users", Scim.userBody(Scim.unique("type"))).is(201);

    var path = "/Users/" + made.id();
    sender.patch(path, "{'op':'add','path':'title','value':'Countess'}").isDone();
    sender.put(path, Scim.userBody(made.at("/userName"))).is(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/scim",
        "application/json-patch+json",
        "application/jsonx",
        "json",
        "application/scim+json; charset=iso-8859-1",
        "application/json; charset=utf-16"
      })
  @Section({"7644 §3.8", "7231 §6.5.13"})
  void refusesWhatItDoesNotRead(String type) {
    var path = "/Users/" + scim.user().id();
    var sender = scim.with("Content-Type", type);
    var body = Scim.userBody(Scim.unique("type"));

    sender.post("/Users", body).isError(415);
    sender.put(path, body).isError(415);
    sender.send("PATCH", path, body).isError(415);
    sender.post("/Users/.search", body).isError(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/scim+json",
        "application/json",
        "*/*",
        "application/*",
        "application/json;q=0.5, application/scim+json",
        "application/scim+json; charset=utf-8",
        "text/html, application/xhtml+xml;q=0.9, */*;q=0.8",
        "text/html;q=0, application/scim+json;q=0.001",
        "application/scim+json;q=0, application/json",
        "APPLICATION/JSON",
        "nonsense",
        ", ;"
      })
  @Section("7644 §3.8")
  void answersScimToWhoeverTakesJson(String accept) {
    var path = "/Users/" + scim.user().id();
    var reader = scim.with("Accept", accept);

    assertThat(reader.get(path).is(200).header("Content-Type")).isEqualTo("application/scim+json");
    reader.get("/Users?count=1").is(200);
    reader.get("/Schemas").is(200);
    reader.get("/Users/none").isError(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "application/xml, text/*",
        "application/jsonx",
        "application/scim+json;q=0, application/json;q=0.000, */*",
        "text/html, application/*;q=0",
        "*/*;q=0"
      })
  @Section({"7644 §3.8", "7231 §5.3.2"})
  void answersNobodyWhoTakesNoJson(String accept) {
    var path = "/Users/" + scim.user().id();
    var reader = scim.with("Accept", accept);

    reader.get(path).isError(406);
    reader.get("/Users").isError(406);
    reader.get("/ServiceProviderConfig").isError(406);
    reader.patch(path, "{'op':'add','path':'title','value':'Countess'}").isError(406);
    var name = Scim.unique("nobody");
    reader.post("/Users", Scim.userBody(name)).isError(406);

    assertThat(scim.get("/Users?filter=userName eq \"" + name + "\"").at("/totalResults"))
        .isEqualTo("0");
    assertThat(scim.get(path).is(200).json().has("title")).isFalse();
  }

  @Test
  @Section("7644 §3.6")
  void deletesForWhoeverTakesNoJson() {
    var path = "/Users/" + scim.user().id();

    scim.with("Accept", "text/html").delete(path).is(204);
  }

  @Test
  @Section("7644 §3.8")
  void readsAndWritesUtf8() {
    var name = "Łódź \uD83D\uDCDE 電話 ñ";

    var made = scim.user("'displayName':'%s'".formatted(name));

    assertThat(made.at("/displayName")).isEqualTo(name);
    assertThat(scim.get("/Users/" + made.id()).at("/displayName")).isEqualTo(name);
    assertThat(scim.get("/Users/" + made.id()).text()).contains("電話");
  }

  @Test
  @Section("7644 §3.8")
  void refusesWhatIsNoUtf8() {
    var latin = new String("{\"displayName\":\"caf\u00e9\"}".getBytes(ISO_8859_1), ISO_8859_1);

    var answer = RawRequest.post(scim, "/Users", latin.getBytes(ISO_8859_1));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/scimType")).isEqualTo("invalidSyntax");
  }

  @Test
  @Section("7644 §3.8")
  void readsABodyOfNoStatedTypeAsJson() {
    var body = Scim.userBody(Scim.unique("type")).replace('\'', '"');

    assertThat(RawRequest.post(scim, "/Users", body.getBytes(UTF_8)).status()).isEqualTo(201);
  }
}
