package dev.patchbay.directory;

import static dev.patchbay.schema.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.MemberChange.Add;
import dev.patchbay.directory.MemberChange.MemberValue;
import dev.patchbay.directory.MemberChange.Remove;
import dev.patchbay.directory.MemberChange.RemoveAll;
import dev.patchbay.directory.MemberChange.RemoveWhere;
import dev.patchbay.directory.MemberChange.ReplaceAll;
import dev.patchbay.schema.FilterParser;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.JsonText;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ResourceTypes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberChangeTest {
  private static final ObjectNode GROUP = JsonText.object("{'displayName': 'Sales'}");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op': 'Add', 'path': 'members', 'value': [{'$ref': null, 'value': 'u1'}]}",
        "{'op': 'add', 'path': 'members', 'value': {'value': 'u1'}}",
        "{'op': 'add', 'path': 'members', 'value': ['u1']}",
        "{'op': 'add', 'path': 'members', 'value': 'u1'}",
        "{'op': 'add', 'path': 'MEMBERS', 'value': [{'VALUE': 'u1'}, {'value': 'u1'}]}",
        "{'op': 'add', 'value': {'members': [{'value': 'u1'}]}}",
        "{'op': 'add', 'path': 'urn:ietf:params:scim:schemas:core:2.0:Group:members', 'value':"
            + " [{'value': 'u1'}]}",
      })
  void addsInEveryForm(String operation) {
    assertThat(changes(operation)).containsExactly(new Add(List.of(member("u1"))));
  }

  @Test
  void keepsTypeAndDisplayAsSent() {
    assertThat(
            changes(
                "{'op': 'add', 'path': 'members', 'value': [{'value': 'u1', 'type': 'User',"
                    + " 'display': 'Ada'}]}"))
        .containsExactly(
            new Add(List.of(new MemberValue("u1", Optional.of("User"), Optional.of("Ada")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op': 'replace', 'path': 'members', 'value': [{'value': 'u1'}, {'value': 'u2'}]}",
        "{'op': 'replace', 'value': {'members': [{'value': 'u1'}, {'value': 'u2'}], 'id': 'g'}}",
      })
  void replacesAll(String operation) {
    assertThat(changes(operation))
        .containsExactly(new ReplaceAll(List.of(member("u1"), member("u2"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op': 'replace', 'path': 'members', 'value': []}",
        "{'op': 'replace', 'path': 'members', 'value': null}",
        "{'op': 'replace', 'path': 'members', 'value': ''}",
        "{'op': 'replace', 'value': {'members': []}}",
      })
  void replacingByNoneLeavesNone(String operation) {
    assertThat(changes(operation)).containsExactly(new ReplaceAll(List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op': 'Remove', 'path': 'members', 'value': [{'$ref': null, 'value': 'u1'}]}",
        "{'op': 'remove', 'path': 'members', 'value': {'value': 'u1'}}",
        "{'op': 'remove', 'path': 'members', 'value': 'u1'}",
        "{'op': 'remove', 'path': 'members[value eq \\\"u1\\\"]'}",
        "{'op': 'remove', 'path': 'members[VALUE EQ \\\"u1\\\"]', 'value': null}",
      })
  void removesTheOneNamed(String operation) {
    assertThat(changes(operation)).containsExactly(new Remove(List.of("u1")));
  }

  @Test
  void removesSeveralNamedInOneFilter() {
    assertThat(
            changes(
                "{'op': 'remove', 'path': 'members[value eq \\\"u1\\\" or value eq \\\"u2\\\"]'}"))
        .containsExactly(new Remove(List.of("u1", "u2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op': 'remove', 'path': 'members'}",
        "{'op': 'remove', 'path': 'members', 'value': null}",
      })
  void removesAllWhenNoneIsNamed(String operation) {
    assertThat(changes(operation)).containsExactly(new RemoveAll());
  }

  @Test
  void anEmptyListOfMembersRemovesNobody() {
    assertThat(changes("{'op': 'remove', 'path': 'members', 'value': []}")).isEmpty();
    assertThat(changes("{'op': 'add', 'path': 'members', 'value': []}")).isEmpty();
  }

  @Test
  void leavesOtherFiltersToTheRows() {
    assertThat(changes("{'op': 'remove', 'path': 'members[type eq \\\"Group\\\"]'}"))
        .containsExactly(new RemoveWhere(FilterParser.parse("type eq \"Group\"")));
  }

  @Test
  void keepsTheOrder() {
    assertThat(
            changes(
                """
                {'op': 'remove', 'path': 'members[value eq \\"u1\\"]'},
                {'op': 'add', 'path': 'members', 'value': [{'value': 'u1'}]},
                {'op': 'replace', 'path': 'displayName', 'value': 'x'},
                {'op': 'remove', 'path': 'members'}
                """))
        .containsExactly(
            new Remove(List.of("u1")), new Add(List.of(member("u1"))), new RemoveAll());
  }

  @Test
  void aRenameSaysNothingAboutMembers() {
    var body = "{'Operations': [{'op': 'replace', 'value': {'id': 'g', 'displayName': 'Pushed'}}]}";

    var patched =
        PatchApplier.apply(
            GROUP, JsonText.node(body), ResourceTypes.group(), IdentityProvider.AUTO);

    assertThat(patched.members()).isEmpty();
    assertThat(patched.resource().path("displayName").asText()).isEqualTo("Pushed");
  }

  @Test
  void membersNeverEnterTheResource() {
    var body = "{'Operations': [{'op': 'add', 'value': {'members': ['u1'], 'externalId': 'x'}}]}";

    var patched =
        PatchApplier.apply(
            GROUP, JsonText.node(body), ResourceTypes.group(), IdentityProvider.AUTO);

    assertThat(patched.resource().has("members")).isFalse();
    assertThat(patched.resource().path("externalId").asText()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op': 'add', 'path': 'members', 'value': [7]}",
        "{'op': 'add', 'path': 'members', 'value': [{'display': 'Ada'}]}",
        "{'op': 'add', 'path': 'members', 'value': [{'value': ' '}]}",
        "{'op': 'add', 'path': 'members', 'value': [{'value': {'x': 1}}]}",
        "{'op': 'add', 'path': 'members', 'value': [{'value': 'a\\u0000'}]}",
        "{'op': 'replace', 'path': 'members', 'value': [['u1']]}",
        "{'op': 'remove', 'path': 'members', 'value': [null]}",
      })
  void refusesMembersWithoutAnIdentifier(String operation) {
    refused(Kind.INVALID_VALUE, () -> changes(operation)).startsWith("'members'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op': 'replace', 'path': 'members[value eq \\\"u1\\\"].value', 'value': 'u2'}",
        "{'op': 'replace', 'path': 'members[value eq \\\"u1\\\"].display', 'value': 'x'}",
        "{'op': 'remove', 'path': 'members[value eq \\\"u1\\\"].type'}",
        "{'op': 'add', 'path': 'members.value', 'value': 'u1'}",
      })
  void aMemberItselfIsFixed(String operation) {
    refused(Kind.MUTABILITY, () -> changes(operation)).contains("members");
  }

  @Test
  void refusesFiltersThatAreNotAboutMembers() {
    refused(
        Kind.INVALID_FILTER,
        () -> changes("{'op': 'remove', 'path': 'members[nothing eq \\\"x\\\"]'}"));
    refused(
        Kind.MUTABILITY,
        () -> changes("{'op': 'add', 'path': 'members[value eq \\\"x\\\"]', 'value': {}}"));
  }

  @Test
  void oneOperationMayNameTenThousandMembers() {
    var body = JsonText.object("{}");
    var operation = body.putArray("Operations").addObject().put("op", "add").put("path", "members");
    var value = operation.putArray("value");
    for (int i = 0; i < 10_000; i++) {
      value.addObject().put("value", "u" + i);
    }

    var patched = PatchApplier.apply(GROUP, body, ResourceTypes.group(), IdentityProvider.AUTO);

    assertThat(((Add) patched.members().getFirst()).members()).hasSize(10_000);
  }

  @Test
  void boundsTheMembersOfOneRequest() {
    var body = JsonText.object("{}");
    for (int i = 0; i <= MemberChange.MOST_NAMED; i++) {
      body.withArrayProperty("members").add("u" + i);
    }

    refused(Kind.TOO_LARGE, () -> MemberChange.membersOf(body, IdentityProvider.AUTO))
        .contains("members");
  }

  @Test
  void aBodyThatDoesNotMentionMembersHasNone() {
    assertThat(membersOf("{'displayName': 'x'}")).isEmpty();
    assertThat(membersOf("{'members': []}")).isEmpty();
    assertThat(membersOf("{'members': null}")).isEmpty();
    assertThat(membersOf("{'Members': [{'value': 'u1'}, {'value': 'u1'}, 'u2']}"))
        .containsExactly(member("u1"), member("u2"));
  }

  private static List<MemberValue> membersOf(String body) {
    return MemberChange.membersOf(JsonText.node(body), IdentityProvider.AUTO);
  }

  private static List<MemberChange> changes(String operations) {
    var body = JsonText.node("{'Operations': [" + operations + "]}");
    return PatchApplier.apply(GROUP, body, ResourceTypes.group(), IdentityProvider.AUTO).members();
  }

  private static MemberValue member(String value) {
    return new MemberValue(value, Optional.empty(), Optional.empty());
  }
}
