package dev.patchbay.keycloak.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.keycloak.rig.Http;
import dev.patchbay.keycloak.rig.Pbx;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.Target;
import dev.patchbay.keycloak.rig.User;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;

/** The phone system, seen by a realm whose people have accounts there. */
record Phones(Pbx pbx, Http directory, Realm realm, Target target) {
  /** Without reconciliation, which would make good what no event has told. */
  private static final String SETTINGS =
      """
      'reconcileMinutes':['0'],'groups':['*'],'ms365Aliases':['entra'],
      'roles':['pbx-manager=QueueManager','phones.lead=QueueManager']
      """;

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Connects the realm with its tenant. */
  static Phones of(Rig rig, Realm realm) {
    return of(rig, realm, rig.bridge().scim(realm.name()));
  }

  /** As {@link #of(Rig, Realm)}, with the tenant at another address. */
  static Phones of(Rig rig, Realm realm, URI scim) {
    return of(rig, realm, scim, "");
  }

  /** As {@link #of(Rig, Realm, URI)}, with more settings such as {@code ,'onRemoval':['keep']}. */
  static Phones of(Rig rig, Realm realm, URI scim, String more) {
    var target = realm.target(scim, rig.bridge().token(), SETTINGS + more);
    return new Phones(rig.pbx(), rig.bridge().directory(realm.name()), realm, target);
  }

  static void eventually(ThrowingRunnable assertions) {
    await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).untilAsserted(assertions);
  }

  /** Makes a user and waits for the account. */
  User person(String word) {
    var user = realm.createUser(word);
    awaitAccount(user.name());
    return user;
  }

  void awaitAccount(String name) {
    eventually(() -> assertThat(pbx.user(name)).as("account of " + name).isPresent());
  }

  void awaitNoAccount(String name) {
    eventually(() -> assertThat(pbx.user(name)).as("account of " + name).isEmpty());
  }

  /** Waits until a field of the account is as expected. */
  void awaitField(User user, String field, String expected) {
    eventually(() -> assertThat(account(user).path(field).asText()).as(field).isEqualTo(expected));
  }

  JsonNode account(User user) {
    return pbx.user(user.name()).orElseThrow(() -> new AssertionError("no account " + user.name()));
  }

  /**
   * Waits for the effect of a later change: what was changed before has had its effect, or has
   * none.
   */
  void awaitEverythingBefore() {
    person("later");
  }

  /** The SCIM user the bridge has for one of Keycloak. */
  JsonNode entry(User user) {
    var found = directory.get("/Users?filter=externalId%20eq%20%22" + user.id() + "%22");
    assertThat(found.path("totalResults").asInt()).as(found.toString()).isEqualTo(1);
    return found.at("/Resources/0");
  }

  /** Waits until nothing is left to be sent. */
  void awaitNothingWaits() {
    eventually(() -> assertThat(target.status().path("ready").asInt()).as("waiting").isZero());
  }

  /** What the PBX was asked to do to this user, oldest first. */
  List<JsonNode> writesTo(User user) {
    var path = "/api/users/" + account(user).path("id").asText();
    return pbx.writes().stream()
        .filter(call -> call.path("path").asText().startsWith(path))
        .toList();
  }
}
