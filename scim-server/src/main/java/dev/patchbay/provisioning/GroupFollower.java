package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Life;
import dev.patchbay.directory.Reservation;
import dev.patchbay.mapping.GroupKind;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Brings a target to what the tenant wants of one group: its name, and those of its people who are
 * on that target, whatever group they are in it by. What the group is for there, the target's own
 * settings say. A group is made there when first somebody of it is there.
 *
 * <p>Members are compared as they are, so that one who comes to the target later is found, too.
 */
final class GroupFollower implements Following {
  /** Each brings some members; what is left comes in the next round. */
  private static final int STEPS = 30;

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final String DESCRIPTION = ResourceTypes.PBX_GROUP + ":description";

  private final Tenant tenant;
  private final Target target;
  private final Sender sender;
  private final InnerEntries inner;
  private final FollowNotes notes;
  private final InTheWay inTheWay;

  GroupFollower(Tenant tenant, Target target) {
    this.tenant = tenant;
    this.target = target;
    this.sender = new Sender("tenant " + tenant.name(), IdentityProvider.AUTO);
    this.inner = new InnerEntries(target, Reservation.Kind.GROUP_NAME);
    this.notes = new FollowNotes(tenant);
    this.inTheWay = new InTheWay(tenant, target);
  }

  /** What there is, of one moment. */
  private record Seen(
      Optional<Entry> group, Followed row, Optional<Entry> inner, TargetMembers.Change members) {
    /** Until its deletion is done here it may be taken back. */
    boolean wanted() {
      return group.filter(it -> it.life().visible()).isPresent();
    }

    /** Whether it is made there if it is not. */
    boolean comes() {
      return group.filter(it -> it.life() == Life.LIVE).isPresent() && !members.coming().isEmpty();
    }

    boolean isThere() {
      return inner.filter(it -> it.life() == Life.LIVE).isPresent();
    }
  }

  @Override
  public void follow(String id, FollowLease lease) {
    for (int step = 0; step < STEPS && lease.renewed(); step++) {
      var seen = tenant.database().read(handle -> seen(handle, id));
      if (seen.group().map(Entry::life).filter(Life::creating).isPresent()) {
        return; // nobody was told of it yet
      }
      try {
        if (isDone(seen)) {
          return;
        }
      } catch (TryLater later) {
        notes.later(seen.row(), later.detail(), SOON);
        return;
      } catch (Refusal refusal) {
        if (refusal.kind() == Refusal.Kind.UNIQUENESS && stepsAside(seen)) {
          notes.later(seen.row(), InTheWay.WHY, SOON);
          return;
        }
        if (!Follower.overtaken(refusal)) {
          long version = seen.group().map(Entry::version).orElse(0L);
          notes.refused(seen.row(), version, refusal.detail());
          return;
        }
      }
    }
    var row = FollowedRows.findOrNot(tenant, EntryType.GROUP, id, target.tenant());
    notes.later(row, "more of it is to come", SOON);
  }

  private Seen seen(Handle handle, String id) {
    var row = FollowedRows.findOrNot(handle, EntryType.GROUP, id, target.tenant());
    var group = EntryStore.find(handle, tenant.name(), EntryType.GROUP, id);
    var found = inner.of(handle, row);
    var there = found.map(Entry::id).orElse("");
    return new Seen(group, row, found, TargetMembers.of(handle, target.tenant(), id, there));
  }

  /** One step there; false where there may be another one. */
  private boolean isDone(Seen seen) {
    if (!seen.wanted()) {
      return isGone(seen);
    }
    var group = seen.group().orElseThrow();
    if (seen.isThere()) {
      return isChanged(seen, group, seen.inner().orElseThrow());
    }
    if (seen.inner().filter(it -> !it.life().creating()).isPresent()) {
      throw TryLater.unavailable(SOON, "its deletion is under way");
    }
    if (seen.inner().isEmpty() && !seen.comes()) {
      notes.done(seen.row(), seen.row().of(Optional.empty()).accepting(group));
      return true;
    }
    create(seen, group);
    return false;
  }

  private void create(Seen seen, Entry group) {
    var name = group.resource().path("displayName").asText();
    var row = seen.row().of(Optional.empty()).begun(name);
    notes.begin(seen.row(), row, group, inner);
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("schemas").add(ResourceTypes.CORE_GROUP).add(ResourceTypes.PBX_GROUP);
    body.put("displayName", name);
    if (group.resource().has("externalId")) {
      body.set("externalId", group.resource().path("externalId"));
    }
    var extension = body.putObject(ResourceTypes.PBX_GROUP);
    var description = description(group);
    if (description.isTextual()) {
      extension.set("description", description);
    }
    if (isForItsOwnPbx(group) && !target.provisioner().choosesKind(body)) {
      extension.put("kind", GroupKind.BRIDGE);
    }
    values(body.putArray("members"), seen.members().coming());
    var made = target.provisioner().create(EntryType.GROUP, sender, body);
    notes.write(seen.row(), row.of(Optional.of(made.id())));
  }

