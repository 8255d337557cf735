package dev.patchbay.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import dev.patchbay.config.Section;
import dev.patchbay.directory.DirectoryFixture;
import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.directory.Membership;
import dev.patchbay.directory.Memberships;
import dev.patchbay.mapping.TestMapping;
import dev.patchbay.pbx.MovableClock;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.ResourceTypes;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** So many known members in one request: nobody is lost, and it does not take all memory. */
class LargeGroupsTest {
  private static final Sender IDP = new Sender("idp", IdentityProvider.AUTO);
  private static final int MANY = 10_000;

  /** Allocated in all, so more than is held at any moment; calls to the PBX are apart. */
  private static final long MOST = 64L << 20;

  private DirectoryFixture store;
  private Provisioner provisioner;
  private List<String> users;

  @BeforeEach
  void open(@TempDir Path folder) {
    store = DirectoryFixture.in(folder);
    users = store.users(MANY);
    var clock = Clock.systemUTC();
    provisioner = process(new InMemoryPbx(clock, Duration.ofMinutes(1)), clock);
  }

  private Provisioner process(InMemoryPbx pbx, Clock clock) {
    return Provisioner.paused(
        DirectoryFixture.TENANT,
        store.database(),
        pbx,
        TestMapping.from(
            Section.of("extensions: { pools: { default: { ranges: ['1000-1999'] } } }")),
        ProvisioningPolicy.from(Section.of("")),
        clock);
  }

  @AfterEach
  void close() {
    provisioner.close();
    store.close();
  }

  @Test
  void aGroupIsMadeWithTenThousandMembers() {
    long before = allocated();
    var id = provisioner.create(EntryType.GROUP, IDP, group(users)).id();

    assertThat(allocated() - before).as("allocated bytes").isLessThan(MOST);
    assertThat(members(id)).containsExactlyInAnyOrderElementsOf(users);
  }

  @Test
  void tenThousandMembersComeAndGoInOnePatchEach() {
    var id = provisioner.create(EntryType.GROUP, IDP, group(List.of())).id();

    long before = allocated();
    patch(id, "add", users);
    assertThat(allocated() - before).as("allocated bytes").isLessThan(MOST);
    assertThat(members(id)).containsExactlyInAnyOrderElementsOf(users);

    before = allocated();
    patch(id, "remove", users.subList(1, MANY));
    assertThat(allocated() - before).as("allocated bytes").isLessThan(MOST);
    assertThat(members(id)).containsExactly(users.getFirst());
  }

  @Test
  void halfOfTenThousandMembersAreExchangedByOnePut() {
    var id = provisioner.create(EntryType.GROUP, IDP, group(users.subList(0, MANY / 2))).id();
    var others = users.subList(MANY / 4, MANY);

    long before = allocated();
    provisioner.replace(EntryType.GROUP, IDP, id, new IfMatch.Any(), group(others));

    assertThat(allocated() - before).as("allocated bytes").isLessThan(MOST);
    assertThat(members(id)).containsExactlyInAnyOrderElementsOf(others);
  }

  /** Each is a call to the PBX: what is not done in the time of an answer follows. */
  @Test
  void tenThousandMembersOnThePbxGoLaterIfTheyCannotGoInTime() {
    var all = JsonNodeFactory.instance.objectNode();
    all.putArray("Operations").addObject().put("op", "remove").put("path", "members");

    emptied((slow, group) -> slow.patch(EntryType.GROUP, IDP, group, new IfMatch.Any(), all));
  }

  @Test
  void soTheyDoWhereAPutNamesNone() {
    var none = JsonNodeFactory.instance.objectNode().put("displayName", "Sales");

    emptied((slow, group) -> slow.replace(EntryType.GROUP, IDP, group, new IfMatch.Any(), none));
  }

  private void emptied(BiFunction<Provisioner, String, Entry> request) {
    var clock = new MovableClock(DirectoryFixture.NOW);
    var pbx = new InMemoryPbx(clock, Duration.ofMinutes(1));
    pbx.sequential();
    pbx.beforeEachCall(() -> clock.advance(Duration.ofMillis(50)));
    try (var slow = process(pbx, clock)) {
      var group = filled(slow);
      var asked = clock.instant();
      long before = allocated();

      var answer = request.apply(slow, group);

      assertThat(allocated() - before).as("allocated bytes").isLessThan(MOST);
      assertThat(Duration.between(asked, clock.instant())).isLessThan(Duration.ofSeconds(21));
      assertThat(Provisioning.state(answer)).isEqualTo("pending");
      assertThat(members(group)).isEmpty();
    }
  }

  private String filled(Provisioner slow) {
    var empty = JsonNodeFactory.instance.objectNode().put("displayName", "Sales");
    var id = slow.create(EntryType.GROUP, IDP, empty).id();
    var rows = users.stream().map(it -> new Membership(id, it, "1000", true, true, true, false));
    store.database().run(handle -> Memberships.save(handle, rows.toList()));
    return id;
  }

  private List<String> members(String group) {
    var ids = new ArrayList<String>();
    store.directory().members(group, it -> ids.add(it.id()));
    return ids;
  }

  /** One that the PBX has no part in. */
  private static ObjectNode group(List<String> members) {
    var group = JsonNodeFactory.instance.objectNode().put("displayName", "Everybody");
    group.putObject(ResourceTypes.PBX_GROUP).put("kind", "bridge");
    put(members, group.putArray("members"));
    return group;
  }

  private void patch(String group, String op, List<String> members) {
    var patch = JsonNodeFactory.instance.objectNode();
    var operation = patch.putArray("Operations").addObject().put("op", op).put("path", "members");
    put(members, operation.putArray("value"));
    provisioner.patch(EntryType.GROUP, IDP, group, new IfMatch.Any(), patch);
  }

  private static void put(List<String> members, ArrayNode into) {
    members.forEach(it -> into.addObject().put("value", it));
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }
}
