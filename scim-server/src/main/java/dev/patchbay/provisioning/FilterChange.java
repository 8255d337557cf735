package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryStore;
import dev.patchbay.directory.EntryType;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What another filter of a target changes, settled before anything is done about it: whoever is to
 * come or to go says so at once, and if very many are to go, all of them wait for an operator.
 */
final class FilterChange {
  static final String WHY =
      "out of the filter, held by the safety brake until an operator releases it";

  private static final int PAGE = 200;

  private final Tenant tenant;
  private final Target target;
  private final SafetyBrake brake;

  FilterChange(Tenant tenant, Target target) {
    this.tenant = tenant;
    this.target = target;
    this.brake = new SafetyBrake(target.tenant(), tenant.database(), tenant.clock());
  }

  /** Goes through all users where the filter is not the one that was settled last. */
  void settle() {
    var last = tenant.database().read(handle -> FollowedRows.chosenBy(handle, target.tenant()));
    if (last.equals(Optional.of(target.filter()))) {
      return;
    }
    long leavers = 0;
    for (var page = page(""); !page.isEmpty(); page = page(page.getLast())) {
      leavers += leavers(page);
    }
    long users = tenant.database().read(it -> InboundBrake.users(it, target.tenant()));
    if (!brake.holds(SafetyBrake.Kind.FILTER, leavers, users, tenant.policy().brake().limit())) {
      tenant.database().run(it -> FollowedRows.release(it, target.tenant(), tenant.now()));
    }
    for (var page = page(""); !page.isEmpty(); page = page(page.getLast())) {
      var ids = page;
      tenant.database().run(handle -> ids.forEach(id -> announce(handle, id)));
    }
    tenant.database().run(handle -> FollowedRows.choose(handle, target.tenant(), target.filter()));
  }

  private List<String> page(String after) {
    return tenant.database().read(handle -> page(handle, after));
  }

  private List<String> page(Handle handle, String after) {
    return handle
        .createQuery(
            "select id from entry where tenant = :tenant and type = :type and visible = 1"
                + " and id > :after order by id limit :limit")
        .bind("tenant", tenant.name())
        .bind("type", EntryType.USER.scimName())
        .bind("after", after)
        .bind("limit", PAGE)
        .mapTo(String.class)
        .list();
  }

  private long leavers(List<String> ids) {
    return tenant
        .database()
        .read(
            handle ->
                ids.stream()
                    .flatMap(id -> EntryStore.find(handle, id).stream())
                    .filter(user -> !wanted(user))
                    .map(user -> FollowedRows.find(handle, user.id(), target.tenant()))
                    .flatMap(Optional::stream)
                    .filter(FilterChange::isThere)
                    .count());
  }

  private void announce(Handle handle, String id) {
    EntryStore.find(handle, id)
        .flatMap(user -> again(handle, user))
        .ifPresent(row -> FollowedRows.save(handle, row));
    tenant.targets().report().show(handle, tenant, EntryType.USER, id);
  }

  /** The row of a user who is to be looked at again; also of one that it refused before. */
  private Optional<Followed> again(Handle handle, Entry user) {
    var row = FollowedRows.findOrNot(handle, EntryType.USER, user.id(), target.tenant());
    boolean concerned = isThere(row) ? !wanted(user) : wanted(user) && works(user);
    if (concerned) {
      var why = Optional.of("another filter concerns it");
      return Optional.of(row.standing(Report.State.PENDING, why, tenant.now()));
    }
    return Optional.of(row)
        .filter(it -> it.state() == Report.State.BLOCKED)
        .map(it -> it.standing(it.state(), it.reason(), tenant.now()));
  }

  private static boolean isThere(Followed row) {
    return !row.name().isEmpty();
  }

  private boolean wanted(Entry user) {
    return target.wanted().test(user.resource());
  }

  private static boolean works(Entry user) {
    return user.resource().path("active").asBoolean(true);
  }

  /** Whether those whom the target's filter does not choose stay there for now. */
  boolean holds() {
    return brake.isPulled(SafetyBrake.Kind.FILTER);
  }
}
