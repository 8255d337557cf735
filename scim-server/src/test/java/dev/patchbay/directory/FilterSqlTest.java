package dev.patchbay.directory;

import static dev.patchbay.directory.DirectoryFixture.GROUPS;
import static dev.patchbay.directory.DirectoryFixture.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.database.JsonSql;
import dev.patchbay.schema.AttributePath;
import dev.patchbay.schema.FilterParser;
import dev.patchbay.schema.ResourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterSqlTest {
  @TempDir Path folder;
  private DirectoryFixture store;

  @BeforeEach
  void open() {
    store = DirectoryFixture.in(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "userName eq 'x'                       | entry_user_name (tenant=? AND type=? AND visible=?"
            + " AND user_name=?)",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName eq 'x' | user_name=?)",
        "userName sw 'x'                       | entry_user_name (tenant=? AND type=? AND visible=?"
            + " AND user_name>? AND user_name<?)",
        "externalId eq 'x'                     | external_id=?)",
        "displayName eq 'x'                    | display_name=?)",
        "id eq 'x'                             | sqlite_autoindex_entry_1 (id=?)",
        "urn:ietf:params:scim:schemas:extension:pbx:2.0:User:extensionNumber eq '1000' |"
            + " extension=?)",
        "extensionNumber eq '1000'             | extension=?)",
        "emails eq 'x'                         | email_value (value=?)",
        "emails.value eq 'x'                   | email_value (value=?)",
        "emails[value eq 'x']                  | email_value (value=?)",
        "emails[type eq 'work'].value eq 'x'   | email_value (value=?)",
        "emails[type eq 'work' and value eq 'x'] | email_value (value=?)",
        "groups eq 'x'                         | r USING PRIMARY KEY (group_id=?)",
        "groups.value eq 'x'                   | r USING PRIMARY KEY (group_id=?)",
        "userName eq 'x' and active eq true    | user_name=?)",
        "active eq true and userName eq 'x'    | user_name=?)",
        "title co 'x' and userName eq 'x'      | user_name=?)",
        "not (active eq true) and userName eq 'x' | user_name=?)",
        "userName eq 'x' or emails eq 'x'      | email_value (value=?)",
        "userName eq 'x' or externalId eq 'x'  | external_id=?)",
        "(userName eq 'x' or externalId eq 'x') and title pr | external_id=?)",
      })
  void looksIntoAnIndexOfUsers(String filter, String index) {
    var plan = plan(filter, USERS);

    assertThat(plan).anyMatch(it -> it.contains(index));
    assertThat(plan).noneMatch(it -> it.startsWith("SCAN entry") || it.contains("entry_list"));
    assertThat(plan).noneMatch(it -> it.contains("entry_active"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "displayName eq 'x'                    | display_name=?)",
        "members eq 'x'                        | member_user (user_id=?)",
        "members.value eq 'x'                  | member_user (user_id=?)",
        "members[value eq 'x']                 | member_user (user_id=?)",
        "id eq 'x' and members eq 'y'          | sqlite_autoindex_entry_1 (id=?)",
      })
  void looksIntoAnIndexOfGroups(String filter, String index) {
    var plan = plan(filter, GROUPS);

    assertThat(plan).anyMatch(it -> it.contains(index));
    assertThat(plan).noneMatch(it -> it.startsWith("SCAN entry") || it.contains("entry_list"));
  }

  @Test
  void readsActiveUsersInTheOrderOfTheirIndex() {
    assertThat(plan("active eq true", USERS))
        .containsExactly(
            "SEARCH entry USING INDEX entry_active (tenant=? AND type=? AND visible=? AND"
                + " active=?)");
  }

  @Test
  void readsAListInTheOrderOfItsIndex() {
    assertThat(explain(EntryRows.bySeq(everyone(Optional.empty()).where(), true)))
        .containsExactly("SEARCH entry USING INDEX entry_list (tenant=? AND type=? AND visible=?)");
  }

  @ParameterizedTest
  @CsvSource({
    "userName, entry_user_name",
    "displayName, entry_display_name",
    "externalId, entry_external_id",
    "extensionNumber, entry_extension",
    "meta.lastModified, entry_modified",
    "active, entry_active",
  })
  void sortsInTheOrderOfAnIndexWhereThereIsOne(String by, String index) {
    for (Sort.Order order : Sort.Order.values()) {
      var sql = everyone(Optional.of(new Sort(AttributePath.parse(by).orElseThrow(), order)));
      var ascending = order == Sort.Order.ASCENDING;
      var plan = explain(EntryRows.byKey(sql.key().orElseThrow().sql(), sql.where(), ascending));

      assertThat(plan)
          .anyMatch(it -> it.startsWith("SEARCH entry USING") && it.contains("INDEX " + index));
      assertThat(sql.scans()).isFalse();
    }
  }

  private static ListSql everyone(Optional<Sort> sort) {
    var query = DirectoryFixture.query(USERS, Optional.empty(), 1, 100);
    return ListSql.of(
        new ListQuery(
            query.tenant(), query.types(), query.filter(), sort, query.paging(), 100, query.base()),
        JsonSql.SQLITE);
  }

  @Test
  void keepsWhatAClientSentOutOfTheText() {
    var sql = sql("userName eq 'x\\\" or 1=1 --' or externalId co '; drop table entry'", USERS);

    assertThat(sql.where()).doesNotContain("1=1").doesNotContain("drop");
  }

  private List<String> plan(String filter, ResourceType type) {
    return plan(sql(filter, type));
  }

  private List<String> plan(ListSql sql) {
    return Stream.of(EntryRows.bySeq(sql.where(), true), EntryList.count(sql))
        .flatMap(it -> explain(it).stream())
        .map(it -> it.replace("COVERING INDEX", "INDEX"))
        .distinct()
        .toList();
  }

  private List<String> explain(String sql) {
    var names = Pattern.compile(":(\\w+)").matcher(sql).results().map(it -> it.group(1));
    var values = names.distinct().collect(Collectors.toMap(it -> it, it -> "x"));
    return store
        .database()
        .read(
            handle ->
                handle
                    .createQuery("explain query plan " + sql)
                    .bindMap(values)
                    .map((row, context) -> row.getString("detail"))
                    .list());
  }

  private static ListSql sql(String filter, ResourceType type) {
    var parsed = FilterParser.parse(filter.replace('\'', '"'));
    return ListSql.of(DirectoryFixture.query(type, Optional.of(parsed), 1, 100), JsonSql.SQLITE);
  }
}
