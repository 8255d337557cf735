package dev.patchbay.keycloak.rig;

/**
 * A role of a realm or of one of its clients.
 *
 * @param client path of the client, empty for a role of the realm
 */
public record Role(Realm realm, String client, String id, String name) {
  static Role make(Realm realm, String client, String name) {
    realm.http().post(client + "/roles", "{'name':'%s'}".formatted(name));
    return read(realm, client, name);
  }

  static Role read(Realm realm, String client, String name) {
    var found = realm.http().get(client + "/roles/" + name);
    return new Role(realm, client, found.path("id").asText(), name);
  }

  /** Where users and groups have their roles of this container. */
  String mapping() {
    return client.isEmpty() ? "/realm" : client;
  }

  String array() {
    return "[{'id':'%s','name':'%s'}]".formatted(id, name);
  }

  private String path() {
    return client + "/roles/" + name;
  }

  public Role rename(String newName) {
    realm.http().put(path(), "{'name':'%s'}".formatted(newName));
    return new Role(realm, client, id, newName);
  }

  public void delete() {
    realm.http().delete(path());
  }

  /** Whoever has this role has the other, too. */
  public void include(Role other) {
    realm.http().post(path() + "/composites", other.array());
  }

  public void exclude(Role other) {
    realm.http().delete(path() + "/composites", other.array());
  }
}
