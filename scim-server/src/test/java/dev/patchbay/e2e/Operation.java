package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** A request that changes the PBX by one call, with what it needs and what it is to lead to. */
enum Operation {
  CREATE_USER("/api/users") {
    @Override
    void prepare(Subject on) {}

    @Override
    Answer send(Subject on) {
      return on.scim().createUser(on.userName(), "'displayName':'Before'");
    }

    @Override
    void assertNotDone(Subject on) {
      assertThat(on.usersInScim()).isZero();
    }

    @Override
    void assertDone(Subject on) {
      assertThat(on.user().path("active").asBoolean()).isTrue();
      assertThat(on.userOnPbx().path("enabled").asBoolean()).isTrue();
    }
  },

  CHANGE_PROFILE("/api/users/{user}") {
    @Override
    Answer send(Subject on) {
      return on.patchUser("{'op':'replace','path':'displayName','value':'After'}");
    }

    @Override
    void assertNotDone(Subject on) {
      assertThat(on.user().path("displayName").asText()).isEqualTo("Before");
    }

    @Override
    void assertDone(Subject on) {
      assertThat(on.user().path("displayName").asText()).isEqualTo("After");
      assertThat(on.userOnPbx().path("display_name").asText()).isEqualTo("After");
    }
  },

  CHANGE_ROLE("/api/users/{user}/role") {
    @Override
    Answer send(Subject on) {
      return on.patchUser("{'op':'replace','path':'roles','value':[{'value':'QueueManager'}]}");
    }

    @Override
    void assertNotDone(Subject on) {
      assertThat(on.user().path("roles")).isEmpty();
    }

    @Override
    void assertDone(Subject on) {
      assertThat(on.user().at("/roles/0/value").asText()).isEqualTo("QueueManager");
      assertThat(on.userOnPbx().path("role").asText()).isEqualTo("QueueManager");
    }
  },

  SET_PASSWORD("/api/users/{user}/password") {
    @Override
    Answer send(Subject on) {
      return on.patchUser("{'op':'replace','path':'password','value':'An0ther!one'}");
    }

    @Override
    void assertNotDone(Subject on) {}

    @Override
    void assertDone(Subject on) {
      assertThat(on.signsIn("An0ther!one")).isTrue();
    }
  },

  DEACTIVATE("/api/users/{user}") {
    @Override
    Answer send(Subject on) {
      return on.patchUser("{'op':'replace','path':'active','value':false}");
    }

    @Override
    void assertNotDone(Subject on) {
      // What takes away is kept although it was refused.
      assertThat(on.user().path("active").asBoolean(true)).isFalse();
    }

    @Override
    void assertDone(Subject on) {
      assertThat(on.user().path("active").asBoolean(true)).isFalse();
      assertThat(on.userOnPbx().path("enabled").asBoolean(true)).isFalse();
    }
  },

  DELETE_USER("/api/users/{user}/destroy") {
    @Override
    Answer send(Subject on) {
      return on.scim().delete("/Users/" + on.userId());
    }

    @Override
    void assertNotDone(Subject on) {
      // Kept: whoever reads it sees it leave, if the journal has not done it by now.
      Answer read = on.scim().get("/Users/" + on.userId());
      assertThat(read.status() == 404 || read.at("/active").equals("false")).isTrue();
    }

    @Override
    void assertDone(Subject on) {
      assertThat(on.usersInScim()).isZero();
      assertThat(on.usersOnPbx()).isEmpty();
    }
  },

  CREATE_GROUP("/api/groups") {
    @Override
    void prepare(Subject on) {}

    @Override
    Answer send(Subject on) {
      return on.scim().createGroup(on.groupName());
    }

    @Override
    void assertNotDone(Subject on) {
      assertThat(on.groupsInScim()).isZero();
    }

    @Override
    void assertDone(Subject on) {
      assertThat(on.group().path("displayName").asText()).isEqualTo(on.groupName());
      assertThat(on.groupOnPbx().path("name").asText()).isEqualTo(on.groupName());
    }
  },

  ADD_MEMBER("/api/groups/{group}/members/[0-9]+") {
    @Override
    void prepare(Subject on) {
      super.prepare(on);
      on.keepGroup(on.scim().createGroup(on.groupName()).is(201));
    }

    @Override
    Answer send(Subject on) {
      return on.scim().addMembers(on.groupId(), on.userId());
    }

    @Override
    void assertNotDone(Subject on) {
      assertThat(on.group().path("members")).isEmpty();
    }

    @Override
    void assertDone(Subject on) {
      assertThat(on.group().path("members")).hasSize(1);
      assertThat(on.membersOnPbx()).hasSize(1);
    }
  },

