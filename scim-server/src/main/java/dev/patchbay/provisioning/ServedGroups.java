package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.MemberChange;
import dev.patchbay.directory.NestedGroups;
import dev.patchbay.directory.PatchApplier;
import dev.patchbay.directory.PatchApplier.Patched;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceReader;
import dev.patchbay.schema.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Groups as SCIM asks for them: here, and on every target that has people of them. */
record ServedGroups(Tenant tenant, ResourceType type, GroupCreates creates, GroupWrites writes)
    implements Served {
  @Override
  public Entry create(Sender sender, JsonNode body) {
    var until = tenant.answerBy();
    var resource = new ResourceReader(type, sender.idp()).read(body);
    var members = few(List.of(new MemberChange.Add(MemberChange.membersOf(body, sender.idp()))));
    var group = creates.create(sender.source(), resource, members);
    return follow(group, until);
  }

  @Override
  public Entry replace(Sender sender, String id, IfMatch ifMatch, JsonNode body) {
    return change(Action.REPLACE, sender, id, ifMatch, base -> replaced(base, sender, body));
  }

  private Patched replaced(ObjectNode base, Sender sender, JsonNode body) {
    return new Patched(
        new ResourceReader(type, sender.idp()).replace(base, body),
        few(GroupWrites.replacing(body, sender.idp())));
  }

  @Override
  public Entry patch(Sender sender, String id, IfMatch ifMatch, JsonNode patch) {
    return change(Action.PATCH, sender, id, ifMatch, base -> patched(base, sender, patch));
  }

  private Patched patched(ObjectNode base, Sender sender, JsonNode patch) {
    var patched = PatchApplier.apply(base, patch, type, sender.idp());
    return new Patched(patched.resource(), few(patched.members()));
  }

  private Entry change(
      Action action,
      Sender sender,
      String id,
      IfMatch ifMatch,
      Function<ObjectNode, Patched> request) {
    var change = new GroupWrites.Change(action, sender.source(), id, ifMatch, request);
    return followed(id, () -> writes.change(change));
  }

  @Override
  public void delete(Sender sender, String id, IfMatch ifMatch) {
    var until = tenant.answerBy();
    var above = above(id);
    try {
      writes.delete(sender.source(), id, ifMatch);
      follow(id, until);
    } finally {
      wake(id, above);
    }
  }

  /** Each costs memory, and the whole request takes place at once. */
  private List<MemberChange> few(List<MemberChange> changes) {
    int most = tenant.policy().membersPerRequest();
    if (changes.stream().mapToInt(MemberChange::named).sum() > most) {
      throw new Refusal(Refusal.Kind.TOO_LARGE, "more than " + most + " members in one request");
    }
    return changes;
  }

  private Entry followed(String id, Supplier<Entry> write) {
    var until = tenant.answerBy();
    try {
      var group = write.get();
      return follow(group, until);
    } finally {
      wake(id, above(id));
    }
  }

  /** As it is then. */
  private Entry follow(Entry group, Instant until) {
    follow(group.id(), until);
    return tenant.targets().none()
        ? group
        : tenant
            .database()
            .read(it -> EntryStore.find(it, group.id()))
            .filter(now -> now.version() == group.version())
            .orElse(group);
  }

  private void follow(String id, Instant until) {
    if (!tenant.targets().none()) {
      tenant.targets().follow(tenant, Followee.group(id), until);
    }
  }

  /** The people of a group are those of the groups it belongs to. */
  private Set<String> above(String id) {
    return tenant.targets().none()
        ? Set.of()
        : tenant.database().read(handle -> NestedGroups.above(handle, id));
  }

  private void wake(String id, Set<String> above) {
    tenant.targets().wake(Followee.group(id));
    above.forEach(it -> tenant.targets().wake(Followee.group(it)));
  }
}
