package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.e2e.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7644 §3.4.2.3: sorting, on four users. */
@RfcTest
@TestInstance(Lifecycle.PER_CLASS)
class SortTest {
  private final Scim scim;
  private final String cohort = Scim.unique("sort");
  private final Map<String, String> keys = new LinkedHashMap<>();

  SortTest(Scim scim) {
    this.scim = scim;
  }

  @BeforeAll
  void makeFourUsers() {
    make("1", "b", "B", "x", "m@b.c", "'title':'t'", "'active':true");
    make("2", "A", "a", "Y", "k@b.c", "'title':'S'", "'active':true");
    make("3", "c", "C", "z", "l@b.c", "'active':true");
    make("4", "D", "b", "W", "n@b.c", "'title':'u'", "'active':false");
  }

  private void make(
      String key, String name, String external, String family, String email, String... more) {
    var user =
        scim.user(
            "'userType':'" + cohort + "'",
            "'displayName':'" + name + "'",
            "'externalId':'" + external + "'",
            "'name':{'familyName':'" + family + "'}",
            "'emails':[{'value':'z@b.c'},{'value':'" + email + "','primary':true}]",
            String.join(",", more));
    keys.put(user.id(), key);
  }

  private String sorted(String parameters) {
    return order(scim.get("/Users?filter=userType eq \"" + cohort + "\"&" + parameters).is(200));
  }

  private String order(Answer list) {
    return Declared.stream(list.json().path("Resources"))
        .map(it -> keys.get(it.path("id").asText()))
        .collect(Collectors.joining());
  }

  @Test
  @Section({"7644 §3.4.2.3", "7643 §5"})
  void saysThatItSorts() {
    assertThat(scim.get("/ServiceProviderConfig").json().at("/sort/supported").asBoolean())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "sortBy=displayName, 2134",
    "sortBy=displayName&sortOrder=ascending, 2134",
    "sortBy=displayName&sortOrder=descending, 4312",
    "sortBy=DISPLAYNAME&sortOrder=Descending, 4312",
    "sortBy=externalId, 1324",
    "sortBy=externalId&sortOrder=descending, 4231",
    "sortBy=name.familyName, 4123",
    "sortBy=urn:ietf:params:scim:schemas:core:2.0:User:name.familyName, 4123",
    "sortBy=emails, 2314",
    "sortBy=emails.value&sortOrder=descending, 4132",
    "sortBy=meta.created, 1234"
  })
  @Section({"7644 §3.4.2.3", "7644 §3.10"})
  void sortsByTheAttributeThatIsNamed(String parameters, String expected) {
    assertThat(sorted(parameters)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"ascending, 2143", "descending, 3412"})
  @Section("7644 §3.4.2.3")
  void sortsWhatHasNoValueLastOrFirst(String sortOrder, String expected) {
    assertThat(sorted("sortBy=title&sortOrder=" + sortOrder)).isEqualTo(expected);
  }

  @Test
  @Section("7644 §3.4.2.3")
  void sortsBooleans() {
    assertThat(sorted("sortBy=active")).startsWith("4");
    assertThat(sorted("sortBy=active&sortOrder=descending")).endsWith("4");
  }

  @Test
  @Section({"7644 §3.4.2.3", "7644 §3.4.2.4"})
  void sortsBeforeItPages() {
    var pages =
        List.of(
            sorted("sortBy=displayName&count=2&startIndex=1"),
            sorted("sortBy=displayName&count=2&startIndex=3"));

    assertThat(pages).containsExactly("21", "34");
  }

  @Test
  @Section({"7644 §3.4.2.3", "7644 §3.4.3"})
  void sortsASearchByPost() {
    var body =
        "{'schemas':['%s'],'filter':'userType eq \\\"%s\\\"',"
            + "'sortBy':'displayName','sortOrder':'descending'}";

    assertThat(order(scim.post("/Users/.search", body.formatted(Scim.SEARCH, cohort)).is(200)))
        .isEqualTo("4312");
  }
}
