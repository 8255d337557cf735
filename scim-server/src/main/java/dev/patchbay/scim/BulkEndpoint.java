package dev.patchbay.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Entry;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.scim.BulkOperation.Content;
import dev.patchbay.scim.BulkOperation.Verb;
import dev.patchbay.web.WebResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /Bulk}: many writes in one request (RFC 7644 §3.7). */
final class BulkEndpoint {
  private static final String RESPONSE = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

  private final Map<String, ResourceEndpoint> endpoints;
  private final Clock clock;

  /**
   * @param endpoints what can be written, by names such as {@code Users}
   */
  BulkEndpoint(Map<String, ResourceEndpoint> endpoints, Clock clock) {
    this.endpoints = new LinkedHashMap<>(endpoints);
    this.clock = clock;
  }

  WebResponse post(ScimCall call) {
    var settings = call.tenant().bulk();
    checkSize(call, settings.maxPayloadSize());
    var request =
        BulkRequest.of(
            call.body(), call.sender().idp(), settings.maxOperations(), endpoints.keySet());
    BulkMembers.check(request, call.tenant().provisioner().membersPerRequest());
    var plan = BulkPlan.of(request, change -> held(call, change));
    var outcomes =
        new BulkRun(
                request,
                plan,
                settings,
                clock,
                (endpoint, write) -> endpoint(endpoint).write(call, write),
                failure -> ScimErrorMapper.error(call.request(), failure))
            .run();
    var answer = ScimJson.message(RESPONSE);
    var operations = answer.putArray("Operations");
    outcomes.forEach(
        (place, outcome) -> operations.add(answer(call, request.operations().get(place), outcome)));
    return ScimJson.of(200, answer);
  }

  private static void checkSize(ScimCall call, int most) {
    int size = call.request().body().length;
    if (size > most) {
      throw new Refusal(
          Kind.TOO_LARGE,
          "the body's " + size + " bytes are more than maxPayloadSize (" + most + ")");
    }
  }

  private ResourceEndpoint endpoint(String name) {
    return Optional.ofNullable(endpoints.get(name)).orElseThrow();
  }

  private Set<String> held(ScimCall call, Content.Change change) {
    return endpoint(change.endpoint())
        .find(call, change.id())
        .map(
            it ->
                BulkNames.unique(
                    change.endpoint(),
                    ScimJson.parsed(it.resource().getBytes(StandardCharsets.UTF_8))))
        .orElse(Set.of());
  }

  private ObjectNode answer(ScimCall call, BulkOperation operation, BulkOutcome outcome) {
    var answer = ScimJson.empty().put("method", operation.method());
    operation.bulkId().ifPresent(it -> answer.put("bulkId", it));
    location(operation, outcome).ifPresent(it -> answer.put("location", call.base() + it));
    switch (outcome) {
      case BulkOutcome.Done done -> {
        done.entry().ifPresent(it -> answer.put("version", it.etag()));
        done.entry()
            .flatMap(it -> remark(call, operation.content(), it))
            .ifPresent(it -> answer.set("response", it));
        answer.put("status", status(operation.content()));
      }
      case BulkOutcome.Failed failed -> {
        answer.set("response", error(failed.error()));
        answer.put("status", Integer.toString(failed.error().status()));
      }
    }
    return answer;
  }

  /** Of an operation there is no header to say when to come back. */
  private static ObjectNode error(ScimError error) {
    return error
        .retrySeconds()
        .map(it -> error.with(error.detail() + "; send it again after " + it + " s"))
        .orElse(error)
        .json();
  }

  private static String status(Content content) {
    return switch (content) {
      case Content.Create create -> "201";
      case Content.Change change -> change.verb() == Verb.DELETE ? "204" : "200";
      case Content.Malformed malformed -> "400";
    };
  }

  /** What there is to say of a resource that is accepted and not, or not all, on the PBX yet. */
  private Optional<ObjectNode> remark(ScimCall call, Content content, Entry entry) {
    return switch (content) {
      case Content.Create create -> endpoint(create.endpoint()).remark(call, entry);
      case Content.Change change -> endpoint(change.endpoint()).remark(call, entry);
      case Content.Malformed malformed -> Optional.empty();
    };
  }

  private static Optional<String> location(BulkOperation operation, BulkOutcome outcome) {
    return switch (operation.content()) {
      case Content.Create create -> outcome.id().map(id -> "/" + create.endpoint() + "/" + id);
      case Content.Change change ->
          Optional.of("/" + change.endpoint() + "/" + encoded(outcome.id().orElse(change.id())));
      case Content.Malformed malformed -> operation.path().filter(it -> !operation.creates());
    };
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
