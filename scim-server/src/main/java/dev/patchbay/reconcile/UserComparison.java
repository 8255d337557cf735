package dev.patchbay.reconcile;

import dev.patchbay.directory.EntryType;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.provisioning.Inspection;
import dev.patchbay.provisioning.SeenUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes once through the PBX's list of users. What it notes are hints: a list is read over time, and
 * people go on working.
 */
final class UserComparison {
  private static final int PAGE = 100;

  private final PbxAdapter pbx;
  private final Inspection inspection;
  private final Map<PbxRef, String> known;
  private final Map<PbxRef, String> unseen;
  private final Set<String> leavers = new LinkedHashSet<>();
  private final Set<String> different = new LinkedHashSet<>();
  private final List<Found<PbxUser>> unknown = new ArrayList<>();
  private long listed;

  private UserComparison(PbxAdapter pbx, Inspection inspection) {
    this.pbx = pbx;
    this.inspection = inspection;
    this.known = inspection.known(EntryType.USER);
    this.unseen = new HashMap<>(known);
  }

  /**
   * What the list hints at.
   *
   * @param listed how many users the PBX has
   * @param leavers ids of entries that are inactive here and enabled there
   * @param different ids of others that are not as wanted, or not there
   * @param returned users that were ours and should be gone
   * @param others users that no entry knows
   */
  record Hints(
      long listed,
      Set<String> leavers,
      Set<String> different,
      List<Found<PbxUser>> returned,
      List<Found<PbxUser>> others) {}

  static Hints of(PbxAdapter pbx, Inspection inspection) {
    return new UserComparison(pbx, inspection).hints();
  }

  private Hints hints() {
    try (var users = pbx.users()) {
      Iterator<Found<PbxUser>> all = users.iterator();
      while (all.hasNext()) {
        compare(page(all));
      }
    }
    var now = inspection.known(EntryType.USER);
    unknown.removeIf(found -> now.containsKey(found.ref()) || inspection.beingMade(found));
    different.addAll(unseen.values());
    different.removeAll(leavers);
    var returned = unknown.stream().filter(inspection::returned).toList();
    unknown.removeAll(returned);
    return new Hints(listed, leavers, different, returned, unknown);
  }

  private static List<Found<PbxUser>> page(Iterator<Found<PbxUser>> all) {
    var page = new ArrayList<Found<PbxUser>>();
    while (all.hasNext() && page.size() < PAGE) {
      page.add(all.next());
    }
    return page;
  }

  /** At once, so that little can have happened since the page was read. */
  private void compare(List<Found<PbxUser>> page) {
    var ours = new HashMap<String, Found<PbxUser>>();
    for (Found<PbxUser> found : page) {
      unseen.remove(found.ref());
      var entry = known.get(found.ref());
      if (entry == null) {
        unknown.add(found);
      } else {
        ours.put(entry, found);
      }
    }
    listed += page.size();
    inspection.listed(ours).stream().filter(seen -> !seen.agrees()).forEach(this::note);
  }

  private void note(SeenUser seen) {
    (seen.leaverWorks() ? leavers : different).add(seen.entry().id());
  }
}
