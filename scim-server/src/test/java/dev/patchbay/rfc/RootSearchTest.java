package dev.patchbay.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.e2e.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 7644 §3.4.2.1 and §3.4.3: searches of all types at once. */
@RfcTest
class RootSearchTest {
  private final Scim scim;
  private final String cohort = Scim.unique("root");
  private final List<String> ids;

  RootSearchTest(Scim scim) {
    this.scim = scim;
    this.ids = List.of(user(), user());
  }

  private String user() {
    return scim.user("'userType':'" + cohort + "'").id();
  }

  private static List<String> ids(Answer list) {
    return Declared.stream(list.json().path("Resources"))
        .map(it -> it.path("id").asText())
        .toList();
  }

  @Test
  @Section("7644 §3.4.3")
  void takesOnlyASearchForASearch() {
    scim.post("/Users/.search", "{'filter':'title pr'}").isError(400, "invalidSyntax");
    scim.post("/Users/.search", "{'schemas':['" + Scim.USER + "'],'filter':'title pr'}")
        .isError(400, "invalidSyntax");
  }

  @Test
  @Section({"7644 §3.4.2.1", "7644 §3.4.3"})
  void searchesAllTypesFromTheRoot() {
    var group = scim.group(ids.get(0));
    var filter =
        "userType eq \\\"%s\\\" or displayName eq \\\"%s\\\""
            .formatted(cohort, group.at("/displayName"));
    var body = "{'schemas':['%s'],'filter':'%s'}".formatted(Scim.SEARCH, filter);

    var found = scim.post("/.search", body).is(200);

    assertThat(ids(found)).hasSize(3).containsAll(ids).contains(group.id());
    assertThat(types(found)).containsExactlyInAnyOrder("User", "Group");
  }

  @Test
  @Section("7644 §3.4.2.1")
  void listsAllTypesAtTheRoot() {
    var group = scim.group();
    var found =
        scim.get(
            "/?filter=userType eq \"%s\" or displayName eq \"%s\""
                .formatted(cohort, group.at("/displayName")));

    assertThat(ids(found.is(200))).hasSize(3).containsAll(ids).contains(group.id());
    assertThat(types(scim.get("/?count=1000").is(200))).contains("User", "Group");
  }

  @Test
  @Section("7644 §3.4.2.1")
  void takesAnAttributeOfAnotherTypeForAbsent() {
    var group = scim.group();
    var filter = "'filter':'displayName eq \\\"%s\\\" and not (userName pr)'";
    var body = "{'schemas':['" + Scim.SEARCH + "']," + filter + "}";

    var found = scim.post("/.search", body.formatted(group.at("/displayName"))).is(200);

    assertThat(ids(found)).containsExactly(group.id());
  }

  private static Set<String> types(Answer list) {
    var types = new HashSet<String>();
    list.json().path("Resources").forEach(it -> types.add(it.at("/meta/resourceType").asText()));
    return types;
  }
}
