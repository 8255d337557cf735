package dev.patchbay.keycloak.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

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

  /** Forgets everybody whom this user storage has imported. */
  public void removeImported() {
    realm.http().post("/user-storage/" + id + "/remove-imported-users");
  }

  /** What the connector's own status says of it. */
  public JsonNode status() {
    return realm.sending().get("/" + id);
  }

  /** Lets go on what is {@code blocked} ({@code unblock}) or {@code held} ({@code release}). */
  public void tell(String action) {
    realm.sending().post("/" + id + "/" + action);
  }

  /** Settings as Keycloak shows them. */
  public JsonNode settings() {
    return realm.http().get("/components/" + id).path("config");
  }

  /** Replaces settings. */
  public void change(Map<String, String> settings) {
    tryToChange(settings).done();
  }

  /** As {@link #change}, where that may be refused. What is not named is sent back as shown. */
  public Answer tryToChange(Map<String, String> settings) {
    var component = (ObjectNode) realm.http().get("/components/" + id);
    var config = (ObjectNode) component.path("config");
    settings.forEach((key, value) -> config.putArray(key).add(value));
    return realm.http().send("PUT", "/components/" + id, Optional.of(component.toString()));
  }

  public void delete() {
    realm.http().delete("/components/" + id);
  }
}
