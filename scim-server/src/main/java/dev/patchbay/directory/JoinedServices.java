package dev.patchbay.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.database.Database;
import dev.patchbay.directory.Memberships.InGroup;
import dev.patchbay.pbx.api.PbxService;
import dev.patchbay.schema.ResourceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** The queues and ring groups of the phone system that a user is in by its groups. */
final class JoinedServices {
  /** Which attribute of a user shows which of them. */
  static final Map<String, PbxService> ATTRIBUTES =
      Map.of("callQueues", PbxService.CALL_QUEUE, "ringGroups", PbxService.RING_GROUP);

  /** A group is told what it stands for by its number or by its id. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{2,64}");

  private JoinedServices() {}

  /** Adds those of one kind to a user, in the order of the groups; nothing where there are none. */
  static void add(ObjectNode user, String attribute, List<InGroup> groups, Database database) {
    var joined = new ArrayList<ObjectNode>();
    var service = Objects.requireNonNull(ATTRIBUTES.get(attribute));
    if (!groups.isEmpty()) {
      database
          .read(handle -> entries(handle, groups))
          .forEach(group -> of(group, service).ifPresent(joined::add));
    }
    if (!joined.isEmpty()) {
      user.withObjectProperty(ResourceTypes.PBX_USER).putArray(attribute).addAll(joined);
    }
  }

  private static List<Entry> entries(Handle handle, List<InGroup> groups) {
    return groups.stream()
        .flatMap(group -> EntryStore.find(handle, group.groupId()).stream())
        .toList();
  }

  /** What a group stands for; empty if that is no such service. */
  private static Optional<ObjectNode> of(Entry group, PbxService service) {
    return group
        .applied()
        .ref()
        .filter(ref -> PbxService.of(ref).equals(Optional.of(service)))
        .map(ref -> element(group, service.id(ref)));
  }

  private static ObjectNode element(Entry group, String id) {
    var element = Json.object().put("value", id);
    element.put("display", group.resource().path("displayName").asText());
    var target = group.resource().path(ResourceTypes.PBX_GROUP).path("target").asText();
    return NUMBER.matcher(target).matches() && !target.equals(id)
        ? element.put("extension", target)
        : element;
  }
}
