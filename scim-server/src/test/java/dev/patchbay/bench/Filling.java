package dev.patchbay.bench;

import dev.patchbay.database.Database;
import dev.patchbay.database.StoreAddress;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.directory.Reservation;
import dev.patchbay.directory.Reservations;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Many users in a store: copies of one that was made over SCIM, so that each is as real as it. */
final class Filling {
  private static final int BATCH = 2_000; // users in one transaction

  private final Entry template;
  private final String templateName;
  private final String templateNumber;
  private final Reservations reservations;

  private Filling(Entry template, String templateName) {
    this.template = template;
    this.templateName = templateName;
    this.templateNumber =
        template.applied().fields().getOrDefault(PbxField.EXTENSION, "no extension");
    this.reservations = new Reservations(template.tenant());
  }

  /** Fills the store and gives the users' identifiers. */
  static List<String> of(
      Path store, String template, List<String> groups, int size, Settings settings) {
    try (var database = Database.open(new StoreAddress.SqliteFile(store))) {
      var found = database.read(handle -> EntryStore.find(handle, template)).orElseThrow();
      var filling = new Filling(found, "template-" + size);
      var ids = filling.users(database, size + settings.joiners());
      var members = ids.subList(settings.joiners(), ids.size());
      save(database, groups.get(0), members.subList(0, settings.members()), settings.joiners());
      save(database, groups.get(1), members.subList(0, 10), settings.joiners());
      save(database, groups.get(2), members, settings.joiners());
      return ids;
    }
  }

  private List<String> users(Database database, int count) {
    var ids = new ArrayList<String>();
    while (ids.size() < count) {
      database.run(
          handle -> {
            for (int i = 0; i < BATCH && ids.size() < count; i++) {
              ids.add(add(handle, ids.size()));
            }
          });
    }
    return ids;
  }

  private String add(Handle handle, int number) {
    var name = "user-" + number;
    var extension = Integer.toString(Directory.FIRST_EXTENSION + number);
    var id = UUID.randomUUID().toString();
    var resource =
        template
            .resource()
            .toString()
            .replace(templateName, name)
            .replace(templateNumber, extension);
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    template
        .applied()
        .fields()
        .forEach(
            (field, value) ->
                fields.put(
                    field, value.replace(templateName, name).replace(templateNumber, extension)));
    var entry =
        Entry.creating(
                id,
                template.tenant(),
                template.type(),
                template.source(),
                template.createdAt(),
                Json.object(resource))
            .with(template.life())
            .with(Applied.present(new PbxRef(UUID.randomUUID().toString()), fields));
    EntryStore.insert(handle, entry);
    var keys =
        Set.of(
            new Reservation(Reservation.Kind.USER_NAME, name + "@example.com"),
            new Reservation(Reservation.Kind.PBX_NAME, fields.get(PbxField.NAME)),
            new Reservation(Reservation.Kind.EXTENSION, extension));
    keys.forEach(key -> reservations.take(handle, key, id, template.createdAt()));
    reservations.settle(handle, id, keys, template.createdAt());
    return id;
  }

  private static void save(Database database, String group, List<String> users, int first) {
    var rows = new ArrayList<Membership>();
    for (String user : users) {
      var extension = Integer.toString(Directory.FIRST_EXTENSION + first + rows.size());
      rows.add(new Membership(group, user, extension, true, true, true, false));
    }
    database.run(handle -> Memberships.save(handle, rows));
  }
}
