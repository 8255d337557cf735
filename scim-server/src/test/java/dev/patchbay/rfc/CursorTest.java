package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.e2e.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9865: pages by cursors, over seven users. */
@RfcTest
@TestInstance(Lifecycle.PER_CLASS)
class CursorTest {
  private final Scim scim;
  private final String cohort = Scim.unique("cursor");
  private final List<String> ids = new ArrayList<>();

  CursorTest(Scim scim) {
    this.scim = scim;
  }

  @BeforeAll
  void makeSevenUsers() {
    for (int i = 0; i < 7; i++) {
      ids.add(scim.user("'userType':'" + cohort + "'", "'displayName':'" + (i * 3 % 7) + "'").id());
    }
  }

  private Answer page(String parameters) {
    return scim.get("/Users?filter=userType eq \"" + cohort + "\"&" + parameters);
  }

  private static List<String> ids(Answer list) {
    return Declared.stream(list.json().path("Resources"))
        .map(it -> it.path("id").asText())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cursor", "cursor="})
  @Section("9865 §2")
  void beginsWithAnEmptyCursor(String first) {
    var page = page(first + "&count=3").is(200);

    assertThat(ids(page)).hasSize(3);
    assertThat(page.at("/nextCursor")).isNotEmpty();
    assertThat(page.json().has("previousCursor")).isFalse();
    assertThat(page.json().path("totalResults").intValue()).isEqualTo(7);
    assertThat(page.json().path("itemsPerPage").intValue()).isEqualTo(3);
  }

  @Test
  @Section("9865 §2")
  void pagesThroughEverythingOnce() {
    var seen = new ArrayList<String>();
    var cursor = "";
    var pages = 0;
    do {
      var page = page("count=3&cursor=" + cursor).is(200);
      seen.addAll(ids(page));
      cursor = page.at("/nextCursor");
      pages++;
      assertThat(page.json().has("nextCursor")).isEqualTo(pages < 3);
    } while (!cursor.isEmpty());

    assertThat(pages).isEqualTo(3);
    assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  @Section("9865 §2")
  void hasNoNextPageOnAnOnlyOne() {
    var page = page("cursor&count=7").is(200);

    assertThat(ids(page)).hasSize(7);
    assertThat(page.json().has("nextCursor")).isFalse();
    assertThat(page.json().has("previousCursor")).isFalse();
  }

  @Test
  @Section("9865 §2")
  void writesCursorsThatStandInAddresses() {
    assertThat(page("cursor&count=3").at("/nextCursor")).matches("[A-Za-z0-9._~-]+");
  }

  @Test
  @Section("9865 §2")
  void goesBackByThePreviousCursor() {
    var first = page("cursor&count=3").is(200);
    var second = page("count=3&cursor=" + first.at("/nextCursor")).is(200);
    var third = page("count=3&cursor=" + second.at("/nextCursor")).is(200);

    assertThat(ids(page("count=3&cursor=" + third.at("/previousCursor")).is(200)))
        .isEqualTo(ids(second));
    var back = page("count=3&cursor=" + second.at("/previousCursor")).is(200);
    assertThat(ids(back)).isEqualTo(ids(first));
    assertThat(back.json().has("previousCursor")).isFalse();
    assertThat(ids(page("count=3&cursor=" + back.at("/nextCursor")).is(200)))
        .isEqualTo(ids(second));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  @Section("9865 §2")
  void countsWithoutReturningAnything(String count) {
    var page = page("cursor&count=" + count).is(200).json();

    assertThat(page.path("totalResults").intValue()).isEqualTo(7);
    assertThat(page.path("Resources")).isEmpty();
  }

  @Test
  @Section("9865 §2")
  void losesAndRepeatsNothingWhileOthersComeAndGo() {
    var kept = new ArrayList<String>();
    var mark = Scim.unique("moving");
    for (int i = 0; i < 6; i++) {
      kept.add(scim.user("'userType':'" + mark + "'").id());
    }
    var gone = kept.remove(1);
    var query = "/Users?filter=userType eq \"" + mark + "\"&count=3&cursor=";
    var first = scim.get(query).is(200);
    scim.delete("/Users/" + gone).is(204);
    var late = scim.user("'userType':'" + mark + "'").id();

    var seen = new ArrayList<>(ids(first));
    var cursor = first.at("/nextCursor");
    while (!cursor.isEmpty()) {
      var page = scim.get(query + cursor).is(200);
      seen.addAll(ids(page));
      cursor = page.at("/nextCursor");
    }

    assertThat(seen).doesNotHaveDuplicates().containsAll(kept);
    assertThat(kept.size() + 2).isGreaterThanOrEqualTo(seen.size());
    assertThat(late).isNotEmpty();
  }

  @Test
  @Section("9865 §2.1")
  void refusesACursorThatIsNone() {
    var good = page("cursor&count=3").at("/nextCursor");
    var last = good.charAt(good.length() - 2) == 'A' ? 'B' : 'A';

    for (String cursor :
        List.of(
            "x",
            "AAAA",
            good + "A",
            good.substring(1),
            good.substring(0, good.length() - 2) + last + "A")) {
      page("count=3&cursor=" + cursor).isError(400, "invalidCursor");
    }
  }

  @Test
  @Section({"9865 §2.1", "9865 §5"})
  void saysTheSameOfEveryCursorThatIsNone() {
    var forged = page("count=3&cursor=AAAA").isError(400, "invalidCursor");
    var foreign = scim.get("/Groups?count=3&cursor=" + page("cursor&count=3").at("/nextCursor"));

    foreign.isError(400, "invalidCursor");
    assertThat(foreign.at("/detail")).isEqualTo(forged.at("/detail"));
  }

  @Test
  @Section("9865 §5")
  void givesNobodyMoreForACursor() {
    var cursor = page("cursor&count=3").at("/nextCursor");
    var query = "/Users?filter=userType eq \"" + cohort + "\"&count=3&cursor=" + cursor;

    scim.with("Authorization", "").get(query).isError(401);
    scim.intruder().get(query).isError(401);
  }

  @Test
  @Section({"9865 §2.2", "7644 §3.4.2.3"})
  void sortsPagesByCursors() {
    var names = new ArrayList<String>();
    var cursor = "";
    do {
      var page = page("sortBy=displayName&sortOrder=descending&count=2&cursor=" + cursor).is(200);
      page.json().path("Resources").forEach(it -> names.add(it.path("displayName").asText()));
      cursor = page.at("/nextCursor");
    } while (!cursor.isEmpty());

    assertThat(names.stream().collect(Collectors.joining())).isEqualTo("6543210");
  }

  @Test
  @Section({"9865 §3", "7644 §3.4.3"})
  void pagesASearchByPost() {
    var body = "{'schemas':['%s'],'filter':'userType eq \\\"%s\\\"','count':4,'cursor':'%s'}";

    var first = scim.post("/Users/.search", body.formatted(Scim.SEARCH, cohort, "")).is(200);
    var second =
        scim.post("/Users/.search", body.formatted(Scim.SEARCH, cohort, first.at("/nextCursor")))
            .is(200);

    assertThat(ids(first)).hasSize(4);
    assertThat(ids(second)).hasSize(3).doesNotContainAnyElementsOf(ids(first));
  }

  @Test
  @Section({"9865 §2.4", "9865 §4"})
  void saysHowItPages() {
    JsonNode pagination = scim.get("/ServiceProviderConfig").json().path("pagination");

    assertThat(pagination.path("cursor").isBoolean()).isTrue();
    assertThat(pagination.path("cursor").asBoolean()).isTrue();
    assertThat(pagination.path("index").asBoolean()).isTrue();
    assertThat(pagination.path("defaultPaginationMethod").asText()).isEqualTo("index");
    for (String number : List.of("defaultPageSize", "maxPageSize", "cursorTimeout")) {
      assertThat(pagination.path(number).asInt(1)).as(number).isPositive();
    }
  }

  @Test
  @Section("9865 §2.4")
  void pagesByIndexUnlessAskedOtherwise() {
    var page = page("count=3").is(200).json();

    assertThat(page.path("startIndex").intValue()).isEqualTo(1);
    assertThat(page.has("nextCursor")).isFalse();
  }
}
