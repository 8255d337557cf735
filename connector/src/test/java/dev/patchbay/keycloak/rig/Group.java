package dev.patchbay.keycloak.rig;

/** A group of a realm; its name is that of the time when it was asked for. */
public record Group(Realm realm, String id, String name) {
  private Http http() {
    return realm.http();
  }

  private String path() {
    return "/groups/" + id;
  }

  public Group createSubgroup(String word) {
    var made = http().post(path() + "/children", "{'name':'%s'}".formatted(realm.named(word)));
    return new Group(realm, made.json().path("id").asText(), realm.named(word));
  }

  public Group rename(String word) {
    http().put(path(), "{'name':'%s'}".formatted(realm.named(word)));
    return new Group(realm, id, realm.named(word));
  }

  public void moveBelow(Group parent) {
    http().post(parent.path() + "/children", "{'id':'%s','name':'%s'}".formatted(id, name));
  }

  public void moveToTheTop() {
    http().post("/groups", "{'id':'%s','name':'%s'}".formatted(id, name));
  }

  public void delete() {
    http().delete(path());
  }

  public void grant(Role role) {
    http().post(path() + "/role-mappings" + role.mapping(), role.array());
  }

  public void revoke(Role role) {
    http().delete(path() + "/role-mappings" + role.mapping(), role.array());
  }

  /** Who is made from now on is a member. */
  public void becomeDefault() {
    http().put("/default-groups/" + id, "{}");
  }

  public void endBeingDefault() {
    http().delete("/default-groups/" + id);
  }
}
