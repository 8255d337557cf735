package dev.patchbay.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.IfMatch;
import dev.patchbay.schema.Refusal;
import dev.patchbay.scim.BulkOperation.Content;
import dev.patchbay.scim.BulkOutcome.Failed;
import dev.patchbay.scim.BulkPlan.Part;
import dev.patchbay.scim.BulkPlan.Step;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Makes writes of steps, with identifiers where the request has references. */
final class BulkTasks {
  private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
  private static final Duration SOON = Duration.ofSeconds(1);

  private final BulkRequest request;
  private final Map<Integer, BulkOutcome> outcomes;
  private final Function<Throwable, ScimError> errors;

  /**
   * Works from what has ended so far.
   *
   * @param outcomes by the operation's place in the request; grows meanwhile
   * @param errors what the sender is told of a failure
   */
  BulkTasks(
      BulkRequest request,
      Map<Integer, BulkOutcome> outcomes,
      Function<Throwable, ScimError> errors) {
    this.request = request;
    this.outcomes = outcomes;
    this.errors = errors;
  }

  BulkTask of(Step step) {
    var before = Optional.ofNullable(outcomes.get(step.operation()));
    if (before.isPresent() && before.get() instanceof Failed failed) {
      return new BulkTask.Over(failed); // a creation that failed has no rest
    }
    return step.refersTo().stream()
        .flatMap(it -> missing(it).stream())
        .findFirst()
        .<BulkTask>map(why -> new BulkTask.Over(failed(step, why)))
        .orElseGet(() -> written(step));
  }

  private BulkTask written(Step step) {
    return switch (request.operations().get(step.operation()).content()) {
      case Content.Malformed malformed ->
          new BulkTask.Over(failed(step, errors.apply(malformed.why())));
      case Content.Create create ->
          new BulkTask.Writes(create.endpoint(), part(create, step), id(step), but(step));
      case Content.Change change -> {
        var id = id(step);
        yield new BulkTask.Writes(
            change.endpoint(), whole(change, id.orElseThrow()), id, but(step));
      }
    };
  }

  private Write part(Content.Create create, Step step) {
    var halves = BulkReferences.halves(create.data(), step.leavesOut());
    return switch (step.part()) {
      case WHOLE -> new Write.Create(resolved(create.data()));
      case FIRST -> new Write.Create(resolved(halves.first()));
      case REST -> {
        var patch = ScimJson.message(PATCH);
        patch.set("Operations", halves.rest());
        yield new Write.Patch(
            id(step).orElseThrow(), IfMatch.of(Optional.empty()), resolved(patch));
      }
    };
  }

  private Write whole(Content.Change change, String id) {
    return switch (change.verb()) {
      case PUT -> new Write.Replace(id, change.ifMatch(), resolved(change.data()));
      case PATCH -> new Write.Patch(id, change.ifMatch(), resolved(change.data()));
      case DELETE -> new Write.Delete(id, change.ifMatch());
    };
  }

  private ObjectNode resolved(ObjectNode data) {
    var references = BulkReferences.in(data);
    return references.isEmpty() ? data : BulkReferences.resolved(data, ids(references));
  }

  private Map<String, String> ids(Set<String> bulkIds) {
    var ids = new TreeMap<String, String>();
    bulkIds.forEach(it -> ids.put(it, created(it).orElseThrow()));
    return ids;
  }

  /** The identifier of what is called so, once it is there. */
  private Optional<String> created(String bulkId) {
    return creator(bulkId).flatMap(BulkOutcome::id);
  }

  private Optional<BulkOutcome> creator(String bulkId) {
    return Optional.ofNullable(request.creators().get(bulkId)).map(outcomes::get);
  }

  /** Why there is nothing that is called so; empty if there is. */
  private Optional<ScimError> missing(String bulkId) {
    if (!request.creators().containsKey(bulkId)) {
      return Optional.of(
          ScimError.of(
              400, "invalidValue", named(bulkId) + " is not that of a POST in this request"));
    }
    return created(bulkId).isPresent() ? Optional.empty() : Optional.of(notCreated(bulkId));
  }

  /** Final where the creation is refused, to be repeated where the creation is. */
  private ScimError notCreated(String bulkId) {
    var why = named(bulkId) + " was not created";
    return creator(bulkId)
        .map(it -> it instanceof Failed failed ? failed.error() : ScimError.of(409, why))
        .filter(it -> it.retryAfter().isPresent())
        .map(it -> ScimError.retry(503, it.retryAfter().orElse(SOON), why))
        .orElseGet(() -> ScimError.of(409, why));
  }

  private static String named(String bulkId) {
    return "bulkId " + Refusal.quoted(bulkId);
  }

  /** The failure of a step, with the resource it is about. */
  Failed failed(Step step, ScimError error) {
    return new Failed(error.with(but(step) + error.detail()), id(step));
  }

  /** What a failure of this step does not undo. */
  private static String but(Step step) {
    return step.part() == Part.REST
        ? "created, but without what refers to " + String.join(", ", step.leavesOut()) + ": "
        : "";
  }

  /** The resource of a step; of a change also where nobody has looked for it yet. */
  private Optional<String> id(Step step) {
    var before = Optional.ofNullable(outcomes.get(step.operation()));
    return switch (request.operations().get(step.operation()).content()) {
      case Content.Create create -> before.flatMap(BulkOutcome::id);
      case Content.Change change ->
          BulkReferences.of(change.id()).map(this::created).orElse(Optional.of(change.id()));
      case Content.Malformed malformed -> Optional.empty();
    };
  }

  /** A step that never began, because of time or because of others' errors. */
  Failed late(Step step) {
    return failed(step, ScimError.retry(503, SOON, "time ran out before this was begun"));
  }

  Failed stopped(Step step) {
    return failed(step, ScimError.of(409, "the bulk ended by failOnErrors"));
  }
}
