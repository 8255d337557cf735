package dev.patchbay.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.database.Database;
import dev.patchbay.database.TestStore;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** A store with users and groups of the tenant {@code office}, made without a phone system. */
public final class DirectoryFixture implements AutoCloseable {
  public static final String TENANT = "office";
  public static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789Z");
  public static final ResourceType USERS = ResourceTypes.user(PhoneAccount.WHOLE);
  public static final ResourceType GROUPS = ResourceTypes.group();
  public static final ResourceType ROLES = ResourceTypes.role(true);

  private final Database database;
  private final Directory directory;

  private DirectoryFixture(Database database, Clock clock) {
    this.database = database;
    this.directory = new Directory(database, clock);
  }

  public static DirectoryFixture in(Path folder) {
    return on(TestStore.sqlite(), folder);
  }

  /** One whose clock the test moves. */
  public static DirectoryFixture in(Path folder, Clock clock) {
    return new DirectoryFixture(TestStore.sqlite().open(folder), clock);
  }

  public static DirectoryFixture on(TestStore store, Path folder) {
    return new DirectoryFixture(store.open(folder), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  public Database database() {
    return database;
  }

  public Directory directory() {
    return directory;
  }

  /** Of one type, by index and in the order of creation. */
  public static ListQuery query(
      ResourceType type, Optional<Filter> filter, int startIndex, int count) {
    return new ListQuery(
        TENANT,
        List.of(type),
        filter,
        Optional.empty(),
        new Paging.Index(startIndex),
        count,
        "https://bridge.example/office/scim/v2");
  }

  /** A live user with that name; {@code more} adds what the test is about. */
  public String user(String userName, Consumer<ObjectNode> more) {
    return add(user(newId(), userName, more));
  }

  public String user(String userName) {
    return user(userName, it -> {});
  }

  /** Many plain users in one transaction, named {@code user0} and so on. */
  public List<String> users(int count) {
    return database.write(
        handle -> {
          var ids = new ArrayList<String>();
          for (int i = 0; i < count; i++) {
            var number = Integer.toString(100_000 + i);
            var entry =
                user(
                    newId(),
                    "user" + i,
                    it -> it.putObject(ResourceTypes.PBX_USER).put("extensionNumber", number));
            EntryStore.insert(handle, entry);
            ids.add(entry.id());
          }
          return ids;
        });
  }

  private static Entry user(String id, String userName, Consumer<ObjectNode> more) {
    var resource = Json.object();
    resource.putArray("schemas").add(ResourceTypes.CORE_USER);
    resource.put("userName", userName).put("active", true);
    more.accept(resource);
    USERS.declareSchemas(resource);
    return live(id, EntryType.USER, resource)
        .with(Applied.present(new PbxRef("pbx-" + userName), Map.of()));
  }

  /** Changes a resource as a write would. */
  public void change(String id, Consumer<ObjectNode> how) {
    database.run(
        handle -> {
          var entry = EntryStore.find(handle, id).orElseThrow();
          how.accept(entry.resource());
          if (!EntryStore.update(handle, entry)) {
            throw new IllegalStateException(id + " is claimed");
          }
        });
  }

  public String group(String displayName, String... members) {
    return group(displayName, it -> {}, List.of(members));
  }

  public String group(String displayName, Consumer<ObjectNode> more, List<String> members) {
    var id = newId();
    var resource = Json.object();
    resource.putArray("schemas").add(ResourceTypes.CORE_GROUP);
    resource.put("displayName", displayName);
    more.accept(resource);
    GROUPS.declareSchemas(resource);
    add(live(id, EntryType.GROUP, resource));
    database.run(
        handle ->
            Memberships.save(
                handle,
                members.stream()
                    .map(it -> new Membership(id, it, "1000", true, true, true, false))
                    .toList()));
    return id;
  }

  /** A live role of that name; {@code more} adds what the test is about. */
  public String role(String displayName, Consumer<ObjectNode> more) {
    var resource = Json.object();
    resource.putArray("schemas").add(ResourceTypes.CORE_ROLE);
    resource.put("displayName", displayName);
    more.accept(resource);
    ROLES.declareSchemas(resource);
    return add(
        live(newId(), EntryType.ROLE, resource)
            .with(Applied.present(new PbxRef("pbx-" + displayName), Map.of())));
  }

  public void park(String group, String value, Instant expiresAt) {
    database.run(handle -> ParkedMembers.park(handle, group, Set.of(value), expiresAt));
  }

  /** An entry that is stored and not to be seen. */
  public String hidden(String userName, Life life) {
    return add(user(newId(), userName, it -> {}).with(life));
  }

  private static Entry live(String id, EntryType type, ObjectNode resource) {
    return Entry.creating(id, TENANT, type, "test", NOW, resource).with(Life.LIVE);
  }

  private String add(Entry entry) {
    database.run(handle -> EntryStore.insert(handle, entry));
    return entry.id();
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  @Override
  public void close() {
    database.close();
  }
}
