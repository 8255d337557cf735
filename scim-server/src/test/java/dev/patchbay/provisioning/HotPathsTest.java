package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.config.Section;
import dev.patchbay.database.Database;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Directory;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.schema.IdentityProvider;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That what is done often costs the same however large the directory and its groups are. */
class HotPathsTest {
  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);
  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      initial-password: generate-if-weak
      extensions: { pools: { default: { ranges: ["1000-1999"] } } }
      """;

  /** Those of {@link Database#select} are not counted. */
  private static final int CREATE = 18;

  @TempDir private Path folder;
  private final Queue<String> statements = new ConcurrentLinkedQueue<>();
  private Database database;
  private Directory directory;
  private Provisioner provisioner;

  @BeforeEach
  void open() {
    database = TestStore.sqlite().open(folder);
    directory = new Directory(database, Clock.systemUTC());
    provisioner =
        Provisioner.paused(
            "office",
            database,
            new InMemoryPbx(Clock.systemUTC(), Duration.ofMinutes(1)),
            TestMapping.from(Section.of(MAPPING)),
            ProvisioningPolicy.from(Section.of("")),
            Clock.systemUTC());
    note(database.read(handle -> handle.getJdbi()));
    note(database.write(handle -> handle.getJdbi()));
  }

  /** What is prepared from then on. */
  private void note(Jdbi connections) {
    connections
        .getConfig(SqlStatements.class)
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logAfterExecution(StatementContext context) {
                statements.add(context.getParsedSql().getSql());
              }
            });
  }

  @AfterEach
  void close() {
    provisioner.close();
    database.close();
  }

  @Test
  void aMemberMoreCostsTheSameInALargeGroup() {
    var users = users(3);
    var small = group("Small");
    var large = group("Large");
    fill(large, 2000);
    add(small, users.get(0)); // the first one makes the group's state appear
    add(large, users.get(0));

    var few = cost(() -> add(small, users.get(1)));
    var many = cost(() -> add(large, users.get(1)));
    var one = cost(() -> remove(small, users.get(1)));
    var other = cost(() -> remove(large, users.get(1)));

    assertThat(many).isEqualTo(few);
    assertThat(other).isEqualTo(one);
  }

  /** Of the 34 that it once took, most asked again for what was known. */
  @Test
  void aCreateTakesFewStatements() {
    users(1);
    statements.clear();

    var body = "{'userName':'ada','externalId':'x-1','emails':[{'value':'ada@corp.example'}]}";
    provisioner.create(EntryType.USER, IDP, json(body));

    assertThat(statements).hasSizeLessThanOrEqualTo(CREATE);
  }

  @Test
  void aGroupWithoutItsMembersIsReadWithoutThem() {
    var group = group("Large");
    fill(group, 10);
    statements.clear();

    assertThat(directory.get("office", EntryType.GROUP, group.id())).isPresent();

    assertThat(statements).isNotEmpty().noneMatch(sql -> sql.contains("from member "));
  }

  @Test
  void readsAndWritesFindTheirRowsByAnIndex() {
    var users = users(10);
    var ada = users.getFirst();
    var sales = group("Sales");
    var values = users.stream().map(user -> "{'value':'" + user.id() + "'}").toList();
    patch(sales, "{'op':'add','path':'members','value':" + values + "}");
    patch(sales, "{'op':'add','path':'members','value':[{'value':'x-1'},{'value':'x-2'}]}");
    assertThat(directory.get("office", EntryType.USER, ada.id())).isPresent();
    assertThat(directory.get("office", EntryType.GROUP, sales.id())).isPresent();
    directory.members(sales.id(), it -> {});
    patch(ada, "{'op':'replace','path':'displayName','value':'Countess'}");
    remove(sales, ada);
    provisioner.delete(EntryType.USER, IDP, ada.id(), new IfMatch.Any());

    var walks = statements.stream().distinct().flatMap(sql -> scans(sql).stream()).toList();

    assertThat(walks).isEmpty();
  }

  /** Statements run and rows changed. */
  private record Cost(List<String> statements, long rows) {}

  private Cost cost(Runnable work) {
    long before = changes();
    statements.clear();
    work.run();
    var ran = new ArrayList<>(statements);
    return new Cost(ran, changes() - before);
  }

  /** SQLite counts for each connection, and there is one that writes. */
  private long changes() {
    return database.write(
        handle -> handle.createQuery("select total_changes()").mapTo(Long.class).one());
  }

  private List<String> scans(String sql) {
    return database.read(
        handle -> {
          try (var statement =
                  handle.getConnection().prepareStatement("explain query plan " + sql);
              var rows = statement.executeQuery()) {
            var found = new ArrayList<String>();
            while (rows.next()) {
              var detail = rows.getString("detail");
              if (walks(sql, detail)) {
                found.add(detail + " in " + sql);
              }
            }
            return found;
          } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
          }
        });
  }

  /**
   * Whether it passes through a table, a tenant, a whole group or every number in use. The index
   * member_open has open rows only, reservation_released those that nobody holds; what else than a
   * select looks for a group's members is a foreign key's check.
   */
  private static boolean walks(String sql, String detail) {
    return (detail.startsWith("SCAN")
            && !detail.endsWith("USING INDEX member_open")
            && !detail.startsWith("SCAN bound VIRTUAL TABLE"))
        || detail.matches(
            "SEARCH reservation USING (?!COVERING INDEX reservation_released).*value>.*")
        || detail.matches("SEARCH .* [(]tenant=[?] AND type=[?]( AND visible=[?])?[)]")
        || (sql.startsWith("select")
            && detail.equals("SEARCH member USING PRIMARY KEY (group_id=?)"));
  }

  private List<Entry> users(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> provisioner.create(EntryType.USER, IDP, json("{'userName':'user" + i + "'}")))
        .toList();
  }

  private Entry group(String name) {
    return provisioner.create(EntryType.GROUP, IDP, json("{'displayName':'" + name + "'}"));
  }

  private void fill(Entry group, int members) {
    database.run(
        handle ->
            Memberships.save(
                handle,
                IntStream.range(0, members)
                    .mapToObj(
                        i ->
                            new Membership(
                                group.id(), "filler" + i, "" + (5000 + i), true, true, true, false))
                    .toList()));
  }

  private void add(Entry group, Entry user) {
    patch(group, "{'op':'add','path':'members','value':[{'value':'" + user.id() + "'}]}");
  }

  private void remove(Entry group, Entry user) {
    patch(group, "{'op':'remove','path':'members[value eq \\'" + user.id() + "\\']'}");
  }

  private void patch(Entry entry, String operation) {
    provisioner.patch(
        entry.type(),
        IDP,
        entry.id(),
        new IfMatch.Any(),
        json("{'Operations':[" + operation + "]}"));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace("\\'", "\\\"").replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
