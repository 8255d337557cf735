package dev.patchbay.e2e;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Fault;
import dev.patchbay.emulator.FaultRule;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /Schemas} declares is what is returned and can be written, and nothing else is. */
@TestInstance(Lifecycle.PER_CLASS)
class SchemaTruthTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String PBX_GROUP = RunningBridge.PBX_URN.replace(":User", ":Group");
  private static final String PORTSIP = RunningBridge.PBX_URN.replace(":pbx:", ":portsip:");
  private static final String MICROSOFT_ID = "5f9f7a2e-3f4b-4d8a-9a51-0c6a0b7e9d11";
  private static final String OTHER_ID = "7f9f7a2e-3f4b-4d8a-9a51-0c6a0b7e9d12";

  /** Part of every resource, and of no schema (RFC 7643 §3.1). */
  private static final String COMMON =
      """
      [{'name': 'id', 'type': 'string', 'mutability': 'readOnly', 'returned': 'always'},
       {'name': 'externalId', 'type': 'string', 'mutability': 'readWrite', 'returned': 'default'},
       {'name': 'schemas', 'type': 'reference', 'multiValued': true, 'mutability': 'readOnly',
        'returned': 'always'},
       {'name': 'meta', 'type': 'complex', 'mutability': 'readOnly', 'returned': 'default',
        'subAttributes': [
          {'name': 'resourceType', 'type': 'string'}, {'name': 'created', 'type': 'dateTime'},
          {'name': 'lastModified', 'type': 'dateTime'}, {'name': 'location', 'type': 'reference'},
          {'name': 'version', 'type': 'string'}]}]
      """;

  /** RFC 7643 has it, so that senders may send it; nobody looks the name up here. */
  private final Set<String> seen = new TreeSet<>();

  private RunningBridge bridge;

  @BeforeAll
  void start(@TempDir Path directory) {
    bridge = RunningBridge.in(directory);
  }

  @AfterAll
  void stop() {
    bridge.close();
  }

  /** One attribute of one schema: its name in full and what is said of it. */
  private record Declared(String urn, JsonNode attribute) {
    String label() {
      return (urn.isEmpty() ? "" : urn + ":") + name();
    }

    String name() {
      return attribute.path("name").asText();
    }

    boolean is(String trait, String value) {
      return attribute.path(trait).asText().equals(value);
    }

    boolean isReturned() {
      return !is("returned", "never");
    }

    boolean many() {
      return attribute.path("multiValued").asBoolean();
    }

    JsonNode in(JsonNode resource) {
      return (urn.isEmpty() ? resource : resource.path(urn)).path(name());
    }
  }

  @Test
  void everythingOfAUserIsDeclaredAndEverythingDeclaredCanBeWrittenAndRead() {
    var declared = declared("User");
    var body = written(declared, new UserValues(1));
    var created = bridge.scim().post("/Users", body.toString()).is(201);
    var path = "/Users/" + created.id();
    var everything = path + "?attributes=" + names(declared);

    assertHolds(bridge.scim().get(everything).json(), declared, body);
    for (Declared attribute : declared) {
      var value = new UserValues(2).of(attribute);
      if (attribute.is("mutability", "readWrite")) {
        replace(path, attribute, value).is(200);
        assertHolds(bridge.scim().get(everything).json(), List.of(attribute), at(attribute, value));
      } else if (attribute.is("mutability", "readOnly") && !isDerived(attribute)) {
        replace(path, attribute, value).isError(400, "mutability");
      } else if (attribute.is("mutability", "immutable")) {
        replace(path, attribute, value).isError(400, "mutability");
        replace(path, attribute, attribute.in(body)).is(200);
      }
    }
    bridge.scim().createGroup("Of one", created.id()).is(201);
    bridge.scim().post("/Groups", ofKind("role", "QueueManager", created.id())).is(201);
    bridge.pbx().post("/api/call_queues", "{'name':'desk','extension_number':'8001'}");
    bridge.pbx().post("/api/ring_groups", "{'name':'shop','extension_number':'8101'}");
    bridge.scim().post("/Groups", ofKind("callQueue", "8001", created.id())).is(201);
    bridge.scim().post("/Groups", ofKind("ringGroup", "8101", created.id())).is(201);
    bridge.emulator().faults().replace(refused("/api/users/[^/]+/ms365_binding"));
    bridge.scim().post("/Users", bound("grace")).is(201);
    bridge.emulator().faults().replace(List.of());

    walk(created.json(), declared);
    walk(bridge.scim().get(everything).json(), declared);
    walk(bridge.scim().get(path).json(), declared);
    bridge.scim().get("/Users").json().path("Resources").forEach(it -> walk(it, declared));
    assertThat(seen).containsExactlyInAnyOrderElementsOf(returned(declared));
  }

  private static String ofKind(String kind, String target, String member) {
    return """
    {"displayName":"%s","members":[{"value":"%s"}],
     "urn:ietf:params:scim:schemas:extension:pbx:2.0:Group":{"kind":"%s","target":"%s"}}
    """
        .formatted("Of kind " + kind, member, kind, target);
  }

  @Test
  void everythingOfAGroupIsDeclaredAndEverythingDeclaredCanBeWrittenAndRead() {
    var declared = declared("Group");
    var ada = bridge.scim().createUser("ada.group").is(201).id();
    bridge.pbx().post("/api/call_queues", "{'name':'support','extension_number':'8000'}");
    var numbers = declared.stream().filter(it -> it.name().equals("outboundCallerIds")).toList();
    var ofQueue = declared.stream().filter(it -> !numbers.contains(it)).toList();
    var body = written(ofQueue, new GroupValues(1, ada));
    var created = bridge.scim().post("/Groups", body.toString()).is(201);
    var numbered = written(numbers, new GroupValues(1, ada)).put("displayName", "Numbered");
    var other = bridge.scim().post("/Groups", numbered.toString()).is(201);
    var path = "/Groups/" + created.id();

    assertHolds(other.json(), numbers, numbered);
    assertHolds(bridge.scim().get(path).json(), ofQueue, body);
    for (Declared attribute : ofQueue) {
      var value = new GroupValues(2, ada).of(attribute);
      if (attribute.is("mutability", "readWrite")) {
        replace(path, attribute, value).isDone();
        assertHolds(bridge.scim().get(path).json(), List.of(attribute), at(attribute, value));
      } else if (!isDerived(attribute)) {
        replace(path, attribute, value).isError(400, "mutability");
      }
    }
    bridge.scim().addMembers(created.id(), "nobody-yet").isDone();
    bridge.emulator().faults().replace(refused("/api/groups/[^/]+/members/.*"));
    var half = bridge.scim().createGroup("Half", ada).is(201);
    bridge.emulator().faults().replace(List.of());

    walk(half.json(), declared);
    walk(other.json(), declared);
    walk(created.json(), declared);
    walk(bridge.scim().get(path).json(), declared);
    assertThat(seen).containsExactlyInAnyOrderElementsOf(returned(declared));
  }

  /** Follows from the content, so that a sender's view of it is no offence. */
  private static boolean isDerived(Declared attribute) {
    return attribute.label().equals("schemas");
  }

  private static FaultRule refused(String path) {
    return FaultRule.on("POST", path, new Fault.Status(400));
  }

  private static String bound(String userName) {
    return "{'userName': '%s', '%s': {'ms365Id': '%s'}}"
        .formatted(userName, RunningBridge.PBX_URN, OTHER_ID.replace("7f", "8f"))
        .replace('\'', '"');
  }

  private Answer replace(String path, Declared attribute, JsonNode value) {
    var operation = JSON.objectNode().put("op", "replace").put("path", attribute.label());
    operation.set("value", value);
    return bridge.scim().patch(path, operation.toString());
  }

  private List<Declared> declared(String type) {
    seen.clear();
    var all = new ArrayList<Declared>();
    read(COMMON).forEach(it -> all.add(new Declared("", it)));
    var resourceType = bridge.scim().get("/ResourceTypes/" + type).json();
    add(resourceType.path("schema").asText(), "", all);
    for (JsonNode extension : resourceType.path("schemaExtensions")) {
      var urn = extension.path("schema").asText();
      add(urn, urn, all);
    }
    return all;
  }

  private void add(String urn, String prefix, List<Declared> all) {
    bridge
        .scim()
        .get("/Schemas/" + urn)
        .json()
        .path("attributes")
        .forEach(it -> all.add(new Declared(prefix, it)));
  }

  private static String names(List<Declared> declared) {
    return String.join(",", declared.stream().map(Declared::label).toList());
  }

  /** All names that an answer may have, sub-attributes among them. */
  private static Set<String> returned(List<Declared> declared) {
    var names = new TreeSet<String>();
    for (Declared attribute : declared) {
      if (attribute.isReturned()) {
        names.add(attribute.label());
        for (JsonNode sub : attribute.attribute().path("subAttributes")) {
          names.add(attribute.label() + "." + sub.path("name").asText());
        }
      }
    }
    return names;
  }

  /** A resource with something of all that may be written. */
  private static ObjectNode written(List<Declared> declared, Values values) {
    var body = JSON.objectNode();
    for (Declared attribute : declared) {
      if (!attribute.is("mutability", "readOnly")) {
        holder(attribute, body).set(attribute.name(), values.of(attribute));
      }
    }
    return body;
  }

  private static ObjectNode at(Declared attribute, JsonNode value) {
    var body = JSON.objectNode();
    holder(attribute, body).set(attribute.name(), value);
    return body;
  }

  private static ObjectNode holder(Declared attribute, ObjectNode body) {
    return attribute.urn().isEmpty() ? body : body.withObjectProperty(attribute.urn());
  }

  /** That the resource has what was written, wherever it may be read. */
  private static void assertHolds(JsonNode resource, List<Declared> declared, JsonNode written) {
    for (Declared attribute : declared) {
      if (attribute.is("mutability", "readOnly") || !attribute.isReturned()) {
        continue;
      }
      var wanted = attribute.in(written);
      var found = attribute.in(resource);
      assertThat(part(found, attribute, wanted)).as(attribute.label()).isEqualTo(wanted);
    }
  }

  /** Without what only the server writes. */
  private static JsonNode part(JsonNode found, Declared attribute, JsonNode wanted) {
    if (found.isArray()) {
      var list = JSON.arrayNode();
      for (int i = 0; i < found.size(); i++) {
        list.add(part(found.get(i), attribute, wanted.path(i)));
      }
      return list;
    }
    if (!(found instanceof ObjectNode object)) {
      return found;
    }
    var part = object.deepCopy();
    part.retain(Stream.of(wanted.fieldNames()).flatMap(SchemaTruthTest::all).toList());
    return part;
  }

  private static Stream<String> all(java.util.Iterator<String> names) {
    var list = new ArrayList<String>();
    names.forEachRemaining(list::add);
    return list.stream();
  }

  /** Asserts that everything in {@code resource} is declared, in the form it is declared in. */
  private void walk(JsonNode resource, List<Declared> declared) {
    var byLabel = new LinkedHashMap<String, Declared>();
    declared.forEach(it -> byLabel.put(it.label(), it));
    for (var field : resource.properties()) {
      if (field.getKey().startsWith("urn:")) {
        assertThat(resource.path("schemas").toString()).contains('"' + field.getKey() + '"');
        field
            .getValue()
            .properties()
            .forEach(it -> walk(field.getKey() + ":" + it.getKey(), it.getValue(), byLabel));
      } else {
        walk(field.getKey(), field.getValue(), byLabel);
      }
    }
  }

  private void walk(String label, JsonNode value, Map<String, Declared> declared) {
    assertThat(declared).as("declared").containsKey(label);
    var attribute = declared.get(label);
    assertThat(attribute.isReturned()).as(label + " is returned").isTrue();
    assertThat(value.isArray()).as(label + " is a list").isEqualTo(attribute.many());
    seen.add(label);
    for (JsonNode one : attribute.many() ? value : JSON.arrayNode().add(value)) {
      walkValue(label, one, attribute.attribute());
    }
  }

  private void walkValue(String label, JsonNode value, JsonNode attribute) {
    switch (attribute.path("type").asText()) {
      case "complex" -> {
        for (var field : value.properties()) {
          var own = label + "." + field.getKey();
          walkValue(own, field.getValue(), sub(attribute, field.getKey(), own));
          seen.add(own);
        }
      }
      case "boolean" -> assertThat(value.isBoolean()).as(label).isTrue();
      case "integer" -> assertThat(value.isIntegralNumber()).as(label).isTrue();
      case "dateTime" -> assertThat(OffsetDateTime.parse(value.asText())).as(label).isNotNull();
      default -> assertThat(value.isTextual()).as(label).isTrue();
    }
    if (attribute.has("canonicalValues")) {
      assertThat(attribute.path("canonicalValues")).as(label).contains(value);
    }
  }

  private static JsonNode sub(JsonNode attribute, String name, String label) {
    for (JsonNode sub : attribute.path("subAttributes")) {
      if (sub.path("name").asText().equals(name)) {
        return sub;
      }
    }
    throw new AssertionError(label + " is not declared");
  }

  private static JsonNode read(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Values of a declared attribute: of its type, or what the PBX can take. */
  private abstract static class Values {
    final int round;

    Values(int round) {
      this.round = round;
    }

    abstract Map<String, String> special();

    /** Whole elements whose parts belong together. */
    Map<String, String> rules(int element) {
      return Map.of();
    }

    JsonNode of(Declared attribute) {
      return attribute.many()
          ? JSON.arrayNode().add(one(attribute, 1)).add(one(attribute, 2))
          : one(attribute, 1);
    }

    JsonNode one(Declared attribute, int element) {
      return value(attribute.label(), attribute.attribute(), element);
    }

    private JsonNode value(String label, JsonNode attribute, int element) {
      if (special().containsKey(label)) {
        return JSON.textNode(special().get(label).formatted(round, element));
      }
      var rule = rules(element).get(label);
      if (rule != null) {
        return read(rule.formatted(round, element));
      }
      var canonical = attribute.path("canonicalValues");
      if (!canonical.isEmpty()) {
        return canonical.get(round % canonical.size());
      }
      return switch (attribute.path("type").asText()) {
        case "complex" -> complex(label, attribute, element);
        case "boolean" -> JSON.booleanNode(element == 1);
        case "integer" -> JSON.numberNode(10 * round + element);
        case "reference" -> JSON.textNode("https://example.com/" + round + element);
        case "binary" -> JSON.textNode("TUlJ" + round + element + "Rg");
        default -> JSON.textNode(label.substring(label.lastIndexOf(':') + 1) + round + element);
      };
    }

    private JsonNode complex(String label, JsonNode attribute, int element) {
      var object = JSON.objectNode();
      for (JsonNode sub : attribute.path("subAttributes")) {
        if (!sub.path("mutability").asText().equals("readOnly")) {
          var name = sub.path("name").asText();
          object.set(name, value(label + "." + name, sub, element));
        }
      }
      return object;
    }
  }

  private static final class UserValues extends Values {
    UserValues(int round) {
      super(round);
    }

    @Override
    Map<String, String> special() {
      var id = round == 1 ? MICROSOFT_ID : OTHER_ID;
      return Map.ofEntries(
          entry("password", "Long-Enough-%d%d"),
          entry("emails.value", "ada%d%d@example.test"),
          entry("phoneNumbers.value", "+49 30 1002%d%d"),
          entry(RunningBridge.PBX_URN + ":extensionNumber", "150%d"),
          entry(RunningBridge.PBX_URN + ":extensionPool", round == 1 ? "default" : "other"),
          entry(RunningBridge.PBX_URN + ":extensionPassword", "Sip-Secret-7x%d%d"),
          entry(RunningBridge.PBX_URN + ":voicemailPin", "73%d9%d8"),
          entry(RunningBridge.PBX_URN + ":voicemail.promptLanguage", "de-D%d"),
          entry(RunningBridge.PBX_URN + ":ms365.id", id),
          entry(RunningBridge.PBX_URN + ":ms365Id", id),
          entry(PORTSIP + ":customOptions", "[%d,%d]"));
    }

    @Override
    Map<String, String> rules(int element) {
      var day = element == 1 ? "monday" : "friday";
      var presence = element == 1 ? "available" : "busy";
      return Map.of(
          RunningBridge.PBX_URN + ":officeHours",
          "{'day': '" + day + "', 'from': '0%d:00', 'to': '1%d:00'}",
          RunningBridge.PBX_URN + ":forwarding",
          "{'type': '"
              + presence
              + ".noAnswer', 'action': 'FORWARD_TO_NUMBER', 'number': '01%d%d', 'timeout': 20}",
          RunningBridge.PBX_URN + ":phones",
          "{'mac': '00000000%02d%02d', 'vendor': 'V', 'model': 'M', 'template': 't.xml',"
              + " 'timezone': 'GMT', 'language': 'ENGLISH', 'codecs': 'PCMU', 'transport': 'TLS',"
              + " 'interface': 'WEB_DOMAIN', 'rps': true, 'serialNumber': 'S'}",
          RunningBridge.PBX_URN + ":speedDials",
          "{'list': '100', 'code': '%d%d', 'number': '1001', 'description': 'D'}");
    }
  }

  private static final class GroupValues extends Values {
    private final String member;

    GroupValues(int round, String member) {
      super(round);
      this.member = member;
    }

    @Override
    Map<String, String> special() {
      return Map.of(
          PBX_GROUP + ":kind",
          round == 1 ? "callQueue" : "bridge",
          PBX_GROUP + ":target",
          round == 1 ? "8000" : "8001");
    }

    @Override
    JsonNode of(Declared attribute) {
      return attribute.name().equals("members")
          ? JSON.arrayNode().add(JSON.objectNode().put("value", member))
          : super.of(attribute);
    }
  }
}
