package dev.patchbay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Attribute;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.JsonText;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ResourceReader;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import dev.patchbay.schema.Schema;
import dev.patchbay.schema.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

class PatchProperties {
  private static final ResourceType USER = ResourceTypes.user(PhoneAccount.WHOLE);
  private static final String ENT = ResourceTypes.ENTERPRISE_USER;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final ObjectNode BASE =
      JsonText.object(
          """
          {'id': 'u1', 'userName': 'ada', 'active': true, 'name': {'givenName': 'Ada'},
           'emails': [{'value': 'a@x', 'type': 'work', 'primary': true},
                      {'value': 'b@x', 'type': 'home'}],
           '%s': {'department': 'Sales', 'manager': {'value': 'm1'}},
           '%s': {'extensionNumber': '1042'}}
          """
              .formatted(ENT, ResourceTypes.PBX_USER));

  private static final List<String> PATHS =
      List.of(
          "userName",
          "title",
          "active",
          "name",
          "name.givenName",
          "emails",
          "emails.value",
          "emails.primary",
          "emails[type eq \"work\"]",
          "emails[type eq \"work\"].value",
          "emails[type eq \"x\"].value",
          "emails[primary eq true].primary",
          "roles[primary eq \"True\"].value",
          "id",
          "groups",
          "schemas",
          "nothing",
          "a[",
          "",
          ENT,
          ENT + ":manager",
          ENT + ":department",
          ResourceTypes.CORE_USER,
          ResourceTypes.PBX_USER + ":extensionNumber",
          ResourceTypes.PBX_USER + ":ms365.id",
          "urn:custom:User:x");

  @Property
  @StatisticsReport(StatisticsReportMode.OFF)
  void aPatchIsDoneOrRefusedAndTheBaseStays(@ForAll("bodies") JsonNode body) {
    var base = BASE.deepCopy();

    try {
      var patched = PatchApplier.apply(base, body, USER, IdentityProvider.AUTO).resource();
      holdsTheInvariants(patched);
      isReadAsItIs(patched);
      Statistics.collect("done");
    } catch (Refusal refusal) {
      assertThat(refusal.detail()).isNotBlank().hasSizeLessThan(300);
      Statistics.collect("refused");
    }

    bothHappen();
    assertThat(base).isEqualTo(BASE);
  }

  @Property
  @StatisticsReport(StatisticsReportMode.OFF)
  void aPatchDoneTwiceIsAPatchDoneOnce(@ForAll("replaceOrRemove") JsonNode body) {
    try {
      var once = PatchApplier.apply(BASE, body, USER, IdentityProvider.AUTO).resource();
      assertThat(PatchApplier.apply(once, body, USER, IdentityProvider.AUTO).resource())
          .isEqualTo(once);
      Statistics.collect("done");
    } catch (Refusal refusal) {
      assertThat(refusal.detail()).isNotBlank();
      Statistics.collect("refused");
    }
    bothHappen();
  }

  @Property
  @StatisticsReport(StatisticsReportMode.OFF)
  void aBodyIsReadOrRefused(@ForAll("values") JsonNode body) {
    if (body instanceof ObjectNode object) {
      object.put("userName", "ada");
    }
    try {
      var read = new ResourceReader(USER, IdentityProvider.AUTO).read(body);
      holdsTheInvariants(read);
      assertThat(new ResourceReader(USER, IdentityProvider.AUTO).read(read)).isEqualTo(read);
      Statistics.collect("done");
    } catch (Refusal refusal) {
      assertThat(refusal.detail()).isNotBlank().hasSizeLessThan(300);
      Statistics.collect("refused");
    }
    bothHappen();
  }

  @Property
  @StatisticsReport(StatisticsReportMode.OFF)
  void whatIsWrittenIsReadOrRefusedByItsName(
      @ForAll("writable") Target target, @ForAll("ofSomeType") JsonNode value) {
    var operation = JSON.objectNode().put("op", "replace").put("path", target.label());
    operation.set("value", value);
    var body = JSON.objectNode();
    body.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
    body.putArray("Operations").add(operation);

    for (IdentityProvider idp : IdentityProvider.values()) {
      try {
        var patched = PatchApplier.apply(BASE, body, USER, idp).resource();
        isReadAsItIs(patched);
        assertThat(PatchApplier.apply(patched, body, USER, idp).resource()).isEqualTo(patched);
        if (value.isTextual() && !value.asText().isEmpty() && isText(target.leaf())) {
          assertThat(values(target, patched)).isNotEmpty().containsOnly(value);
        }
        Statistics.collect("done");
      } catch (Refusal refusal) {
        assertThat(refusal.detail()).contains(target.attribute().name());
        assertThat(refusal.kind()).isIn(Kind.INVALID_VALUE, Kind.MUTABILITY, Kind.INVALID_SYNTAX);
        Statistics.collect("refused");
      }
    }
    bothHappen();
  }

  private static boolean isText(Attribute attribute) {
    return attribute.type() == Attribute.Type.STRING;
  }

