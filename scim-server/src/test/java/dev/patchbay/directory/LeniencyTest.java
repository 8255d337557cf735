package dev.patchbay.directory;

import static dev.patchbay.schema.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.JsonText;
import dev.patchbay.schema.Leniency;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ResourceReader;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each form beyond the RFCs: who may use it, and what all others are told. */
class LeniencyTest {
  private static final Path PAGE = Path.of("../docs/reference/scim.md");
  private static final ResourceType USER = ResourceTypes.user(PhoneAccount.WHOLE);
  private static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
  private static final String NAMES =
      "'schemas': ['%s', '%s']".formatted(ResourceTypes.CORE_USER, ResourceTypes.ENTERPRISE_USER);

  /** A request that needs one form, and why it is refused without. */
  record Example(Leniency form, Kind otherwise, Request request) {
    @Override
    public String toString() {
      return form + ": " + request;
    }
  }

  private sealed interface Request {
    void send(IdentityProvider idp);
  }

  private record Post(String body) implements Request {
    @Override
    public void send(IdentityProvider idp) {
      var text = body.replace("$schemas", NAMES).replace("$ent", ResourceTypes.ENTERPRISE_USER);
      new ResourceReader(USER, idp).read(JsonText.node(text));
    }
  }

  private record Patch(String message) implements Request {
    @Override
    public void send(IdentityProvider idp) {
      PatchApplier.apply(ada(), JsonText.node(message), USER, idp);
    }
  }

  private record GroupPatch(String message) implements Request {
    @Override
    public void send(IdentityProvider idp) {
      var group = JsonText.object("{'displayName': 'g'}");
      PatchApplier.apply(group, JsonText.node(message), ResourceTypes.group(), idp);
    }
  }

  private static String patch(String operation) {
    return "{'schemas': ['%s'], 'Operations': [%s]}"
        .formatted(PATCH_OP, operation.replace("$ent", ResourceTypes.ENTERPRISE_USER));
  }

  private static Example user(Leniency form, Kind otherwise, String operation) {
    return new Example(form, otherwise, new Patch(patch(operation)));
  }

  private static Example group(Leniency form, Kind otherwise, String operation) {
    return new Example(form, otherwise, new GroupPatch(patch(operation)));
  }

  private static Example body(Leniency form, Kind otherwise, String body) {
    return new Example(form, otherwise, new Post(body));
  }

