package dev.patchbay.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The senders' roles in the directory, on the PBX, and as they were acknowledged. */
final class RoleComparison {
  private RoleComparison() {}

  /** Every difference; empty if there is none. */
  static List<String> of(List<Desk> desks, Http scim, Http pbx) throws InterruptedException {
    var differences = new ArrayList<String>();
    var directory = directory(scim);
    var there = onPbx(pbx);
    if (!directory.equals(there)) {
      differences.add("roles: directory " + directory + ", PBX " + there);
    }
    for (Desk desk : desks) {
      var found = Optional.ofNullable(directory.get(desk.name));
      if (!desk.description.allows(found)) {
        differences.add("role %s is %s, not %s".formatted(desk.name, found, desk.description));
      }
    }
    return differences;
  }

  private static Map<String, String> directory(Http scim) throws InterruptedException {
    var found = new HashMap<String, String>();
    for (var role : scim.get("/Roles?count=1000").path("Resources")) {
      add(found, role.path("displayName").asText(), role.path("description").asText());
    }
    return found;
  }

  private static Map<String, String> onPbx(Http pbx) throws InterruptedException {
    var found = new HashMap<String, String>();
    for (var role : pbx.get("/api/roles?top=100").path("items")) {
      var name = role.path("name").asText();
      if (name.startsWith(Desk.PREFIX)) {
        add(found, name, pbx.get("/api/roles/" + name).path("description").asText());
      }
    }
    return found;
  }

  private static void add(Map<String, String> to, String name, String description) {
    if (name.startsWith(Desk.PREFIX) && to.put(name, description) != null) {
      throw new IllegalStateException("the same role twice: " + name);
    }
  }
}
