package dev.patchbay.keycloak.rig;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A user of a realm, changed as an administrator would. */
public record User(Realm realm, String id, String name) {
  private Http http() {
    return realm.http();
  }

  private String path() {
    return "/users/" + id;
  }

  public JsonNode read() {
    return http().get(path());
  }

  /** Changes what the body names, such as {@code 'lastName':'King'}. */
  public void update(String fields) {
    http().put(path(), "{" + fields + "}");
  }

  public void disable() {
    update("'enabled':false");
  }

  public void enable() {
    update("'enabled':true");
  }

  public User rename(String word) {
    update("'username':'%s'".formatted(realm.named(word)));
    return new User(realm, id, realm.named(word));
  }

  public void delete() {
    http().delete(path());
  }

  public void resetPassword(String password) {
    http()
        .put(
            path() + "/reset-password",
            "{'type':'password','temporary':false,'value':'%s'}".formatted(password));
  }

  public void join(Group group) {
    http().put(path() + "/groups/" + group.id(), "{}");
  }

  public void leave(Group group) {
    http().delete(path() + "/groups/" + group.id());
  }

  public void grant(Role role) {
    http().post(path() + "/role-mappings" + role.mapping(), role.array());
  }

  public void revoke(Role role) {
    http().delete(path() + "/role-mappings" + role.mapping(), role.array());
  }

  /** The groups the user is a direct member of. */
  public List<Group> groups() {
    var groups = new ArrayList<Group>();
    for (JsonNode group : http().get(path() + "/groups?max=1000")) {
      groups.add(new Group(realm, group.path("id").asText(), group.path("name").asText()));
    }
    return groups;
  }

  /** As if the user had signed in by that identity provider. */
  public void link(String alias, String idThere) {
    http()
        .post(
            path() + "/federated-identity/" + alias,
            "{'identityProvider':'%s','userId':'%s','userName':'%s'}"
                .formatted(alias, idThere, name));
  }

  public void unlink(String alias) {
    http().delete(path() + "/federated-identity/" + alias);
  }
}