  /** A queue of the tenant's own PBX, or what a group gives there, is nothing to another one. */
  private static boolean isForItsOwnPbx(Entry group) {
    var kind = group.resource().path(ResourceTypes.PBX_GROUP).path("kind").asText();
    return !kind.isEmpty() && !kind.equals(GroupKind.USER_GROUP);
  }

  private static JsonNode description(Entry group) {
    return group.resource().path(ResourceTypes.PBX_GROUP).path("description");
  }

  /** One kind at a time, removals first: a name that is refused keeps nobody in, or out. */
  private boolean isChanged(Seen seen, Entry group, Entry inner) {
    var row = seen.row().of(Optional.of(inner.id()));
    notes.write(seen.row(), row);
    var operations = JsonNodeFactory.instance.arrayNode();
    if (!seen.members().going().isEmpty()) {
      var operation = operations.addObject().put("op", "remove").put("path", "members");
      values(operation.putArray("value"), seen.members().going());
    } else if (!seen.members().coming().isEmpty()) {
      var operation = operations.addObject().put("op", "add").put("path", "members");
      values(operation.putArray("value"), seen.members().coming());
    } else {
      same(operations, "displayName", group.resource(), inner.resource());
      same(operations, "externalId", group.resource(), inner.resource());
      set(operations, DESCRIPTION, description(group), description(inner));
    }
    if (operations.isEmpty()) {
      standing(seen, row.accepting(group), inner);
      return true;
    }
    patch(inner, operations);
    return false;
  }

  private void patch(Entry inner, ArrayNode operations) {
    var patch = JsonNodeFactory.instance.objectNode();
    patch.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
    patch.set("Operations", operations);
    var at = new IfMatch.OneOf(inner.etag());
    var unused = target.provisioner().patch(EntryType.GROUP, sender, inner.id(), at, patch);
  }

  /** Whether the name that it is to have will be free; see {@link InTheWay}. */
  private boolean stepsAside(Seen seen) {
    var group = seen.group().orElseThrow();
    return switch (inTheWay.of(group)) {
      case TAKEN -> false;
      case MOVES -> true;
      case CIRCLE -> {
        var operations = JsonNodeFactory.instance.arrayNode();
        set(operations, "displayName", TextNode.valueOf(group.id()), MissingNode.getInstance());
        try {
          patch(seen.inner().orElseThrow(), operations);
        } catch (Refusal no) {
          yield false;
        } catch (TryLater later) {
          // again soon
        }
        yield true;
      }
    };
  }

  private static void same(ArrayNode operations, String path, ObjectNode wanted, ObjectNode is) {
    set(operations, path, wanted.path(path), is.path(path));
  }

  private static void set(ArrayNode operations, String path, JsonNode wanted, JsonNode is) {
    if (wanted.isMissingNode() && !is.isMissingNode()) {
      operations.addObject().put("op", "remove").put("path", path);
    } else if (!wanted.equals(is)) {
      operations.addObject().put("op", "replace").put("path", path).set("value", wanted);
    }
  }

  private static void values(ArrayNode into, Collection<String> ids) {
    ids.forEach(it -> into.addObject().put("value", it));
  }

  private void standing(Seen seen, Followed row, Entry inner) {
    var shown = inner.resource().path(ResourceTypes.PBX_GROUP).path("provisioning");
    var why = Optional.of(shown.path("lastError").asText()).filter(it -> !it.isEmpty());
    var state = Report.State.of(shown.path("state").asText());
    if (state == Report.State.SYNCED) {
      notes.done(seen.row(), row);
    } else {
      boolean gone = state == Report.State.ORPHANED;
      notes.write(seen.row(), row.standing(state, why, gone ? Followed.NOT_DUE : Followed.WAITS));
    }
  }

  private boolean isGone(Seen seen) {
    if (seen.inner().isEmpty()) {
      var row = seen.row().of(Optional.empty()).begun("");
      seen.group()
          .ifPresentOrElse(
              it -> notes.done(seen.row(), row.accepting(it)),
              () -> tenant.database().run(handle -> FollowedRows.forget(handle, row)));
      return true;
    }
    var inner = seen.inner().orElseThrow();
    if (inner.life() != Life.LIVE) {
      waits(seen, inner);
      return true;
    }
    try {
      target
          .provisioner()
          .delete(EntryType.GROUP, sender, inner.id(), new IfMatch.OneOf(inner.etag()));
    } catch (TryLater later) {
      waits(seen, inner);
      return true;
    }
    return false;
  }

  private void waits(Seen seen, Entry inner) {
    var row = seen.row().of(Optional.of(inner.id()));
    var why = Optional.of("its deletion is under way");
    notes.write(seen.row(), row.standing(Report.State.PENDING, why, Followed.WAITS));
  }
}
