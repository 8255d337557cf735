package dev.patchbay.pbx.portsip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.Conversation;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxService;
import dev.patchbay.pbx.api.PbxStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles, what rings for several people, and what is done to phones at once, as the pages show. */
@Timeout(30)
class PortSipOtherCallsWireTest {
  private static final PbxRef ANNA = new PbxRef("NzAwNTUxOTA5NzczMTQ4MTYw");
  private static final String ID = "NzAwNTUxOTA5NzczMTQ4MTYx";
  private static final PbxRef NAMED = new PbxRef("Desk");
  private static final PbxRole DESK =
      new PbxRole(
          "Desk",
          Optional.of("Who answers first"),
          Set.of("general.meeting", "policies.internal_calls"));
  private static final String LATER = "api-level: \"22.3\"";

  @TempDir private Path directory;

  static Stream<Arguments> calls() {
    var queue = PbxService.CALL_QUEUE.ref(ID);
    var ring = PbxService.RING_GROUP.ref(ID);
    var pickup = PbxService.PICKUP_GROUP.ref(ID);
    return Stream.of(
        arguments("create-role", "", new PbxCall.CreateRole(DESK), NAMED),
        arguments("create-role-22.3", LATER, new PbxCall.CreateRole(DESK), new PbxRef(ID)),
        arguments("update-role", "", new PbxCall.UpdateRole(NAMED, DESK), NAMED),
        arguments(
            "update-role-22.3",
            LATER,
            new PbxCall.UpdateRole(new PbxRef(ID), DESK),
            new PbxRef(ID)),
        arguments("delete-role", "", new PbxCall.DeleteRole(NAMED), NAMED),
        arguments(
            "join-call-queue",
            "",
            new PbxCall.ChangeMembers(queue, Set.of("0100"), Set.of()),
            queue),
        arguments(
            "leave-ring-group",
            "",
            new PbxCall.ChangeMembers(ring, Set.of(), Set.of("0100")),
            ring),
        arguments(
            "join-pickup-group",
            "",
            new PbxCall.ChangeMembers(pickup, Set.of("0100"), Set.of()),
            pickup),
        arguments("end-registrations", "", new PbxCall.EndRegistrations(ANNA), ANNA),
        arguments("reset-profile", "", new PbxCall.ResetProfile(ANNA), ANNA));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void sendsWhatTheVendorShows(String file, String settings, PbxCall call, PbxRef ref)
      throws IOException {
    var conversation = Conversation.of("portsip", file);
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), settings)) {
      assertThat(adapter.apply(call)).isEqualTo(ref);

      conversation.assertHeldBy(pbx);
    }
  }

  /** Known: what was read names each permission of the page; unknown: one more. */
  @ParameterizedTest
  @ValueSource(strings = {"update-role-known", "update-role-unknown"})
  void anUpdateReadsARoleOnlyWhereItMayHaveWhatWeDoNotKnow(String file) throws IOException {
    var conversation = Conversation.of("portsip", file);
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), "")) {
      assertThat(adapter.role(NAMED)).isPresent();
      adapter.apply(new PbxCall.UpdateRole(NAMED, DESK));

      conversation.assertHeldBy(pbx);
    }
  }

  @Test
  void oneRoleOfWhichWeDoNotKnowAllLetsEachBeRead() throws IOException {
    var conversation = Conversation.of("portsip", "update-role-beside-unknown");
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), "")) {
      assertThat(adapter.role(new PbxRef("Night"))).isPresent();
      assertThat(adapter.role(NAMED)).isPresent();
      adapter.apply(new PbxCall.UpdateRole(NAMED, DESK));

      conversation.assertHeldBy(pbx);
    }
  }

  @Test
  void listsTheRolesOfTheTenantAlone() throws IOException {
    var conversation = Conversation.of("portsip", "list-roles");
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), "")) {
      assertThat(adapter.roles()).extracting(it -> it.value().name()).containsExactly("Desk");

      conversation.assertHeldBy(pbx);
    }
  }

  @Test
  void readsWhetherSomebodyIsSignedIn() throws IOException {
    var conversation = Conversation.of("portsip", "read-status");
    try (var pbx = conversation.serve();
        var adapter = open(pbx.uri(), "")) {
      assertThat(adapter.status(ANNA)).contains(new PbxStatus(true, Optional.of("AVAILABLE")));

      conversation.assertHeldBy(pbx);
    }
  }

  private PbxAdapter open(URI base, String more) throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "static-token");
    var settings = "base-url: " + base + "\ntoken: file:" + token + "\n" + more;
    return new PortSipDialect().open("office", Section.of(settings), Clock.systemUTC(), () -> 1);
  }
}
