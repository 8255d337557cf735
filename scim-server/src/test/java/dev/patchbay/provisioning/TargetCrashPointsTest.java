package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.database.SteppedStore;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.provisioning.InMemoryPbx.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A tenant with a target: whatever dies or goes wrong wherever, the target ends with what the
 * tenant wants of each user, and who is called synced is so on both.
 */
@Timeout(120)
class TargetCrashPointsTest {
  private static final String PASSWORD = "Kite-7-sings-Blue";

  @TempDir private static Path directory;
  private static SteppedStore store;
  private static TwoSystems.Kept office;

  /** What is asked of the tenant. */
  enum Asked {
    CREATE(it -> it.create("cid", ",'userType':'agent','displayName':'Cid'")),
    CREATE_ELSEWHERE(it -> it.create("cid", "")),
    PROFILE(it -> it.patch("ada", set("displayName", "'Countess'"))),
    LEAVE(it -> it.patch("ada", set("active", "false"))),
    RENAME(it -> it.patch("ada", set("userName", "'countess'"))),
    PASSWORDS(it -> it.patch("ada", set("password", "'" + PASSWORD + "'"))),
    DELETE(it -> it.delete("ada")),
    COME_UNDER_THE_FILTER(it -> it.patch("bob", set("userType", "'agent'"))),
    LEAVE_THE_FILTER(it -> it.patch("ada", set("userType", "'boss'"))),
    LEAVE_AND_RETURN(
        it -> {
          it.patch("ada", set("active", "false"));
          it.patch("ada", set("active", "true"));
        }),
    COME_AND_LEAVE(
        it -> {
          it.create("cid", ",'userType':'agent'");
          it.patch("cid", set("active", "false"));
        });

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Consumer<TwoSystems> request;

    Asked(Consumer<TwoSystems> request) {
      this.request = request;
    }

    private static String set(String path, String value) {
      return "{'op':'replace','path':'" + path + "','value':" + value + "}";
    }
  }

  @BeforeAll
  static void open() {
    store = SteppedStore.in(directory);
    office = TwoSystems.office(store);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @ParameterizedTest
  @EnumSource
  void aProcessThatDiesAnywhereLosesNothing(Asked asked) {
    for (var fault : List.of(Fault.CRASH_AFTER, Fault.CRASH_BEFORE, Fault.CRASH_LATE)) {
      everywhere(asked, fault);
    }
  }

  @ParameterizedTest
  @EnumSource
  void norDoesAnAnswerThatIsLostOrARefusal(Asked asked) {
    for (var fault :
        List.of(
            Fault.UNAVAILABLE,
            Fault.LOST_BEFORE,
            Fault.LOST_AFTER,
            Fault.LATE,
            Fault.REJECTED,
            Fault.REFUSED_FOR_GOOD)) {
      everywhere(asked, fault);
    }
  }

  /** The same request with the fault at each point it comes by. */
  private static void everywhere(Asked asked, Fault fault) {
    for (int at = 0, points = 1; at < points; at++) {
      try (var both = TwoSystems.of(store, office)) {
        both.spoilt(at, fault);
        boolean accepted = both.accepted(() -> asked.request.accept(both));
        points = Math.max(points, both.passed());
        both.rest();
        check(both, asked + " " + fault + " at " + at);
        if (accepted && asked == Asked.PASSWORDS && !both.blocked()) {
          assertThat(both.desk.password("ada")).as(fault + " at " + at).contains(PASSWORD);
        }
      }
    }
  }

  static void check(TwoSystems both, String which) {
    for (ObjectNode user : both.users("office")) {
      var name = user.path("userName").asText();
      boolean agent = user.path("userType").asText().equals("agent");
      boolean active = user.path("active").asBoolean(true);
      var state = TwoSystems.state(user);
      assertThat(state).as(which + ": " + user).isIn("synced", "blocked");
      var there = inner(both, name);
      if (state.equals("synced") && (!agent || !active)) {
        assertThat(there.filter(it -> works(both, it))).as(which + ": works " + user).isEmpty();
      } else if (state.equals("synced")) {
        assertThat(there).as(which + ": is there " + user).isPresent();
        assertThat(works(both, there.get())).as(which + ": works").isTrue();
        assertThat(there.get().path("displayName")).as(which).isEqualTo(user.path("displayName"));
      }
    }
    if (!which.contains("REFUSED") && !which.contains("REJECTED")) {
      assertThat(both.users("office"))
          .as(which)
          .allMatch(it -> TwoSystems.state(it).equals("synced"));
      assertThat(both.desk.all().stream().map(TargetCrashPointsTest::number))
          .as(which + ": on the desk are those the tenant has there, and nobody else")
          .containsExactlyInAnyOrderElementsOf(
              both.users("office.desk").stream().map(TargetCrashPointsTest::number).toList());
      assertThat(both.users("office.desk").stream().map(it -> it.path("userName").asText()))
          .as(which)
          .isSubsetOf(
              both.users("office").stream().map(it -> it.path("userName").asText()).toList());
    }
  }

  private static Optional<ObjectNode> inner(TwoSystems both, String name) {
    return both.users("office.desk").stream()
        .filter(it -> it.path("userName").asText().equals(name))
        .findFirst();
  }

  private static boolean works(TwoSystems both, ObjectNode inner) {
    return TwoSystems.works(both.desk, UserTarget.pbxName(inner));
  }

  private static String number(PbxUser user) {
    return user.get(PbxField.EXTENSION).orElse("");
  }

  private static String number(ObjectNode user) {
    return UserTarget.extension(user);
  }
}
