package dev.patchbay.keycloak.e2e;

import static dev.patchbay.keycloak.e2e.Phones.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.OnKeycloak;
import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole realms that go and come. */
@Tag("long")
@OnKeycloak
class RealmsIT {
  private Rig rig;
  private Realm realm;
  private Phones phones;

  @BeforeEach
  void connect(Rig all, Realm own) {
    rig = all;
    realm = own;
    phones = Phones.of(all, own);
  }

  @Test
  void aDeletedRealmLeavesItsAccountsAsTheyAreAndOthersGoOn() throws IOException {
    var others = Phones.of(rig, rig.newRealm());
    var ada = phones.person("ada");
    int linesBefore = log().size();

    realm.delete();

    eventually(
        () ->
            assertThat(logSince(linesBefore))
                .anyMatch(it -> it.contains("target removed id=" + phones.target().id())));
    others.person("bob");
    phones.awaitField(ada, "enabled", "true");
    assertThat(logSince(linesBefore)).noneMatch(it -> it.contains("ERROR"));
  }

  @Test
  void aRealmThatIsMadeAgainFindsTheAccountsOfItsPeople() throws IOException {
    var before = phones.person("ada");
    var number = phones.account(before).path("extension_number");
    realm.delete();

    var again = Phones.of(rig, Realm.make(rig.admin(), realm.name()));
    var ada = again.realm().createUser("ada", "'lastName':'King'");

    again.awaitField(ada, "display_name", "ada King");
    assertThat(again.account(ada).path("extension_number")).isEqualTo(number);
  }

  private List<String> log() throws IOException {
    return Files.readAllLines(rig.keycloak().log());
  }

  private List<String> logSince(int lines) throws IOException {
    var all = log();
    return all.subList(lines, all.size());
  }
}
