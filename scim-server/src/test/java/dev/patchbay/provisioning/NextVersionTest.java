package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Section;
import dev.patchbay.database.Database;
import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.journal.Journal;
import dev.patchbay.mapping.Resources;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import dev.patchbay.schema.IdentityProvider;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables are already those of the next release, as while bridges are replaced one by one. */
@OnEachStore
class NextVersionTest {
  private static final String MAPPING =
      """
      email-fallback: "{pbxUserName}@example.invalid"
      initial-password: generate-if-weak
      extensions: { pools: { default: { ranges: ["1000-1999"] } } }
      """;
  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);

  private final TestStore store;
  private final InMemoryPbx pbx = new InMemoryPbx(Clock.systemUTC(), Duration.ZERO);
  private Database database;
  private Provisioner provisioner;

  NextVersionTest(TestStore store) {
    this.store = store;
  }

  @BeforeEach
  void open(@TempDir Path directory) {
    try (var upgrading = store.open(directory)) {
      upgrading.run(NextVersionTest::upgrade);
    }
    database = store.open(directory);
    provisioner =
        Provisioner.paused(
            "office",
            database,
            pbx,
            TestMapping.from(Section.of(MAPPING)),
            ProvisioningPolicy.from(Section.of("")),
            Clock.systemUTC());
  }

  /** All that a migration may do, to every table there is. */
  private static void upgrade(Handle handle) {
    for (String table : tables(handle)) {
      handle.execute("alter table " + table + " add column later bigint");
      handle.execute("alter table " + table + " add column sooner bigint not null default 7");
      handle.execute("create index " + table + "_later on " + table + " (later)");
    }
    handle.execute("create table of_the_next_release (id bigint not null primary key)");
    handle.execute(
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success)"
            + " values (999, '999', 'next', 'SQL', 'V999__next.sql', 'other', 1, true)");
  }

  private static List<String> tables(Handle handle) {
    try {
      var connection = handle.getConnection();
      var names = new ArrayList<String>();
      try (var rows =
          connection
              .getMetaData()
              .getTables(null, connection.getSchema(), null, new String[] {"TABLE"})) {
        while (rows.next()) {
          names.add(rows.getString("TABLE_NAME"));
        }
      }
      names.removeIf(it -> it.startsWith("flyway") || it.startsWith("sqlite"));
      return names;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    provisioner.close();
    database.close();
    store.close();
  }

  @Test
  void thisReleaseWorksOnTheTablesOfTheNext() {
    var ada = provisioner.create(EntryType.USER, IDP, json("{'userName':'ada'}"));
    var sales =
        provisioner.create(
            EntryType.GROUP,
            IDP,
            json("{'displayName':'Sales','members':[{'value':'" + ada.id() + "'}]}"));
    pbx.spoil(PbxCall.UpdateUser.class, Fault.UNAVAILABLE);
    leave(ada);
    provisioner.recover();
    provisioner.delete(EntryType.GROUP, IDP, sales.id(), new IfMatch.Any());
    provisioner.delete(EntryType.USER, IDP, ada.id(), new IfMatch.Any());

    assertThat(pbx.all()).isEmpty();
    assertThat(database.<Long>read(handle -> Journal.open(handle, "office"))).isZero();
    assertThat(database.<Optional<Entry>>read(handle -> EntryStore.find(handle, ada.id())))
        .isEmpty();
  }

  private void leave(Entry user) {
    var patch = json("{'Operations':[{'op':'replace','path':'active','value':false}]}");
    try {
      provisioner.patch(EntryType.USER, IDP, user.id(), new IfMatch.Any(), patch);
    } catch (TryLater later) {
      // recovery takes it up
    }
  }

  private static ObjectNode json(String text) {
    return Resources.resource(text);
  }
}