  REMOVE_MEMBER("/api/groups/{group}/members/[0-9]+/destroy") {
    @Override
    void prepare(Subject on) {
      super.prepare(on);
      on.keepGroup(on.scim().createGroup(on.groupName(), on.userId()).is(201));
    }

    @Override
    Answer send(Subject on) {
      return on.scim().removeMember(on.groupId(), on.userId());
    }

    @Override
    void assertNotDone(Subject on) {
      // What takes away is kept although it was refused.
      assertThat(on.group().path("members")).isEmpty();
    }

    @Override
    void assertDone(Subject on) {
      assertThat(on.group().path("members")).isEmpty();
      assertThat(on.membersOnPbx()).isEmpty();
    }
  };

  private final String pbxPath;

  Operation(String pbxPath) {
    this.pbxPath = pbxPath;
  }

  /** The path of the one POST to the PBX, as a regular expression. */
  String pbxPath(Subject on) {
    return pbxPath.replace("{user}", on.pbxUser()).replace("{group}", on.pbxGroup());
  }

  /** Whether it takes something away, and so is kept when it cannot be done at once. */
  boolean takesAway() {
    return this == DEACTIVATE || this == DELETE_USER || this == REMOVE_MEMBER;
  }

  /** Makes what the request is about. */
  void prepare(Subject on) {
    on.keepUser(on.scim().createUser(on.userName(), "'displayName':'Before'").is(201));
  }

  /** Does the same on the PBX behind the bridge's back. */
  void doOnPbx(Subject on) {
    var extension = on.userOnPbx().path("extension_number").asText();
    on.postToPbx(pbxPath(on).replace("[0-9]+", extension));
  }

  abstract Answer send(Subject on);

  /** What a reader sees after an answer that is no success. */
  abstract void assertNotDone(Subject on);

  abstract void assertDone(Subject on);

  /** Whom a request is about, on both sides. */
  static final class Subject {
    private final RunningBridge bridge;
    private final String name;
    private String userId = "";
    private String pbxUser = "";
    private String groupId = "";
    private String pbxGroup = "";

    Subject(RunningBridge bridge, String name) {
      this.bridge = bridge;
      this.name = name;
    }

    ScimClient scim() {
      return bridge.scim();
    }

    String userName() {
      return name + "@corp.example";
    }

    String groupName() {
      return "Group of " + name;
    }

    void keepUser(Answer created) {
      userId = created.id();
      pbxUser = userOnPbx().path("id").asText();
    }

    void keepGroup(Answer created) {
      groupId = created.id();
      pbxGroup = groupOnPbx().path("id").asText();
    }

    String userId() {
      return userId;
    }

    String groupId() {
      return groupId;
    }

    String pbxUser() {
      return pbxUser;
    }

    String pbxGroup() {
      return pbxGroup;
    }

    Answer patchUser(String operation) {
      return scim().patch("/Users/" + userId, operation);
    }

    int usersInScim() {
      return found("Users", "userName", userName()).path("totalResults").asInt(-1);
    }

    int groupsInScim() {
      return found("Groups", "displayName", groupName()).path("totalResults").asInt(-1);
    }

    JsonNode user() {
      return found("Users", "userName", userName()).at("/Resources/0");
    }

    JsonNode group() {
      return found("Groups", "displayName", groupName()).at("/Resources/0");
    }

    private JsonNode found(String type, String attribute, String value) {
      return scim().list(type, "%s eq \"%s\"".formatted(attribute, value)).is(200).json();
    }

    List<JsonNode> usersOnPbx() {
      return bridge.pbx().users(name);
    }

    JsonNode userOnPbx() {
      return bridge.pbx().user(name);
    }

    JsonNode groupOnPbx() {
      var groups = bridge.pbx().groups(groupName());
      assertThat(groups).hasSize(1);
      return groups.getFirst();
    }

    Set<String> membersOnPbx() {
      return bridge.pbx().members(groupOnPbx());
    }

    void postToPbx(String path) {
      bridge.pbx().post(path);
    }

    boolean signsIn(String password) {
      return bridge.pbx().signsIn(name, password);
    }
  }
}
