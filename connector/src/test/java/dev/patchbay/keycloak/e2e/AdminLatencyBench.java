package dev.patchbay.keycloak.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.User;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the connector adds to an administrator's request, with the bridge there and away. */
class AdminLatencyBench {
  private static final int ROUNDS = 5;
  private static final int WARM_UP = 500;
  private static final int REQUESTS = 500;

  @Test
  void prints() {
    try (var rig = Rig.asShipped("with");
        var plain = rig.keycloakWithoutConnector()) {
      var realm = rig.newRealm();
      var with = Phones.of(rig, realm).person("ada");
      var without = Realm.make(plain.admin(), realm.name()).createUser("ada");
      p95(with, WARM_UP);
      p95(without, WARM_UP);
      double there = compare("bridge there", with, without);
      rig.bridge().kill();
      double away = compare("bridge away", with, without);
      assertThat(away).as("ms added, bridge away").isLessThan(5);
      assertThat(there).as("ms added, bridge there").isLessThan(5);
    }
  }

  /** The milliseconds that the connector adds. */
  private static double compare(String when, User with, User without) {
    var added = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      double first = round % 2 == 0 ? p95(with, REQUESTS) : p95(without, REQUESTS);
      double second = round % 2 == 0 ? p95(without, REQUESTS) : p95(with, REQUESTS);
      double here = round % 2 == 0 ? first : second;
      double there = round % 2 == 0 ? second : first;
      System.out.printf("%s: p95 with %.1f ms, without %.1f ms%n", when, here, there);
      added.add(here - there);
    }
    added.sort(null);
    System.out.printf(
        "%s: p95 of %d requests, median of %d pairs: %+.1f ms%n",
        when, REQUESTS, ROUNDS, added.get(ROUNDS / 2));
    return added.get(ROUNDS / 2);
  }

  private static double p95(User user, int requests) {
    var took = new long[requests];
    for (int i = 0; i < requests; i++) {
      long begun = System.nanoTime();
      user.update("'lastName':'L%d'".formatted(i));
      took[i] = System.nanoTime() - begun;
    }
    Arrays.sort(took);
    return took[requests * 95 / 100] / 1e6;
  }
}
