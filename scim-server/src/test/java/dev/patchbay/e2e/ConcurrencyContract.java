package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests at once: each has the answer it would have had in some order one by one. */
abstract class ConcurrencyContract {
  private RunningBridge bridge;
  private ScimClient scim;

  abstract RunningBridge open(Path directory);

  /** Drops what the bridge kept, behind it. */
  abstract void drop();

  @BeforeEach
  void start(@TempDir Path directory) {
    bridge = open(directory);
    scim = bridge.scim();
  }

  @AfterEach
  void stop() {
    bridge.close();
    drop();
  }

  @Test
  void thirtyCreatesOfOneUserNameMakeOneUser() {
    List<Answer> answers = Together.send(30, i -> scim.createUser("ada@corp.example"));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .hasSize(29)
        .allSatisfy(answer -> answer.isError(409, "uniqueness"));
    assertThat(bridge.pbx().users("ada")).hasSize(1);
    bridge.settled().assertBothSidesAgree();
  }

  @Test
  void createsOfDifferentUsersNeverShareANameOrNumber() {
    List<Answer> answers = Together.send(20, i -> scim.createUser("ada@corp" + i + ".example"));

    assertThat(answers).allSatisfy(answer -> answer.is(201));
    bridge.settled().assertBothSidesAgree();
    assertThat(bridge.pbx().users())
        .extracting(user -> user.path("extension_number").asText())
        .hasSize(20)
        .doesNotHaveDuplicates();
  }

  @Test
  void fortyMemberAddsToOneGroupAllArrive() {
    List<String> users = users(40);
    var group = scim.createGroup("Sales").id();

    List<Answer> answers = Together.send(40, i -> scim.addMembers(group, users.get(i)));

    assertThat(answers).allSatisfy(Answer::isDone);
    assertThat(members(group)).containsExactlyInAnyOrderElementsOf(users);
    bridge.settled().assertBothSidesAgree();
  }

  @Test
  void ofTenPatchesOfOneVersionOneIsTaken() {
    var ada = scim.createUser("ada@corp.example");
    var match = scim.with("If-Match", ada.at("/meta/version"));

    List<Answer> answers =
        Together.send(
            10,
            i ->
                match.patch(
                    "/Users/" + ada.id(),
                    "{'op':'replace','path':'displayName','value':'Ada %d'}".formatted(i)));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allSatisfy(answer -> answer.isError(412));
    bridge.settled().assertBothSidesAgree();
  }

  @Test
  void patchesOfDifferentAttributesAllArrive() {
    var ada = scim.createUser("ada@corp.example").id();
    List<String> attributes =
        List.of("title", "nickName", "displayName", "userType", "locale", "timezone");

    List<Answer> answers =
        Together.send(
            attributes.size(),
            i ->
                scim.patch(
                    "/Users/" + ada,
                    "{'op':'replace','path':'%s','value':'en'}".formatted(attributes.get(i))));

    assertThat(answers).allSatisfy(Answer::isDone);
    assertThat(attributes).allMatch(name -> scim.get("/Users/" + ada).at("/" + name).equals("en"));
    bridge.settled().assertBothSidesAgree();
  }

  @Test
  void addsAndRemovalsOfOneMemberEndInOneOfTheTwo() {
    String ada = users(1).getFirst();
    var group = scim.createGroup("Sales").id();

    List<Answer> answers =
        Together.send(
            20, i -> i % 2 == 0 ? scim.addMembers(group, ada) : scim.removeMember(group, ada));

    assertThat(answers).allSatisfy(Answer::isDone);
    bridge.settled().assertBothSidesAgree();
  }

  @Test
  void deletingAUserWhileItJoinsGroupsLeavesItInNone() {
    String ada = users(1).getFirst();
    List<String> groups =
        IntStream.range(0, 6).mapToObj(i -> scim.createGroup("Group " + i).id()).toList();

    Together.send(
        7, i -> i == 6 ? scim.delete("/Users/" + ada) : scim.addMembers(groups.get(i), ada));

    bridge.settled();
    scim.get("/Users/" + ada).isError(404);
    assertThat(groups).allMatch(group -> members(group).isEmpty());
    bridge.assertBothSidesAgree();
  }

  private List<String> users(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> scim.createUser("user" + i + "@corp.example").is(201).id())
        .toList();
  }

  private List<String> members(String group) {
    return scim.get("/Groups/" + group).is(200).json().path("members").findValuesAsText("value");
  }
}
