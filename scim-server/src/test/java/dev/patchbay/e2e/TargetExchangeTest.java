package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.database.OnEachStore;
import dev.patchbay.database.TestStore;
import dev.patchbay.emulator.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names and numbers that people exchanged while a target was behind. */
@OnEachStore
class TargetExchangeTest extends PhonesAndDesk {
  TargetExchangeTest(TestStore store) {
    super(store);
  }

  private void renames(String id, String name) {
    change(id, "{'op':'replace','path':'userName','value':'%s'}".formatted(name)).is(200);
  }

  private void names(String group, String name) {
    var rename = "{'op':'replace','path':'displayName','value':'%s'}".formatted(name);
    scim.patch("/Groups/" + group, rename).is(200);
  }

  @Test
  void namesInACircleEndWhereTheTenantSays() {
    String ada = scim.createUser("ada", AGENT).is(201).id();
    String bob = scim.createUser("bob", AGENT).is(201).id();
    String cid = scim.createUser("cid", AGENT).is(201).id();
    fails(new Fault.Reset());
    renames(cid, "nobody");
    renames(bob, "cid");
    renames(ada, "bob");
    renames(cid, "ada");
    desk.faults().replace();

    List.of(ada, bob, cid).forEach(this::awaitSynced);
    assertThat(on(desk).users()).hasSize(3);
  }

  @Test
  void aNumberGoesFromWhoLeavesToWhoComes() {
    String ada = scim.createUser("ada", AGENT).is(201).id();
    fails(new Fault.Reset());
    scim.delete("/Users/" + ada).isRetry(503);
    String number = ",'" + RunningBridge.PBX_URN + "':{'extensionNumber':'1000'}";
    Answer bob = scim.createUser("bob", AGENT + number).is(201);
    assertThat(state(bob)).isEqualTo("pending");
    desk.faults().replace();

    awaitSynced(bob.id());
    assertThat(on(desk).extension("bob")).isEqualTo("1000");
    assertThat(on(desk).users()).hasSize(1);
  }

  @Test
  void namesOfGroupsInACircleEndWhereTheTenantSays() {
    String ada = scim.createUser("ada", AGENT).is(201).id();
    String bob = scim.createUser("bob", AGENT).is(201).id();
    String with = "{'displayName':'%s','members':[{'value':'%s'}]}";
    String sales = scim.post("/Groups", with.formatted("Sales", ada)).is(201).id();
    String support = scim.post("/Groups", with.formatted("Support", bob)).is(201).id();
    fails(new Fault.Reset());
    names(sales, "Nobody");
    names(support, "Sales");
    names(sales, "Support");
    desk.faults().replace();

    await().atMost(PATIENCE).until(() -> members("Sales").equals(List.of("1001")));
    await().atMost(PATIENCE).until(() -> members("Support").equals(List.of("1000")));
  }

  private List<String> members(String group) {
    var there = on(desk).groups(group);
    return there.isEmpty() ? List.of() : List.copyOf(on(desk).members(there.getFirst()));
  }
}
