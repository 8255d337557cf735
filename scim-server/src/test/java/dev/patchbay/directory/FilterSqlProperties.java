package dev.patchbay.directory;

import static dev.patchbay.directory.DirectoryFixture.GROUPS;
import static dev.patchbay.directory.DirectoryFixture.ROLES;
import static dev.patchbay.directory.DirectoryFixture.TENANT;
import static dev.patchbay.directory.DirectoryFixture.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.database.TestStore;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.FilterMatcher;
import dev.patchbay.schema.FilterParser;
import dev.patchbay.schema.KnownFilter;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * SQL says of every filter and order what the schema says of the resources as they are shown, page
 * by page.
 */
class FilterSqlProperties {
  private static final List<String> VALUES =
      List.of("a", "A", "ab", "B", "ß", "ss", "%", "_a", "a\\\\b", "😀", "\uE000", "é", "1");
  private static final List<String> TEXTS =
      List.of(
          "userName",
          "externalId",
          "displayName",
          "title",
          "id",
          "nickName",
          "name.familyName",
          "extensionNumber",
          "department",
          "manager",
          "emails",
          "emails.type",
          "phoneNumbers",
          "phoneNumbers.type",
          "photos",
          "photos.type",
          "schemas",
          "groups",
          "groups.display",
          "groups.type",
          "groups.$ref",
          "members",
          "members.display",
          "members.$ref",
          "pbxId",
          "profileUrl",
          "x509Certificates.display",
          "meta.version",
          "meta.resourceType",
          "meta.location",
          "parkedMembers",
          "addresses.locality",
          "urn:ietf:params:scim:schemas:core:2.0:User:name.familyName",
          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
          "kind",
          "description",
          "permissions",
          "permissions.value");
  private static final List<String> TIMES =
      List.of("meta.created", "meta.lastModified", "ms365.boundAt", "provisioning.lastSync");
  private static final List<String> INSTANTS =
      List.of(
          "2026-02-03T04:05:06.789Z",
          "2026-02-03T05:05:06.789+01:00",
          "2026-02-03T04:05:06Z",
          "2026-02-03T04:05:06.7891Z",
          "2024-01-01T00:00:00",
          "+12026-02-03T04:05:06Z",
          "2026-02-03T04:05:07Z",
          "-999999999-01-01T00:00:00Z");
  private static final List<String> SORTED =
      List.of(
          "userName",
          "displayName",
          "externalId",
          "id",
          "title",
          "name.familyName",
          "active",
          "emails",
          "emails.type",
          "emails.primary",
          "photos",
          "schemas",
          "manager",
          "department",
          "extensionNumber",
          "meta.created",
          "meta.lastModified",
          "meta.version",
          "meta.location",
          "ms365.boundAt",
          "groups.display",
          "members",
          "members.display",
          "pbxId");

  private static final List<TestStore> KINDS = List.of(TestStore.sqlite(), TestStore.postgresql());
  private static final List<Filled> STORES = new ArrayList<>();

  private static final List<ResourceType> ALL = List.of(USERS, GROUPS, ROLES);

  private static Path folder;

  /** A store, what it shows in the order of creation, and two of them by id. */
  private record Filled(DirectoryFixture store, List<ObjectNode> all, String user, String group) {

    Filter own(Filter filter) {
      return FilterParser.parse(filter.toString().replace("GROUP", group).replace("USER", user));
    }

    Page list(ListQuery query) {
      return store.directory().list(query);
    }
  }

  @BeforeContainer
  static void open() throws IOException {
    folder = Files.createTempDirectory("filters");
    KINDS.forEach(it -> STORES.add(filled(DirectoryFixture.on(it, folder))));
  }