  static List<Example> examples() {
    return List.of(
        user(Leniency.OP_CASE, Kind.INVALID_SYNTAX, "{'op': 'Add', 'path': 'title', 'value': 'x'}"),
        new Example(
            Leniency.NO_SCHEMAS,
            Kind.INVALID_SYNTAX,
            new Patch("{'Operations': [{'op': 'add', 'path': 'title', 'value': 'x'}]}")),
        body(Leniency.NO_SCHEMAS, Kind.INVALID_SYNTAX, "{'userName': 'a'}"),
        body(
            Leniency.UNKNOWN_SCHEMAS,
            Kind.INVALID_SYNTAX,
            "{'schemas': ['%s', 'urn:x'], 'userName': 'a'}".formatted(ResourceTypes.CORE_USER)),
        body(
            Leniency.UNKNOWN_SCHEMAS,
            Kind.INVALID_SYNTAX,
            "{$schemas, 'userName': 'a', 'urn:x:User': {'y': 1}}"),
        user(
            Leniency.UNKNOWN_SCHEMAS,
            Kind.INVALID_PATH,
            "{'op': 'add', 'path': 'urn:x:User:y', 'value': 1}"),
        body(
            Leniency.UNDECLARED_EXTENSIONS,
            Kind.INVALID_SYNTAX,
            "{'schemas': ['%s'], 'userName': 'a', '$ent': {'department': 'x'}}"
                .formatted(ResourceTypes.CORE_USER)),
        body(
            Leniency.UNKNOWN_ATTRIBUTES,
            Kind.INVALID_SYNTAX,
            "{$schemas, 'userName': 'a', 'favourite': 1}"),
        body(
            Leniency.UNKNOWN_ATTRIBUTES,
            Kind.INVALID_SYNTAX,
            "{$schemas, 'userName': 'a', 'name': {'petName': 'x'}}"),
        body(
            Leniency.UNKNOWN_ATTRIBUTES,
            Kind.INVALID_SYNTAX,
            "{$schemas, 'userName': 'a', '$ent': {'floor': 3}}"),
        user(
            Leniency.UNKNOWN_ATTRIBUTES,
            Kind.INVALID_SYNTAX,
            "{'op': 'add', 'value': {'favourite': 1}}"),
        user(
            Leniency.UNKNOWN_ATTRIBUTES,
            Kind.INVALID_SYNTAX,
            "{'op': 'add', 'path': 'name', 'value': {'petName': 'x'}}"),
        user(
            Leniency.READ_ONLY_IN_VALUE,
            Kind.MUTABILITY,
            "{'op': 'replace', 'value': {'id': 'x', 'title': 'y'}}"),
        user(
            Leniency.TEXT_BOOLEANS,
            Kind.INVALID_VALUE,
            "{'op': 'replace', 'path': 'active', 'value': 'False'}"),
        body(
            Leniency.TEXT_BOOLEANS,
            Kind.INVALID_VALUE,
            "{$schemas, 'userName': 'a', 'roles': [{'value': 'x', 'primary': 'True'}]}"),
        user(
            Leniency.TEXT_BOOLEANS,
            Kind.INVALID_FILTER,
            "{'op': 'remove', 'path': 'roles[primary eq \\\"True\\\"]'}"),
        user(
            Leniency.PATH_KEYS,
            Kind.INVALID_SYNTAX,
            "{'op': 'replace', 'value': {'name.givenName': 'x'}}"),
        body(
            Leniency.PATH_KEYS,
            Kind.INVALID_SYNTAX,
            "{$schemas, 'userName': 'a', '$ent:department': 'x'}"),
        user(
            Leniency.ABSENT_ELEMENTS,
            Kind.NO_TARGET,
            "{'op': 'add', 'path': 'ims[type eq \\\"work\\\"].value', 'value': 'x'}"),
        user(
            Leniency.ABSENT_ELEMENTS,
            Kind.NO_TARGET,
            "{'op': 'replace', 'path': 'ims[type eq \\\"work\\\"].value', 'value': 'x'}"),
        user(
            Leniency.EMPTY_TEXT,
            Kind.INVALID_VALUE,
            "{'op': 'replace', 'path': '$ent:manager', 'value': ''}"),
        user(
            Leniency.BARE_VALUES,
            Kind.INVALID_VALUE,
            "{'op': 'replace', 'path': '$ent:manager', 'value': 'm1'}"),
        body(
            Leniency.BARE_VALUES,
            Kind.INVALID_VALUE,
            "{$schemas, 'userName': 'a', 'roles': ['User']}"),
        group(
            Leniency.BARE_VALUES,
            Kind.INVALID_VALUE,
            "{'op': 'add', 'path': 'members', 'value': ['u1']}"),
        user(
            Leniency.LIST_OF_ONE,
            Kind.INVALID_VALUE,
            "{'op': 'replace', 'path': '$ent:manager', 'value': [{'value': 'm1'}]}"),
        body(
            Leniency.ONE_FOR_LIST,
            Kind.INVALID_VALUE,
            "{$schemas, 'userName': 'a', 'emails': {'value': 'a@b'}}"),
        group(
            Leniency.ONE_FOR_LIST,
            Kind.INVALID_VALUE,
            "{'op': 'replace', 'path': 'members', 'value': {'value': 'u1'}}"),
        group(
            Leniency.REMOVE_BY_VALUE,
            Kind.INVALID_VALUE,
            "{'op': 'remove', 'path': 'members', 'value': [{'value': 'u1'}]}"),
        user(
            Leniency.REMOVE_BY_VALUE,
            Kind.INVALID_VALUE,
            "{'op': 'remove', 'path': 'emails', 'value': [{'value': 'a@b'}]}"),
        user(
            Leniency.NO_URN,
            Kind.INVALID_PATH,
            "{'op': 'replace', 'path': 'department', 'value': 'x'}"),
        user(
            Leniency.EMPTY_PATH,
            Kind.INVALID_PATH,
            "{'op': 'replace', 'path': '', 'value': {'title': 'x'}}"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isTakenFromAnybodyAndRefusedToWhoIsToKeepToTheLetter(Example example) {
    assertThatCode(() -> example.request().send(IdentityProvider.AUTO)).doesNotThrowAnyException();
    refused(example.otherwise(), () -> example.request().send(IdentityProvider.GENERIC));
  }

  @ParameterizedTest
  @EnumSource(IdentityProvider.class)
  void isTakenFromThoseWhoseFormItIs(IdentityProvider idp) {
    for (Example example : examples()) {
      if (idp.forgives(example.form())) {
        assertThatCode(() -> example.request().send(idp))
            .as(example.toString())
            .doesNotThrowAnyException();
      } else {
        refused(example.otherwise(), () -> example.request().send(idp));
      }
    }
  }

  @Test
  void everyFormHasAnExample() {
    assertThat(examples()).extracting(Example::form).containsAll(EnumSet.allOf(Leniency.class));
  }

  @Test
  void emptyTextIsATextToWhoKeepsToTheLetter() {
    var body = JsonText.node(patch("{'op': 'replace', 'path': 'title', 'value': ''}"));

    var strict = PatchApplier.apply(ada(), body, USER, IdentityProvider.GENERIC).resource();
    var lenient = PatchApplier.apply(ada(), body, USER, IdentityProvider.AUTO).resource();

    assertThat(strict.get("title")).isEqualTo(JsonText.node("''"));
    assertThat(lenient.has("title")).isFalse();
  }

  @Test
  void thePageSaysWhoIsForgivenWhat() throws IOException {
    var expected = new TreeMap<String, String>();
    for (Leniency form : Leniency.values()) {
      expected.put(form.toString(), scimTypes(form) + " | " + forgiven(form));
    }

    assertThat(table()).containsExactlyInAnyOrderEntriesOf(expected);
  }

  private static String scimTypes(Leniency form) {
    return examples().stream()
        .filter(it -> it.form() == form)
        .map(it -> "`" + camelCase(it.otherwise()) + "`")
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private static String camelCase(Kind kind) {
    var words = kind.name().toLowerCase(Locale.ROOT).split("_");
    return words[0]
        + Arrays.stream(words)
            .skip(1)
            .map(it -> it.substring(0, 1).toUpperCase(Locale.ROOT) + it.substring(1))
            .collect(Collectors.joining());
  }

  private static String forgiven(Leniency form) {
    return Stream.of(IdentityProvider.values())
        .filter(it -> it != IdentityProvider.AUTO && it.forgives(form))
        .map(it -> "`" + it.name().toLowerCase(Locale.ROOT) + "`")
        .collect(Collectors.joining(" "));
  }

  /** The last two columns of the page's table, by its first. */
  private static Map<String, String> table() throws IOException {
    var page = Files.readAllLines(PAGE);
    var start = page.indexOf("| Form | Sent | Taken as | Else 400 | Also by |");
    return page.stream()
        .skip(start + 2L)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.substring(1, line.length() - 1).split(" \\| ", -1))
        .collect(
            Collectors.toMap(
                cells -> cells[0].strip().replace("`", ""),
                cells -> cells[3].strip() + " | " + cells[4].strip()));
  }

  private static ObjectNode ada() {
    return JsonText.object("{'userName': 'ada', 'title': 'Analyst'}");
  }
}
