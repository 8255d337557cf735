package dev.patchbay.keycloak.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.keycloak.change.Change.Urgency;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;

/**
 * What a Keycloak 26.7.4 told its listeners in each of these actions, and what of it may have
 * changed.
 */
class ChangesTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  @TestFactory
  List<DynamicTest> readsWhatKeycloakTells() throws IOException {
    JsonNode actions = JSON.readTree(getClass().getResource("/events-of-keycloak-26.7.4.json"));
    var tests = new ArrayList<DynamicTest>();
    actions.forEach(
        each ->
            tests.add(DynamicTest.dynamicTest(each.path("action").asText(), () -> check(each))));
    assertThat(tests).hasSizeGreaterThan(80);
    return tests;
  }

  private static void check(JsonNode action) throws IOException {
    Set<Change> changes = new HashSet<>();
    for (JsonNode each : action.path("adminEvents")) {
      changes.addAll(AdminChanges.of(JSON.treeToValue(each, AdminEvent.class)));
    }
    for (JsonNode each : action.path("userEvents")) {
      changes.addAll(UserChanges.of(JSON.treeToValue(each, Event.class)));
    }

    assertThat(changes.stream().map(ChangesTest::shown))
        .containsExactlyInAnyOrderElementsOf(
            StreamSupport.stream(action.path("changes").spliterator(), false)
                .map(JsonNode::asText)
                .toList());
  }

  private static String shown(Change change) {
    String kind = change.urgency() == Urgency.LEAVER ? "LEAVER" : change.kind().name();
    return kind + " " + change.key();
  }

  @Test
  void aBodyThatIsNoJsonOnlyLosesItsHint() {
    var event = admin(OperationType.UPDATE, "users/7");
    event.setRepresentation("{\"enabled\":");

    assertThat(AdminChanges.of(event)).containsExactly(Change.user("7"));
  }

  @Test
  void aGroupThatNobodyNamesHasEverybodyLookedAt() {
    var event = admin(OperationType.CREATE, "groups/7/children");
    event.setRepresentation("{\"name\":\"sales\"}");

    assertThat(AdminChanges.of(event)).containsExactly(Change.everyone());
  }

  @Test
  void whatFailedHasChangedNobody() {
    var event = admin(OperationType.UPDATE, "users/7");
    event.setError("user_not_found");

    assertThat(AdminChanges.of(event)).isEmpty();
  }

  @Test
  void aLoginIsWorthALookAndNoMore() {
    var event = new Event();
    event.setType(EventType.LOGIN);
    event.setUserId("7");

    assertThat(UserChanges.isLogin(event)).isTrue();
    assertThat(UserChanges.of(event)).isEmpty();
  }

  private static AdminEvent admin(OperationType operation, String path) {
    var event = new AdminEvent();
    event.setOperationType(operation);
    event.setResourcePath(path);
    return event;
  }
}
