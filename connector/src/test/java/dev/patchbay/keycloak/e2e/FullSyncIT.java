package dev.patchbay.keycloak.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.keycloak.rig.Realm;
import dev.patchbay.keycloak.rig.Rig;
import dev.patchbay.keycloak.rig.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everybody at once, and then once more. */
@Tag("long")
class FullSyncIT {
  // -Dsync.users=5000 -Dsync.groups=200 takes 2 minutes
  private static final int USERS = Integer.getInteger("sync.users", 500);
  private static final int GROUPS = Integer.getInteger("sync.groups", 20);
  private static final int CHUNK = 500;
  private static final int GARBAGE_MIB = 128; // that was not collected yet
  private static final Duration LIMIT = Duration.ofMinutes(8);

  @Test
  void aSecondSyncSendsNothing() throws Exception {
    try (var rig = Rig.ofOneRealm("sync")) {
      var realm = rig.newRealm();
      fill(realm);
      try (var wire = Wire.to(rig.bridge().scim(realm.name()))) {
        var phones = Phones.of(rig, realm, wire.uri());
        long begun = System.nanoTime();
        System.out.println("first:  " + phones.target().syncAll());
        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).until(() -> complete(phones));
        long first = told("first", begun, wire, rig);

        await().atMost(LIMIT).until(() -> comparisons(rig) > 0);
        long before = comparisons(rig);
        wire.forget();
        begun = System.nanoTime();
        System.out.println("second: " + phones.target().syncAll());
        await().atMost(LIMIT).until(() -> comparisons(rig) > before);

        assertThat(told("second", begun, wire, rig)).as("MiB").isLessThan(first + GARBAGE_MIB);
        assertThat(wire.writes()).isEmpty();
      }
    }
  }

  /** How many are at their end. */
  private static long comparisons(Rig rig) throws IOException {
    try (var lines = Files.lines(rig.keycloak().log())) {
      return lines.filter(line -> line.contains("compared target=phones kind=FULL")).count();
    }
  }

  private static boolean complete(Phones phones) {
    return phones.pbx().users().size() == USERS
        && phones.pbx().groups().size() == GROUPS
        && phones.pbx().groups().stream()
            .allMatch(
                group ->
                    phones.pbx().members(group.path("name").asText()).size() == USERS / GROUPS);
  }

  private static long told(String which, long begun, Wire wire, Rig rig) {
    long heap = rig.keycloak().heapMiB();
    System.out.printf(
        "%s sync of %d users and %d groups: %d ms, %d requests, %d of them writes, heap %d MiB%n",
        which,
        USERS,
        GROUPS,
        (System.nanoTime() - begun) / 1_000_000,
        wire.requests().size(),
        wire.writes().size(),
        heap);
    return heap;
  }

  private static void fill(Realm realm) {
    realm.partialImport(
        "FAIL",
        IntStream.range(0, GROUPS)
            .mapToObj(i -> "{'name':'%1$s','path':'/%1$s'}".formatted(group(realm, i)))
            .collect(Collectors.joining(",", "'groups':[", "]")));
    for (int first = 0; first < USERS; first += CHUNK) {
      realm.partialImport(
          "FAIL",
          IntStream.range(first, Math.min(first + CHUNK, USERS))
              .mapToObj(
                  i ->
                      realm.person("u" + i, "'groups':['/%s']".formatted(group(realm, i % GROUPS))))
              .collect(Collectors.joining(",", "'users':[", "]")));
    }
  }

  private static String group(Realm realm, int number) {
    return realm.named("team" + number);
  }
}