  private static Filled filled(DirectoryFixture store) {
    var members = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      int number = i;
      members.add(store.user("u" + i, it -> vary(it, number)));
    }
    var group = store.group("a", members.subList(0, 9).toArray(String[]::new));
    store.group("ß", it -> it.put("externalId", "A"), members.subList(5, 12));
    var empty =
        store.group(
            "Empty", it -> it.putObject(ResourceTypes.PBX_GROUP).put("kind", "A"), List.of());
    store.park(empty, "a", DirectoryFixture.NOW.plus(Duration.ofDays(1)));
    store.park(empty, "ab", DirectoryFixture.NOW.minus(Duration.ofDays(1)));
    for (int i = 0; i < 12; i++) {
      var value = value(i);
      int number = i;
      store.role(value + i % 3, it -> varyRole(it, value, number));
    }
    return new Filled(store, Shown.all(store), members.getFirst(), group);
  }

  private static String value(int number) {
    return VALUES.get(number % VALUES.size()).replace("\\\\", "\\");
  }

  private static void vary(ObjectNode user, int number) {
    var value = value(number);
    user.put("userName", value + number % 3);
    if (number % 11 != 0) {
      user.put("active", number % 4 != 0);
    }
    if (number % 2 == 0) {
      user.put("externalId", value).put("title", value(number / 2));
      user.putObject("name").put("familyName", value + "X");
    }
    if (number % 3 == 0) {
      user.put("displayName", value + value).put("profileUrl", value);
      user.putObject(ResourceTypes.ENTERPRISE_USER).put("department", value);
    }
    if (number % 5 != 0) {
      var emails = user.putArray("emails");
      emails.addObject().put("value", value).put("type", number % 2 == 0 ? "Work" : "home");
      emails.addObject().put("value", "z" + value).put("primary", number % 3 == 0);
    }
    if (number % 6 == 0) {
      var photos = user.putArray("photos");
      photos.addObject().put("value", value).put("type", "Photo").put("primary", true);
      photos.addObject().put("value", "A").put("type", "thumbnail");
      user.putObject(ResourceTypes.ENTERPRISE_USER).putObject("manager").put("value", value);
    }
    if (number % 7 == 0) {
      var pbx = user.putObject(ResourceTypes.PBX_USER).put("extensionNumber", "10" + number);
      pbx.putObject("ms365").put("bound", number % 2 == 0).put("boundAt", "2024-01-01T00:00:00Z");
      pbx.putObject("provisioning").put("lastSync", "2026-02-03T04:05:06." + (100 + number) + "Z");
    }
  }

  private static void varyRole(ObjectNode role, String value, int number) {
    var pbx = role.putObject(ResourceTypes.PBX_ROLE).put("builtIn", number % 4 == 0);
    if (number % 2 == 0) {
      role.put("description", value);
      var permissions = pbx.putArray("permissions");
      permissions.addObject().put("value", value);
      permissions.addObject().put("value", "A");
    }
  }

  @AfterContainer
  static void close() throws IOException {
    STORES.forEach(it -> it.store.close());
    STORES.clear();
    KINDS.forEach(TestStore::close);
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Property(tries = 1000)
  void sqlFindsWhatTheSchemaSays(@ForAll("filters") Filter filter) {
    for (var filled : STORES) {
      for (var types : List.of(List.of(USERS), List.of(GROUPS), List.of(ROLES), ALL)) {
        assertFound(filled, types, filled.own(filter));
      }
    }
  }

  private static void assertFound(Filled filled, List<ResourceType> types, Filter filter) {
    var known = types.size() == 1 ? KnownFilter.of(filter, types.getFirst()) : filter;
    var query = query(types, Optional.of(known), Optional.empty(), new Paging.Index(1), 100);

    var page = filled.list(query);

    var matching =
        filled.all.stream()
            .filter(it -> types.contains(Shown.type(it)))
            .filter(it -> matches(it, filter))
            .map(it -> it.path("id").asText())
            .toList();
    assertThat(ids(page)).as("%s of %s", filter, types.size()).isEqualTo(matching);
    assertThat(page.total()).isEqualTo(matching.size());
  }

  @Property(tries = 300)
  void everyWayOfPagingGivesTheWholeListInOrder(
      @ForAll("filters") Filter filter,
      @ForAll("sorts") Optional<Sort> sort,
      @ForAll("counts") int count) {
    for (var filled : STORES) {
      var types = ALL;
      var some = Optional.of(filled.own(filter)).filter(it -> count % 2 == 0);
      var expected =
          Shown.sorted(filled.all, sort).stream()
              .filter(it -> some.isEmpty() || matches(it, some.get()))
              .map(it -> it.path("id").asText())
              .toList();

      assertThat(byIndex(filled, types, some, sort, count)).isEqualTo(expected);
      assertThat(byCursor(filled, types, some, sort, count)).isEqualTo(expected);
    }
  }

  @Property(tries = 150)
  void usersComeInOrderWithTheHelpOfIndexes(
      @ForAll("sorts") Optional<Sort> sort, @ForAll("counts") int count) {
    for (var filled : STORES) {
      var own = onlyOf(USERS, sort);
      var expected =
          Shown.sorted(filled.all, own).stream()
              .filter(it -> Shown.type(it).equals(USERS))
              .map(it -> it.path("id").asText())
              .toList();

      assertThat(byIndex(filled, List.of(USERS), Optional.empty(), own, count)).isEqualTo(expected);
      assertThat(byCursor(filled, List.of(USERS), Optional.empty(), own, count))
          .isEqualTo(expected);
    }
  }

  private static Optional<Sort> onlyOf(ResourceType type, Optional<Sort> sort) {
    return sort.filter(it -> type.find(it.by()).isPresent());
  }

  private static List<String> byIndex(
      Filled filled,
      List<ResourceType> types,
      Optional<Filter> filter,
      Optional<Sort> sort,
      int count) {
    var found = new ArrayList<String>();
    int total = Integer.MAX_VALUE;
    while (found.size() < total) {
      var at = new Paging.Index(found.size() + 1);
      var page = filled.list(query(types, filter, sort, at, count));
      assertThat(page.entries().isEmpty()).isEqualTo(page.total() == found.size());
      total = page.total();
      found.addAll(ids(page));
    }
    return found;
  }

  /** Forwards to the end; backwards everything comes again. */
  private static List<String> byCursor(
      Filled filled,
      List<ResourceType> types,
      Optional<Filter> filter,
      Optional<Sort> sort,
      int count) {
    var query = query(types, filter, sort, new Paging.First(), count);
    var page = filled.list(query);
    assertThat(page.previous()).isEmpty();
    var pages = new ArrayList<List<String>>();
    pages.add(ids(page));
    while (page.next().isPresent()) {
      page = filled.list(query.at(new Paging.Beside(page.next().get())));
      pages.add(ids(page));
    }
    for (var expected : pages.reversed().subList(1, pages.size())) {
      page = filled.list(query.at(new Paging.Beside(page.previous().orElseThrow())));
      assertThat(ids(page)).isEqualTo(expected);
    }
    assertThat(page.previous()).isEmpty();
    return pages.stream().flatMap(List::stream).toList();
  }

  private static ListQuery query(
      List<ResourceType> types,
      Optional<Filter> filter,
      Optional<Sort> sort,
      Paging paging,
      int count) {
    return new ListQuery(TENANT, types, filter, sort, paging, count, Shown.BASE);
  }

  private static List<String> ids(Page page) {
    return page.entries().stream().map(Stored::id).toList();
  }

  private static boolean matches(ObjectNode resource, Filter filter) {
    var type = Shown.type(resource);
    return FilterMatcher.of(KnownFilter.of(filter, type), type).test(resource);
  }

  @Provide
  Arbitrary<Integer> counts() {
    return Arbitraries.of(7, 8, 20, 43, 44);
  }

  @Provide
  Arbitrary<Optional<Sort>> sorts() {
    return Combinators.combine(Arbitraries.of(SORTED), Arbitraries.of(Sort.Order.values()))
        .as((by, order) -> new Sort(AttributePath.parse(by).orElseThrow(), order))
        .optional();
  }

  @Provide
  Arbitrary<Filter> filters() {
    return filters(3);
  }

  private Arbitrary<Filter> filters(int depth) {
    if (depth == 0) {
      return leaf();
    }
    var inner = filters(depth - 1);
    var some = inner.list().ofMinSize(2).ofMaxSize(3);
    return Arbitraries.oneOf(
        leaf(), inner.map(Filter.Not::new), some.map(Filter.And::new), some.map(Filter.Or::new));
  }

  private Arbitrary<Filter> leaf() {
    var text =
        Combinators.combine(
                Arbitraries.of(TEXTS),
                Arbitraries.of("eq", "ne", "sw", "co", "ew", "gt", "ge", "lt", "le"),
                Arbitraries.of(VALUES))
            .as((name, word, value) -> name + " " + word + " \"" + value + "\"");
    var time =
        Combinators.combine(
                Arbitraries.of(TIMES),
                Arbitraries.of("eq", "ne", "gt", "ge", "lt", "le"),
                Arbitraries.of(INSTANTS))
            .as((name, word, value) -> name + " " + word + " \"" + value + "\"");
    var unary =
        Combinators.combine(
                Arbitraries.of(TEXTS),
                Arbitraries.of("pr", "eq null", "ne null", "eq \"\"", "co \"\""))
            .as((name, word) -> name + " " + word);
    return Arbitraries.oneOf(text, text, time, unary, Arbitraries.of(OTHERS))
        .map(it -> it.replace("BASE", Shown.BASE))
        .map(FilterParser::parse);
  }

  private static final List<String> OTHERS =
      List.of(
          "active eq true",
          "active ne true",
          "active eq \"False\"",
          "active pr",
          "active eq null",
          "name pr",
          "manager pr",
          "meta pr",
          "provisioning pr",
          "emails pr",
          "ms365.bound eq true",
          "ms365.bound ne true",
          "emails.primary eq true",
          "emails.primary ne true",
          "emails[primary eq true]",
          "emails[type eq \"work\" and value eq \"a\"]",
          "emails[type eq \"work\"].value eq \"A\"",
          "emails[value eq \"b\"]",
          "emails[not (value eq \"a\")]",
          "emails[type pr or (value sw \"z\" and primary eq false)]",
          "emails[type eq null and value co \"a\"]",
          "phoneNumbers[not (type eq \"x\")]",
          "photos[type eq \"photo\" and value eq \"A\"]",
          "photos[value eq \"a\"]",
          "name[familyName ew \"x\"]",
          "name[not (familyName pr)]",
          "manager[value eq \"ß\"]",
          "meta[resourceType eq \"User\" and version pr]",
          "schemas[value sw \"urn\"]",
          "schemas eq \"urn:ietf:params:scim:schemas:extension:pbx:2.0:User\"",
          "groups eq \"GROUP\"",
          "groups[value eq \"GROUP\" and display eq \"a\"]",
          "groups[not (value eq \"GROUP\")]",
          "members eq \"USER\"",
          "members.value ne \"USER\"",
          "members[value eq \"USER\" and type eq \"user\"]",
          "id eq \"USER\"",
          "id gt \"USER\"",
          "meta.location eq \"BASE/Users/USER\"",
          "members.$ref eq \"BASE/Users/USER\"",
          "groups.$ref sw \"BASE/Groups/\"",
          "meta.created sw \"2026-02\"",
          "meta.lastModified co \"T04:05:06.789\"",
          "meta.lastModified ew \"9z\"",
          "ms365.boundAt ew \"Z\"",
          "meta.version eq \"W/\\\"1\\\"\"",
          "pbxId sw \"pbx-\"",
          "meta.resourceType eq \"Group\"",
          "meta.resourceType eq \"Role\"",
          "builtIn eq true",
          "builtIn ne true",
          "permissions eq \"A\"",
          "permissions pr",
          "none eq \"x\"",
          "none ne \"x\"",
          "none pr",
          "none[value eq \"x\"]",
          "userName[value sw \"a\"]");
}
