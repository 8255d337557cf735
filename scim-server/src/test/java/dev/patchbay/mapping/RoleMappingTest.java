package dev.patchbay.mapping;

import static dev.patchbay.mapping.Resources.refusal;
import static dev.patchbay.mapping.Resources.resource;
import static dev.patchbay.mapping.Resources.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.ConfigException;
import dev.patchbay.schema.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleMappingTest {
  private static final KnownRoles PBX_ROLES =
      KnownRoles.named(
          Set.of(
              "StandardUser", "StandardInternationalUser", "QueueManager", "Admin", "Night shift"));

  private static RoleMapping mapping(String yaml) {
    return RoleMapping.of(settings(yaml).roles());
  }

  private static ObjectNode withRoles(String... elements) {
    return resource("{ 'roles': [ " + String.join(", ", elements) + " ] }");
  }

  private static ObjectNode withRole(String value) {
    return withRoles("{ 'value': '" + value + "' }");
  }

  private static RoleChoice choose(ObjectNode user) {
    return mapping("").choose(user, PBX_ROLES);
  }

  @Test
  void oneRoleIsUsed() {
    assertThat(choose(withRole("QueueManager")).role()).contains("QueueManager");
  }

  @Test
  void noRoleIsTheDefaultOne() {
    assertThat(choose(withRoles()).role()).isEmpty();
    assertThat(mapping("").role(withRoles(), PBX_ROLES)).isEqualTo("StandardUser");
    assertThat(mapping("default-role: QueueManager").role(resource("{}"), PBX_ROLES))
        .isEqualTo("QueueManager");
  }

  @Test
  void ofSeveralThePrimaryOneWins() {
    var user =
        withRoles("{ 'value': 'QueueManager' }", "{ 'value': 'StandardUser', 'primary': true }");

    assertThat(choose(user).role()).contains("StandardUser");
  }

  @Test
  void elseTheOneWithTheMostRights() {
    var user =
        withRoles(
            "{ 'value': 'StandardUser' }",
            "{ 'value': 'QueueManager' }",
            "{ 'value': 'Night shift' }",
            "{ 'value': 'StandardInternationalUser' }");

    assertThat(choose(user).role()).contains("QueueManager");
  }

  @Test
  void ofEqualsTheOneSentFirst() {
    var mapping = mapping("roles: { a: First, b: Second }");
    var user = withRoles("{ 'value': 'b' }", "{ 'value': 'a' }");

    assertThat(mapping.choose(user, PBX_ROLES).role()).contains("Second");
  }

  @Test
  void anUnknownPrimaryDoesNotHideAKnownRole() {
    var user = withRoles("{ 'value': 'Boss', 'primary': true }", "{ 'value': 'QueueManager' }");

    assertThat(choose(user)).isEqualTo(new RoleChoice(Optional.of("QueueManager"), list("Boss")));
  }

  private static List<String> list(String... values) {
    return List.of(values);
  }

  @Test
  void mapsValuesByTheTable() {
    var mapping = mapping("roles: { Team lead: QueueManager, Admin: StandardUser }");

    assertThat(mapping.role(withRole("Team lead"), PBX_ROLES)).isEqualTo("QueueManager");
    assertThat(mapping.role(withRole("Admin"), PBX_ROLES)).isEqualTo("StandardUser");
    assertThatCode(() -> mapping.check(Optional.empty(), withRole("Admin"), PBX_ROLES))
        .doesNotThrowAnyException();
  }

  @Test
  void readsTheRoleInEntrasJsonText() {
    var complex =
        withRole(
            "{\\\\'id\\\\':\\\\'1\\\\',\\\\'value\\\\':\\\\'QueueManager\\\\'}"
                .replace("\\\\'", "\\\""));

    assertThat(choose(complex).role()).contains("QueueManager");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{}", "{ not json", "[1]"})
  void anythingElseInBracesIsAnUnknownRole(String value) {
    assertThat(choose(withRole(value)).unknown()).containsExactly(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SystemAdmin", "systemadmin", "Replicator", "DEALER", "Admin", "admin"})
  void privilegedRolesAreForbiddenInAnyCase(String role) {
    var refusal = refusal(() -> mapping("").check(Optional.empty(), withRole(role), PBX_ROLES));

    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.FORBIDDEN);
    assertThat(mapping("").role(withRole(role), PBX_ROLES)).isEqualTo("StandardUser");
  }

  @Test
  void privilegedRolesAreForbiddenBesideOthers() {
    var user =
        withRoles("{ 'value': 'StandardUser', 'primary': true }", "{ 'value': 'sYstemAdmin' }");

    assertThat(refusal(() -> mapping("").check(Optional.empty(), user, PBX_ROLES)).kind())
        .isEqualTo(Refusal.Kind.FORBIDDEN);
  }

  @Test
  void adminIsGivenOnlyWhenAllowedAndSystemAdminNever() {
    var mapping = mapping("allow-privileged-roles: true");

    mapping.check(Optional.empty(), withRole("Admin"), PBX_ROLES);

    assertThat(mapping.role(withRole("Admin"), PBX_ROLES)).isEqualTo("Admin");
    assertThat(refusal(() -> mapping.check(Optional.empty(), withRole("SystemAdmin"), PBX_ROLES)))
        .isNotNull();
  }

  @Test
  void aRoleThatIsNoLongerAllowedDoesNotKeepItsHolderFromBeingDeactivated() {
    var admin = resource("{ 'active': true, 'roles': [ { 'value': 'Admin' } ] }");
    var leaver = resource("{ 'active': false, 'roles': [ { 'value': 'Admin' } ] }");

    assertThatCode(() -> mapping("").check(Optional.of(admin), leaver, PBX_ROLES))
        .doesNotThrowAnyException();
  }

  @Test
  void anUnknownRoleIsKeptOrRefusedAsTold() {
    var user = withRole("Boss");

    mapping("").check(Optional.empty(), user, PBX_ROLES);
    assertThat(choose(user)).isEqualTo(new RoleChoice(Optional.empty(), list("Boss")));
    var refusal =
        refusal(() -> mapping("unknown-role: reject").check(Optional.empty(), user, PBX_ROLES));
    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID_VALUE);
    assertThat(refusal.detail()).contains("'Boss'");
  }

  @ParameterizedTest
  @CsvSource({
    "QueueManager, StandardUser, true",
    "StandardUser, QueueManager, false",
    "QueueManager, QueueManager, false",
    "Night shift, StandardUser, true",
    "StandardUser, Night shift, false",
    "QueueManager, Night shift, true",
    "Night shift, QueueManager, false",
    "Night shift, Day shift, false",
    "Admin, QueueManager, true",
  })
  void knowsWhatTakesRightsAway(String from, String to, boolean lowers) {
    assertThat(mapping("").lowers(from, to)).isEqualTo(lowers);
  }

  @Test
  void aDefaultRoleOutsideThePrecedenceIsTheLowest() {
    var mapping = mapping("default-role: Basic");

    assertThat(mapping.lowers("StandardUser", "Basic")).isTrue();
    assertThat(mapping.lowers("Night shift", "Basic")).isTrue();
    assertThat(mapping.lowers("Basic", "Night shift")).isFalse();
    assertThat(mapping.lowers("Basic", "Basic")).isFalse();
  }

  @Test
  void noticesALostRoleWhileThePbxDoesNotAnswer() {
    assertThat(mapping("").lowers(withRole("QueueManager"), withRoles(), KnownRoles.NONE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Admin", "dealer"})
  void aPrivilegedDefaultRoleStopsTheStart(String role) {
    assertThatThrownBy(() -> mapping("default-role: " + role))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("default-role");
  }
}
