package dev.patchbay.directory;

import static dev.patchbay.directory.DirectoryFixture.GROUPS;
import static dev.patchbay.directory.DirectoryFixture.TENANT;
import static dev.patchbay.directory.DirectoryFixture.USERS;
import static dev.patchbay.directory.DirectoryFixture.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Memberships.InGroup;
import dev.patchbay.schema.FilterParser;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import dev.patchbay.schema.StoredText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@OnEachStore
class DirectoryTest {
  private final TestStore kind;
  @TempDir Path folder;
  private DirectoryFixture store;

  DirectoryTest(TestStore kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    store = DirectoryFixture.on(kind, folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void findsWhoHasTheLongestNamesThereMayBe() {
    var random = new Random(1);
    var longest = // one character becomes three without regard to case, of two or three bytes
        IntStream.range(0, StoredText.MAX_KEY)
            .mapToObj(i -> "\u0390\u03B0\u1FB7\u1FD7\u1FE7".charAt(random.nextInt(5)) + "")
            .collect(Collectors.joining());
    var id =
        store.user(
            longest,
            it -> {
              it.put("displayName", longest).put("externalId", longest);
              it.putArray("emails").addObject().put("value", longest);
            });
    store.park(store.group("Sales"), longest, DirectoryFixture.NOW);

    for (String attribute : List.of("userName", "displayName", "externalId", "emails.value")) {
      var filter = FilterParser.parse(attribute + " eq \"" + longest + "\"");
      var found = store.directory().list(ListQuery.of(TENANT, USERS, filter, 10));
      assertThat(found.entries()).extracting(Stored::id).containsExactly(id);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Life.class,
      names = {"CREATING", "DELETED"})
  void showsNothingThatWasNotAccepted(Life life) {
    var id = store.hidden("ada", life);

    assertThat(store.directory().get(TENANT, EntryType.USER, id)).isEmpty();
    assertThat(list("userName eq 'ada'", USERS)).isEmpty();
  }

  @Test
  void showsADeleteThatIsUnderWay() {
    var id = store.hidden("ada", Life.DELETING);

    assertThat(store.directory().get(TENANT, EntryType.USER, id)).isPresent();
  }

  @Test
  void showsNothingOfAnotherTenantOrType() {
    var id = store.user("ada");

    assertThat(store.directory().get("other", EntryType.USER, id)).isEmpty();
    assertThat(store.directory().get(TENANT, EntryType.GROUP, id)).isEmpty();
    assertThat(list("id eq '" + id + "'", GROUPS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "userName eq 'ADA@example.com'          | ada",
        "userName sw 'AD'                       | ada",
        "userName co '_'                        | bob",
        "userName co '@EXAMPLE'                 | ada bob",
        "externalId eq 'E-1'                    | ada",
        "externalId eq 'e-1'                    |",
        "externalId sw 'E-'                     | ada bob",
        "externalId pr                          | ada bob",
        "emails eq 'ADA@work.example'           | ada",
        "emails[type eq 'work'].value eq 'ada@work.example' | ada",
        "emails[type eq 'home'].value eq 'ada@work.example' |",
        "extensionNumber eq '1001'              | ada",
        "active eq true                         | ada bob",
        "active eq 'FALSE'                      | cyd",
        "not (active eq true)                   | cyd",
        "not (externalId eq 'E-1')              | bob cyd",
        "externalId ne 'E-1'                    | bob cyd",
        "not (externalId eq 'E-1' or userName eq 'cyd') | bob",
        "title eq 'cto'                         | bob",
        "title co 'T' and active eq true        | bob",
        "not (title eq 'CTO')                   | ada cyd",
        "userName eq 'cyd' or title pr          | bob cyd",
        "meta.resourceType eq 'User' and not (active eq true) | cyd",
        "meta.lastModified ge '2026-02-03T04:05:06.789Z' | ada bob cyd",
        "meta.lastModified gt '2026-02-03T04:05:06.789Z' |",
        "pbxId eq 'pbx-cyd'                     | cyd",
      })
  void findsUsers(String filter, String found) {
    store.user(
        "ada",
        it -> {
          it.put("userName", "Ada@Example.com").put("externalId", "E-1");
          it.putArray("emails").addObject().put("type", "work").put("value", "Ada@Work.example");
          it.putObject(ResourceTypes.PBX_USER).put("extensionNumber", "1001");
        });
    store.user(
        "bob",
        it -> {
          it.put("userName", "bob_b@example.com").put("externalId", "E-2").put("title", "CTO");
          it.putArray("emails").addObject().put("type", "home").put("value", "bob@home.example");
        });
    store.user("cyd", it -> it.put("active", false));

    assertThat(list(filter, USERS)).extracting(this::userName).isEqualTo(names(found));
  }

  private static List<String> names(String found) {
    var names = found == null ? List.<String>of() : Arrays.asList(found.split(" "));
    return names.stream()
        .map(it -> it.equals("ada") ? "Ada@Example.com" : it)
        .map(it -> it.equals("bob") ? "bob_b@example.com" : it)
        .toList();
  }

  @Test
  void findsGroupsByTheirMembers() {
    var ada = store.user("ada", it -> it.put("displayName", "Ada L."));
    var sales = store.group("Sales", ada, store.user("bob"));
    store.group("Empty");

    assertThat(list("members eq '" + ada + "'", GROUPS)).containsExactly(sales);
    assertThat(list("id eq '" + sales + "' and members eq '" + ada + "'", GROUPS))
        .containsExactly(sales);
    assertThat(list("members.display eq 'ada l.'", GROUPS)).containsExactly(sales);
    assertThat(list("members[value eq '" + ada + "' and display eq 'bob']", GROUPS)).isEmpty();
    assertThat(list("members pr", GROUPS)).containsExactly(sales);
  }

  @Test
  void findsUsersByTheirGroups() {
    var ada = store.user("ada");
    store.user("bob");
    var sales = store.group("Sales", ada);

    assertThat(list("groups eq '" + sales + "'", USERS)).containsExactly(ada);
    assertThat(list("groups.display eq 'sales'", USERS)).containsExactly(ada);
    assertThat(list("not (groups pr) and userName sw 'b'", USERS)).hasSize(1);
  }

  @Test
  void findsAMemberFarBackInALargeGroup() {
    var users = store.users(2500);
    var group = store.group("All", users.toArray(String[]::new));
    var last = users.stream().max(String::compareTo).orElseThrow();

    assertThat(list("members[value eq '" + last + "' and type eq 'user']", GROUPS))
        .containsExactly(group);
  }

  @Test
  void callsBackForEachMemberOnceInAStableOrder() {
    var users = store.users(2500);
    var group = store.group("All", users.toArray(String[]::new));
    var seen = new ArrayList<String>();

    store.directory().members(group, it -> seen.add(it.id()));

    assertThat(seen).isEqualTo(users.stream().sorted().toList());
  }

  @Test
  void showsMembersByTheirLatestNames() {
    var ada = store.user("ada", it -> it.put("displayName", "Ada"));
    var bob = store.user("bob");
    var group = store.group("Sales", ada, bob);
    store.group("Research", ada);
    store.change(ada, it -> it.put("displayName", "Countess"));
    var seen = new HashMap<String, String>();

    store.directory().members(group, it -> seen.put(it.id(), it.label()));

    assertThat(seen).isEqualTo(Map.of(ada, "Countess", bob, "bob"));
  }

  @Test
  void listsEveryUserOfAnIdentifierThatSeveralHave() {
    var ada = store.user("ada", it -> it.put("externalId", "x"));
    var bob = store.user("bob", it -> it.put("externalId", "x"));
    store.group("Sales", ada, bob);

    assertThat(list("externalId eq 'x'", USERS)).containsExactly(ada, bob);
    assertThat(page("externalId eq 'x'", 1, 1).total()).isEqualTo(2);
    assertThat(page("externalId eq 'x'", 2, 1).entries())
        .extracting(Stored::id)
        .containsExactly(bob);
  }

  @Test
  void listsTheUserOfANameWithItsGroups() {
    var ada = store.user("ada");
    var groups = List.of(store.group("Sales", ada), store.group("Research", ada));

    var found = page("userName eq 'ADA'", 1, 100);

    assertThat(found.total()).isEqualTo(1);
    assertThat(found.entries().getFirst().groups())
        .extracting(InGroup::groupId)
        .isEqualTo(groups.stream().sorted().toList());
    assertThat(page("userName eq 'nobody'", 1, 100).total()).isZero();
    assertThat(page("userName eq 'ada'", 1, 0).total()).isEqualTo(1);
    assertThat(page("userName eq 'ada'", 2, 100).entries()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // startIndex, count, first and last found, total
    "1, 3, user0, user2, 10",
    "4, 3, user3, user5, 10",
    "10, 3, user9, user9, 10",
    "11, 3, '', '', 10",
    "1000, 3, '', '', 10",
    "1, 0, '', '', 10",
    "1, 10, user0, user9, 10",
    "1, 100, user0, user9, 10",
  })
  void pagesAreCountedFromOne(int startIndex, int count, String first, String last, int total) {
    store.users(10);

    for (String filter : List.of("", "userName sw 'user'", "title eq null", "active eq true")) {
      var page = page(filter, startIndex, count);
      var names =
          page.entries().stream()
              .map(it -> Json.parse(it.resource()).path("userName").asText())
              .toList();

      assertThat(page.total()).as(filter).isEqualTo(total);
      assertThat(names.isEmpty() ? "" : names.getFirst()).as(filter).isEqualTo(first);
      assertThat(names.isEmpty() ? "" : names.getLast()).as(filter).isEqualTo(last);
    }
  }

  @Test
  void answersFiltersAsLargeAsTheyMayBe() {
    var ada = store.user("ada");
    var terms = FilterParser.MAX_TERMS;
    var names = IntStream.range(1, terms).mapToObj(it -> "userName eq 'u" + it + "'");
    var wide = Stream.concat(names, Stream.of("userName eq 'ada'"));
    var deep = "not (".repeat(FilterParser.MAX_DEPTH) + "userName eq 'ada'";

    assertThat(list(wide.collect(Collectors.joining(" or ")), USERS)).containsExactly(ada);
    assertThat(list(deep + ")".repeat(FilterParser.MAX_DEPTH), USERS)).containsExactly(ada);
    assertThat(list("emails eq '" + "x".repeat(16_000) + "' or id pr", USERS)).hasSize(1);
    assertThat(list("userName co '" + "%_!".repeat(5_000) + "'", USERS)).isEmpty();
  }

  @Test
  void findsByTheAddressItWouldShow() {
    var ada = store.user("ada");
    store.user("bob");
    var location = "https://bridge.example/office/scim/v2/Users/" + ada;

    assertThat(list("meta.location eq '" + location + "'", USERS)).containsExactly(ada);
    assertThat(list("meta.location sw 'https://other.example/'", USERS)).isEmpty();
  }

  @Test
  void refusesAnAttributeThatIsNotThere() {
    assertThatThrownBy(() -> list("members eq 'x'", USERS))
        .isInstanceOfSatisfying(
            Refusal.class, it -> assertThat(it.kind()).isEqualTo(Refusal.Kind.INVALID_FILTER))
        .hasMessageContaining("members");
  }

  @Test
  void neverSearchesASecret() {
    assertThatThrownBy(() -> list("password eq 'x' and userName eq 'y'", USERS))
        .isInstanceOfSatisfying(
            Refusal.class, it -> assertThat(it.kind()).isEqualTo(Refusal.Kind.SENSITIVE));
  }

  private String userName(String id) {
    var entry = store.directory().get(TENANT, EntryType.USER, id).orElseThrow();
    return Json.parse(entry.resource()).path("userName").asText();
  }

  private Page page(String filter, int startIndex, int count) {
    var parsed =
        Optional.of(filter.replace('\'', '"')).filter(it -> !it.isEmpty()).map(FilterParser::parse);
    return store.directory().list(query(USERS, parsed, startIndex, count));
  }

  private List<String> list(String filter, ResourceType type) {
    var parsed = Optional.of(FilterParser.parse(filter.replace('\'', '"')));
    var page = store.directory().list(query(type, parsed, 1, 100));
    return page.entries().stream().map(Stored::id).toList();
  }
}
