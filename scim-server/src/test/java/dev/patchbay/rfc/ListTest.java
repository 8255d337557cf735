package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7644 §3.4.2, §3.4.2.4 and §3.4.3: lists, their pages, and searches by POST. */
@RfcTest
@TestInstance(Lifecycle.PER_CLASS)
class ListTest {
  private final Scim scim;
  private final String cohort = Scim.unique("list");
  private final List<String> ids = new ArrayList<>();

  ListTest(Scim scim) {
    this.scim = scim;
  }

  @BeforeAll
  void makeSevenUsers() {
    for (int i = 0; i < 7; i++) {
      ids.add(scim.user("'userType':'" + cohort + "'").id());
    }
  }

  private Answer list(String more) {
    return scim.get("/Users?filter=userType eq \"" + cohort + "\"" + more).is(200);
  }

  private static List<String> ids(Answer list) {
    return Declared.stream(list.json().path("Resources"))
        .map(it -> it.path("id").asText())
        .toList();
  }

  @Test
  @Section({"7644 §3.4.2", "7644 §3.1"})
  void answersInTheFormOfAList() {
    var list = list("").json();

    assertThat(list.path("schemas")).extracting(JsonNode::asText).containsExactly(Scim.LIST);
    assertThat(list.path("totalResults").isInt()).isTrue();
    assertThat(list.path("totalResults").intValue()).isEqualTo(7);
    assertThat(list.path("Resources")).hasSize(7);
    assertThat(ids(list(""))).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  @Section("7644 §3.4.2")
  void findsNothingWithSuccess() {
    var list = scim.get("/Users?filter=userName eq \"nobody at all\"").is(200).json();

    assertThat(list.path("totalResults").intValue()).isZero();
    assertThat(list.path("Resources")).isEmpty();
  }

  @Test
  @Section("7644 §3.4.2")
  void ignoresParametersItDoesNotKnow() {
    assertThat(ids(list("&aadOptscim062020&pretty=true&x[y]=z"))).hasSize(7);
  }

  @Test
  @Section("7644 §3.4.1")
  void givesAResourceWhereTheListSaysItIs() {
    for (JsonNode each : list("&count=2").json().path("Resources")) {
      var location = each.at("/meta/location").asText();
      var alone = scim.get(location.substring(scim.base().toString().length())).is(200);

      assertThat(alone.json()).isEqualTo(each);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "-2147483649, 1", "1, 1", "3, 3", "7, 7"})
  @Section("7644 §3.4.2.4")
  void startsAtOneAtLeast(String startIndex, int expected) {
    var all = ids(list(""));
    var list = list("&count=2&startIndex=" + startIndex);

    assertThat(list.json().path("startIndex").intValue()).isEqualTo(expected);
    assertThat(ids(list)).isEqualTo(all.subList(expected - 1, Math.min(7, expected + 1)));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 0", "-99999999999, 0", "3, 3", "7, 7", "100, 7", "99999999999, 7"})
  @Section("7644 §3.4.2.4")
  void returnsNoMoreThanCountSays(String count, int expected) {
    var list = list("&count=" + count);

    assertThat(list.json().path("totalResults").intValue()).isEqualTo(7);
    assertThat(list.json().path("Resources")).hasSize(expected);
    assertThat(list.json().path("itemsPerPage").asInt(0)).isEqualTo(expected);
  }

  @Test
  @Section({"7644 §3.4.2.4", "7644 §3.4.2"})
  void pagesThroughEverythingOnce() {
    var seen = new ArrayList<String>();
    for (int start = 1; start <= 7; start += 3) {
      var page = list("&count=3&startIndex=" + start);
      assertThat(page.json().path("totalResults").intValue()).isEqualTo(7);
      assertThat(page.json().path("startIndex").intValue()).isEqualTo(start);
      assertThat(page.json().path("itemsPerPage").intValue()).isEqualTo(ids(page).size());
      seen.addAll(ids(page));
    }

    assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  @Section("7644 §3.4.2.4")
  void hasNothingBehindTheEnd() {
    assertThat(ids(list("&startIndex=8"))).isEmpty();
    assertThat(list("&startIndex=99999999999").json().path("totalResults").intValue()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "count=x, invalidValue",
    "count=1.5, invalidValue",
    "cursor&count=x, invalidCount",
    "startIndex=x, invalidValue",
    "startIndex=, invalidValue"
  })
  @Section({"7644 §3.4.2.4", "7644 §3.12", "9865 §2.1"})
  void wantsNumbersForPages(String parameter, String scimType) {
    scim.get("/Users?" + parameter).isError(400, scimType);
  }

  @Test
  @Section("7644 §3.4.3")
  void searchesByPostAsByGet() {
    var filter = "userType eq \\\"" + cohort + "\\\"";
    var body =
        "{'schemas':['%s'],'filter':'%s','startIndex':2,'count':3,'attributes':['userName']}";

    var found = scim.post("/Users/.search", body.formatted(Scim.SEARCH, filter)).is(200);

    assertThat(found.json()).isEqualTo(list("&startIndex=2&count=3&attributes=userName").json());
  }

  @Test
  @Section("7644 §3.4.3")
  void searchesWhatIsExcluded() {
    var body =
        "{'schemas':['%s'],'filter':'userType eq \\\"%s\\\"','excludedAttributes':['meta','id']}";

    var found = scim.post("/Users/.search", body.formatted(Scim.SEARCH, cohort)).is(200).json();

    assertThat(found.at("/Resources/0").has("meta")).isFalse();
    assertThat(found.at("/Resources/0").has("id")).isTrue();
  }
}