  private static List<JsonNode> values(Target target, ObjectNode resource) {
    var found = new ArrayList<JsonNode>();
    var value = target.in(resource);
    for (JsonNode one : value.isArray() ? value : JSON.arrayNode().add(value)) {
      found.add(target.sub().map(it -> one.path(it.name())).orElse(one));
    }
    return found;
  }

  /** A resource is a body that anybody may send, and says the same as one. */
  private static void isReadAsItIs(ObjectNode resource) {
    var writable = resource.deepCopy();
    writable.remove("id");
    for (IdentityProvider idp : IdentityProvider.values()) {
      assertThat(new ResourceReader(USER, idp).read(resource)).isEqualTo(writable);
    }
  }

  /** A property over refusals only would prove nothing. */
  private static void bothHappen() {
    Statistics.coverage(
        it -> {
          it.check("done").percentage(part -> part > 3);
          it.check("refused").percentage(part -> part > 3);
        });
  }

  private static void holdsTheInvariants(ObjectNode resource) {
    assertThat(resource.path("userName").asText()).isNotBlank();
    assertThat(resource.path("schemas")).isNotEmpty();
    for (var field : resource.properties()) {
      var value = field.getValue();
      assertThat(value.isNull()).as(field.getKey()).isFalse();
      assertThat(value.isContainerNode() && value.isEmpty()).as(field.getKey()).isFalse();
    }
    assertThat(resource.path("emails"))
        .filteredOn(it -> it.path("primary").asBoolean())
        .hasSizeLessThan(2);
    assertThat(resource.path("active").isMissingNode() || resource.path("active").isBoolean())
        .isTrue();
  }

  /** Every attribute and sub-attribute that a client may write. */
  @Provide
  Arbitrary<Target> writable() {
    var targets = new ArrayList<Target>();
    addTargets(Optional.empty(), USER.core(), targets);
    USER.extensions().forEach(it -> addTargets(Optional.of(it.schema()), it.schema(), targets));
    return Arbitraries.of(targets);
  }

  private static void addTargets(Optional<Schema> extension, Schema schema, List<Target> targets) {
    for (Attribute attribute : schema.attributes()) {
      if (!attribute.isReadOnly()) {
        targets.add(new Target(extension, attribute, Optional.empty()));
        attribute.subAttributes().stream()
            .filter(it -> !it.isReadOnly())
            .forEach(it -> targets.add(new Target(extension, attribute, Optional.of(it))));
      }
    }
  }

  @Provide
  Arbitrary<JsonNode> ofSomeType() {
    var texts =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20),
            Arbitraries.strings().alpha().ofMaxLength(5000),
            Arbitraries.of("https://example.com/a", "TUlJRg==", "True", "2024-05-17T09:30:00Z"));
    return Arbitraries.oneOf(
        texts.map(JSON::textNode), Arbitraries.of(true, false).map(JSON::booleanNode), values());
  }

  @Provide
  Arbitrary<JsonNode> bodies() {
    return bodies(Arbitraries.of("add", "Add", "replace", "remove", "REMOVE", "move"), 4);
  }

  /** Setting or clearing one thing, as a client sends again when no answer came. */
  @Provide
  Arbitrary<JsonNode> replaceOrRemove() {
    return bodies(Arbitraries.of("replace", "remove"), 1);
  }

  private Arbitrary<JsonNode> bodies(Arbitrary<String> ops, int most) {
    var operation =
        Combinators.combine(ops, Arbitraries.of(PATHS).injectNull(0.2), values().injectNull(0.1))
            .as(
                (op, path, value) -> {
                  var node = JSON.objectNode().put("op", op);
                  if (path != null) {
                    node.put("path", path);
                  }
                  if (value != null) {
                    node.set("value", value);
                  }
                  return node;
                });
    return operation
        .list()
        .ofMinSize(1)
        .ofMaxSize(most)
        .map(
            list -> {
              var body = JSON.objectNode();
              body.putArray("Operations").addAll(list);
              return body;
            });
  }

  @Provide
  Arbitrary<JsonNode> values() {
    return values(3);
  }

  private static Arbitrary<JsonNode> values(int depth) {
    var scalars =
        Arbitraries.of(
                "'x'", "''", "'True'", "'a@x'", "'work'", "true", "false", "7", "1.5", "null")
            .map(JsonText::node);
    if (depth == 0) {
      return scalars;
    }
    var inner = values(depth - 1);
    var lists = inner.list().ofMaxSize(3).map(it -> (JsonNode) JSON.arrayNode().addAll(it));
    var keys =
        Arbitraries.of(
            "value",
            "type",
            "primary",
            "userName",
            "name",
            "givenName",
            "emails",
            "active",
            "name.givenName",
            "manager",
            "department",
            "members",
            "nothing",
            "id",
            ENT,
            ENT + ":department",
            "emails[type eq \"work\"].value");
    var objects =
        Arbitraries.maps(keys, inner)
            .ofMaxSize(4)
            .map(it -> (JsonNode) JSON.objectNode().setAll(it));
    return Arbitraries.frequencyOf(Tuple.of(3, scalars), Tuple.of(1, lists), Tuple.of(3, objects));
  }
}
