package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.IfMatch;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Users as SCIM asks for them: here, and on every target that has them. */
record ServedUsers(
    Tenant tenant,
    UserRequests requests,
    UserCreates creates,
    RefusedChanges changes,
    UserMemberships memberships)
    implements Served {
  @Override
  public Entry create(Sender sender, JsonNode body) {
    var until = tenant.answerBy();
    var user = creates.create(sender.source(), requests.created(body, sender.idp()));
    memberships.rejoin(user.id());
    return followed(user, until);
  }

  @Override
  public Entry replace(Sender sender, String id, IfMatch ifMatch, JsonNode body) {
    return followed(id, () -> changes.change(requests.replace(sender, id, ifMatch, body)));
  }

  @Override
  public Entry patch(Sender sender, String id, IfMatch ifMatch, JsonNode patch) {
    return followed(id, () -> changes.change(requests.patch(sender, id, ifMatch, patch)));
  }

  @Override
  public void delete(Sender sender, String id, IfMatch ifMatch) {
    changes.leavers().checkDelete(id);
    var until = tenant.answerBy();
    try {
      changes.writes().delete(sender.source(), id, ifMatch);
      left(id, until);
    } finally {
      tenant.targets().wake(Followee.user(id));
    }
  }

  /** What takes away may be kept by a refusal, too. */
  private Entry followed(String id, Supplier<Entry> write) {
    var until = tenant.answerBy();
    try {
      return followed(write.get(), until);
    } catch (RuntimeException refused) {
      tenant.targets().wake(Followee.user(id));
      throw refused;
    }
  }

  /** The user as it stands once every target that can has it, too. */
  private Entry followed(Entry user, Instant until) {
    if (tenant.targets().none()) {
      return user;
    }
    tenant.targets().follow(tenant, Followee.user(user.id()), until);
    return tenant.database().read(handle -> EntryStore.find(handle, user.id())).orElse(user);
  }

  /** A user that is deleted here is gone from every target, or its sender is told otherwise. */
  private void left(String id, Instant until) {
    if (tenant.targets().none()) {
      return;
    }
    tenant.targets().follow(tenant, Followee.user(id), until);
    if (!tenant.targets().gone(tenant, id)) {
      throw TryLater.unavailable(
          Duration.ofSeconds(5), "deleted here; a target has still to delete the user");
    }
  }
}
