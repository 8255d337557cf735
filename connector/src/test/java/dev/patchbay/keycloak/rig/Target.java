package dev.patchbay.keycloak.rig;

import com.fasterxml.jackson.databind.JsonNode;

/** The component of a realm that names a SCIM server to send to. */
public record Target(Realm realm, String id) {
  /** What the button "Sync all users" does; the answer has counts. */
  public JsonNode syncAll() {
    return realm.http().post("/user-storage/" + id + "/sync?action=triggerFullSync").json();
  }

  /** What the button "Sync changed users" does. */
  public JsonNode syncChanged() {
    return realm.http().post("/user-storage/" + id + "/sync?action=triggerChangedUsersSync").json();
  }

  public void delete() {
    realm.http().delete("/components/" + id);
  }
}
