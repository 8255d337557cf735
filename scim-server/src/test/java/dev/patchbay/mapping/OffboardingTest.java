package dev.patchbay.mapping;

import static dev.patchbay.mapping.Resources.resource;
import static dev.patchbay.mapping.Resources.settings;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffboardingTest {
  private static final String OID = "1b3c5d7e-0000-4444-8888-abcdefabcdef";
  private static final String OTHER_OID = "2b3c5d7e-0000-4444-8888-abcdefabcdef";

  private static final ObjectNode BASE =
      resource(
          """
          { 'userName': 'anna@corp.com', 'displayName': 'Anna', 'active': true,
            'roles': [ { 'value': 'QueueManager' } ],
            'PBX': { 'extensionNumber': '1042', 'ms365': { 'id': 'anna@corp.com', 'bound': true } } }
          """);

  private static Offboarding offboarding(String yaml) {
    var settings = settings(yaml);
    return new Offboarding(
        new AttributeMapping(settings.attributes(), PbxFields.all()),
        RoleMapping.of(settings.roles()));
  }

  private static ObjectNode part(ObjectNode wish) {
    return offboarding("").part(BASE, wish, KnownRoles.NONE);
  }

  private static ObjectNode wish(String changes) {
    ObjectNode wish = BASE.deepCopy();
    wish.setAll(resource(changes));
    return wish;
  }

  private static ObjectNode base(String changes) {
    return wish(changes);
  }

  @Test
  void keepsADeactivationAndNothingElse() {
    assertThat(part(wish("{ 'active': false, 'displayName': 'Gone', 'title': 'Former' }")))
        .isEqualTo(base("{ 'active': false }"));
  }

  @Test
  void keepsALostRole() {
    assertThat(part(wish("{ 'roles': [], 'displayName': 'New' }")))
        .isEqualTo(base("{ 'roles': [] }"));
    assertThat(part(wish("{ 'roles': [ { 'value': 'StandardUser' } ] }")))
        .isEqualTo(base("{ 'roles': [ { 'value': 'StandardUser' } ] }"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ 'PBX': { 'extensionNumber': '1042' } }",
        "{ 'PBX': { 'extensionNumber': '1042', 'ms365': { 'id': 'nonsense' } } }",
      })
  void keepsALostBinding(String changes) {
    assertThat(part(wish(changes))).isEqualTo(base("{ 'PBX': { 'extensionNumber': '1042' } }"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ 'active': true }",
        "{ 'displayName': 'New', 'emails': [ { 'value': 'n@corp.com' } ] }",
        "{ 'roles': [ { 'value': 'QueueManager' }, { 'value': 'Boss' } ] }",
        "{ 'roles': [ { 'value': 'SystemAdmin' }, { 'value': 'QueueManager' } ] }",
        "{ 'PBX': { 'extensionNumber': '1042', 'ms365': { 'id': 'ANNA@corp.com' } } }",
        "{ 'PBX': { 'extensionNumber': '1042', 'ms365': { 'id': 'other@corp.com' } } }",
      })
  void takesNothingAwayOtherwise(String changes) {
    assertThat(offboarding("").takesAway(BASE, wish(changes), KnownRoles.NONE)).isFalse();
    assertThat(offboarding("").takesAway(BASE, wish("{ 'active': false }"), KnownRoles.NONE))
        .isTrue();
  }

  @Test
  void leavesAnInactiveUserAsItIs() {
    var inactive = base("{ 'active': false }");

    assertThat(offboarding("").takesAway(inactive, inactive.deepCopy(), KnownRoles.NONE)).isFalse();
    assertThat(offboarding("").takesAway(inactive, BASE, KnownRoles.NONE)).isFalse();
  }

  @Test
  void keepsTheLossOfAnExternalIdThatWasABinding() {
    var offboarding = offboarding("ms365-source: externalId");
    var base = resource("{ 'userName': 'anna', 'externalId': '" + OID + "' }");
    var unbound = resource("{ 'userName': 'anna', 'externalId': 'anna' }");
    var rebound = resource("{ 'userName': 'anna', 'externalId': '" + OTHER_OID + "' }");

    assertThat(offboarding.part(base, unbound, KnownRoles.NONE)).isEqualTo(unbound);
    assertThat(offboarding.part(base, resource("{ 'userName': 'anna' }"), KnownRoles.NONE))
        .isEqualTo(resource("{ 'userName': 'anna' }"));
    assertThat(offboarding.takesAway(base, rebound, KnownRoles.NONE)).isFalse();
  }
}
