package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.e2e.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.14 and the preconditions of RFC 7232 that it builds on. */
@RfcTest
class VersionsTest {
  private static final String OTHER = "W/\"no-such-version\"";
  private static final String TITLE = "{'op':'add','path':'title','value':'%s'}";

  private final Scim scim;
  private String path = "";
  private String tag = "";

  VersionsTest(Scim scim) {
    this.scim = scim;
  }

  @BeforeEach
  void makeAUser() {
    var user = scim.user();
    path = "/Users/" + user.id();
    tag = user.header("ETag");
  }

  @Test
  @Section("7644 §3.14")
  void tagsEveryAnswerThatHoldsAResource() {
    var made = scim.user();
    var address = "/Users/" + made.id();
    var patched = scim.patch(address, TITLE.formatted("a")).is(200);
    var put = scim.put(address, Scim.userBody(made.at("/userName"))).is(200);

    assertTagged(made);
    assertTagged(patched);
    assertTagged(put);
    assertTagged(scim.get(address));
    assertThat(scim.send("HEAD", address).header("ETag")).isEqualTo(put.header("ETag"));
    assertThat(made.header("ETag"))
        .isNotEqualTo(patched.header("ETag"))
        .isNotEqualTo(put.header("ETag"));
  }

  private static void assertTagged(Answer answer) {
    assertThat(answer.header("ETag")).isNotEmpty().isEqualTo(answer.at("/meta/version"));
  }

  @Test
  @Section("7643 §3.1")
  void marksItsTagsAsWeak() {
    assertThat(tag).matches("W/\"[^\"]+\"");
  }

  @Test
  @Section("7644 §3.14")
  void changesTheTagWithTheResourceAndOnlyThen() {
    assertThat(scim.get(path).header("ETag")).isEqualTo(tag);

    scim.patch(path, TITLE.formatted("b")).is(200);

    assertThat(scim.get(path).header("ETag")).isNotEqualTo(tag);
  }

  @Test
  @Section("7644 §3.14")
  void givesTheTagOfAGroupWhoseMembersChange() {
    var group = scim.group();
    var add = "{'op':'add','path':'members','value':[{'value':'%s'}]}".formatted(path.substring(7));

    var patched = scim.patch("/Groups/" + group.id(), add).isDone();

    assertThat(patched.header("ETag"))
        .isNotEqualTo(group.header("ETag"))
        .isEqualTo(scim.get("/Groups/" + group.id()).header("ETag"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/\"x\", %s", "%s,\"y\"", "*", "W/\"a,b\" , %s , \"c\""})
  @Section({"7644 §3.14", "7232 §3.2"})
  void givesNothingToWhoHasIt(String known) {
    var answer = scim.with("If-None-Match", known.formatted(tag)).get(path).is(304);

    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("ETag")).isEqualTo(tag);
    scim.with("If-None-Match", known.formatted(tag)).send("HEAD", path).is(304);
  }

  @Test
  @Section("7232 §2.3.2")
  void comparesWeakly() {
    scim.with("If-None-Match", tag.substring(2)).get(path).is(304);
    scim.with("If-Match", tag.substring(2)).patch(path, TITLE.formatted("c")).is(200);
  }

  @Test
  @Section("7232 §3.2")
  void readsAListOfTagsInSeveralLines() {
    var known = "If-None-Match: " + tag;

    assertThat(RawRequest.to(scim, "GET", path, "If-None-Match: \"x\"", known).status())
        .isEqualTo(304);
    assertThat(RawRequest.to(scim, "GET", path, known, "If-None-Match: \"x\"").status())
        .isEqualTo(304);
  }

  @Test
  @Section({"7644 §3.14", "7232 §3.2"})
  void givesANewVersionToWhoHasAnOldOne() {
    var old = tag;
    scim.patch(path, TITLE.formatted("d")).is(200);

    assertThat(scim.with("If-None-Match", old).get(path).is(200).at("/title")).isEqualTo("d");
    scim.with("If-None-Match", OTHER).get(path).is(200);
  }

  @Test
  @Section({"7644 §3.14", "7232 §3.1"})
  void writesOnlyTheVersionThatIsNamed() {
    var stale = scim.with("If-Match", OTHER);
    var before = scim.get(path).json();

    stale.patch(path, TITLE.formatted("e")).isError(412);
    stale.put(path, Scim.userBody(before.path("userName").asText())).isError(412);
    stale.delete(path).isError(412);

    assertThat(scim.get(path).is(200).json()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "*", "\"x\", %s", "%s , W/\"y\""})
  @Section({"7644 §3.14", "7232 §3.1"})
  void writesTheVersionThatIsNamed(String known) {
    scim.with("If-Match", known.formatted(tag)).patch(path, TITLE.formatted("f")).is(200);

    var next = known.formatted(scim.get(path).header("ETag"));
    var name = scim.get(path).at("/userName");
    scim.with("If-Match", next).put(path, Scim.userBody(name)).is(200);

    scim.with("If-Match", known.formatted(scim.get(path).header("ETag"))).delete(path).is(204);
  }

  @Test
  @Section("7232 §3.1")
  void readsOnlyTheVersionThatIsNamed() {
    scim.with("If-Match", OTHER).get(path).isError(412);
    scim.with("If-Match", tag).get(path).is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "%s"})
  @Section("7232 §3.2")
  void writesNoVersionThatIsExcluded(String excluded) {
    var careful = scim.with("If-None-Match", excluded.formatted(tag));
    var before = scim.get(path).json();

    careful.patch(path, TITLE.formatted("g")).isError(412);
    careful.put(path, Scim.userBody(before.path("userName").asText())).isError(412);
    careful.delete(path).isError(412);

    assertThat(scim.get(path).is(200).json()).isEqualTo(before);
  }

  @Test
  @Section("7232 §3.2")
  void writesAVersionThatIsNotExcluded() {
    scim.with("If-None-Match", OTHER).patch(path, TITLE.formatted("h")).is(200);
  }

  @Test
  @Section("7232 §3.1")
  void knowsNoVersionOfWhatIsNotThere() {
    scim.with("If-Match", "*").patch("/Users/none", TITLE.formatted("i")).isError(404);
    scim.with("If-None-Match", "*").get("/Users/none").isError(404);
  }

  @Test
  @Section("7232 §3.1")
  void makesAResourceWhateverVersionIsNamed() {
    var body = Scim.userBody(Scim.unique("tagged"));

    scim.with("If-None-Match", "*").post("/Users", body).is(201);
  }
}
