package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.CreateUser;
import dev.patchbay.pbx.api.PbxCall.DeleteUser;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.Json;
import dev.patchbay.pbx.http.Turn;
import dev.patchbay.pbx.ipcortex.IpCortexApi.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** IPCortex's users. */
final class IpCortexUsers {
  private static final String CLEAR = "password";

  private final IpCortexApi api;
  private final UserColumns columns;
  private final Written written;
  private final Duration callLimit;

  IpCortexUsers(IpCortexApi api, UserColumns columns, Written written, Duration callLimit) {
    this.api = api;
    this.columns = columns;
    this.written = written;
    this.callLimit = callLimit;
  }

  private CallTime time() {
    return new CallTime(callLimit);
  }

  private CallTime time(PbxCall call) {
    return new CallTime(callLimit, call.takesAway() ? Turn.FIRST : Turn.USUAL);
  }

  /** IPCortex has no pages: one answer holds all. */
  Stream<Found<PbxUser>> all() {
    var call =
        columns
            .company()
            .listed()
            .map(
                it -> OpsCall.read("user list", new Scope.Having("company", it), columns.columns()))
            .orElseGet(() -> OpsCall.list("user list", columns.columns()));
    return api.read(call, time()).stream().map(this::found);
  }

  Optional<Found<PbxUser>> one(PbxRef ref) {
    return api.read(look("user read", ref), time()).stream()
        .filter(row -> Json.text(row, "contact_id").equals(Optional.of(ref.id())))
        .map(this::found)
        .findFirst();
  }

  private OpsCall look(String name, PbxRef ref) {
    return OpsCall.read(name, new Scope.User(ref), columns.columns());
  }

  /** Two reads, as a scope means all of its columns; what they answer is looked through. */
  List<Found<PbxUser>> with(String name, String extension) {
    CallTime time = time();
    return Stream.concat(
            having(PbxField.NAME, name, time), having(PbxField.EXTENSION, extension, time))
        .distinct()
        .toList();
  }

  private Stream<Found<PbxUser>> having(PbxField field, String value, CallTime time) {
    if (value.isBlank()) {
      return Stream.empty();
    }
    return api.read(search("user search", field, value), time).stream()
        .map(this::found)
        .filter(user -> user.value().get(field).filter(value::equalsIgnoreCase).isPresent());
  }

  private OpsCall search(String name, PbxField field, String value) {
    var scope = new Scope.Having(UserColumns.column(field), value);
    return OpsCall.read(name, scope, columns.columns());
  }

  private Found<PbxUser> found(JsonNode row) {
    PbxRef ref =
        Json.text(row, "contact_id")
            .map(PbxRef::new)
            .orElseThrow(
                () ->
                    api.errors()
                        .unreachable(
                            "pbx '" + api.errors().pbx() + "' showed a user without contact_id"));
    return new Found<>(ref, columns.read(row), Optional.empty(), false);
  }

  PbxRef create(CreateUser call) {
    CallTime time = time(call);
    ObjectNode values = columns.created(call.user(), call.secrets().password());
    String name = call.user().get(PbxField.NAME).orElse("");
    Outcome outcome =
        api.effect(
            OpsCall.create(call.name(), values),
            search(call.name() + " (look)", PbxField.NAME, name),
            time);
    return switch (outcome) {
      case Outcome.Done(Reply reply) ->
          Json.text(reply.values(), "contact_id")
              .map(PbxRef::new)
              .orElseThrow(() -> api.errors().unclear(call.name(), "named no contact_id after"));
      case Outcome.Refused(List<JsonNode> seen) -> throw taken(call, seen, time);
    };
  }

  /** IPCortex does not say why it refuses; whether name or number is taken can be read. */
  private Rejected taken(CreateUser call, List<JsonNode> named, CallTime time) {
    if (!named.isEmpty()) {
      return api.errors().refused(Reason.CONFLICT, call.name(), ": the user name is taken");
    }
    String extension = call.user().get(PbxField.EXTENSION).orElse("");
    return having(PbxField.EXTENSION, extension, time).findAny().isPresent()
        ? api.errors().refused(Reason.CONFLICT, call.name(), ": the extension is taken")
        : api.errors().refused(Reason.INVALID, call.name(), " and does not say why");
  }

  /**
   * All that changes, in one call. A password alone has a call of its own; where our rights are in
   * doubt it goes first and alone: ignored like other columns, it could not be read back.
   */
  PbxRef update(UpdateUser call) {
    CallTime time = time(call);
    Optional<Secret> password = Optional.ofNullable(call.secrets().get(PbxSecret.PASSWORD));
    ObjectNode values = columns.updated(call.user(), call.changed(), password);
    boolean clear = password.isPresent() && values.has(CLEAR);
    if (clear && (values.size() == 1 || api.rights(time) == Rights.DOUBTFUL)) {
      setPassword(call, Json.object().set(CLEAR, values.remove(CLEAR)), time);
      afterPassword(call, values, time);
    } else if (!values.isEmpty()) {
      update(call, values, time);
    }
    return call.ref();
  }

  /** A refusal of the rest does not take the password back, and whoever reads it is told. */
  private void afterPassword(UpdateUser call, ObjectNode values, CallTime time) {
    try {
      if (!values.isEmpty()) {
        update(call, values, time);
      }
    } catch (Rejected no) {
      throw new Rejected(no.reason(), no.getMessage() + "; the password is set");
    }
  }

  private void update(UpdateUser call, ObjectNode values, CallTime time) {
    PbxRef ref = call.ref();
    written.requireHeeded(call, values);
    Outcome outcome =
        api.effect(
            OpsCall.update(call.name(), new Scope.User(ref), values),
            look(call.name() + " (look)", ref),
            time);
    switch (outcome) {
      case Outcome.Done(Reply reply) -> {
        Rights rights = api.rights(time);
        if (reply.nobody() || written.doubts(rights, values)) {
          written.check(call, rights, values, seen(call, ref, time));
        }
      }
      case Outcome.Refused(List<JsonNode> seen) -> throw refused(call, seen, time);
    }
  }

  /** Whether the new name or number is somebody else's can be read. */
  private Rejected refused(UpdateUser call, List<JsonNode> seen, CallTime time) {
    for (PbxField key : List.of(PbxField.NAME, PbxField.EXTENSION)) {
      String wanted = call.user().get(key).orElse("");
      boolean moves = !seen.isEmpty() && call.changed().contains(key);
      if (moves && having(key, wanted, time).anyMatch(it -> !it.ref().equals(call.ref()))) {
        String what =
            key == PbxField.NAME ? ": the user name is taken" : ": the extension is taken";
        return api.errors().refused(Reason.CONFLICT, call.name(), what);
      }
    }
    return refused(call, seen);
  }

  private JsonNode seen(PbxCall call, PbxRef ref, CallTime time) {
    return api.read(look(call.name() + " (check)", ref), time).stream()
        .findFirst()
        .orElseThrow(
            () -> api.errors().refused(Reason.ABSENT, call.name(), ": there is no such user"));
  }

  private Rejected refused(PbxCall call, List<JsonNode> seen) {
    return seen.isEmpty()
        ? api.errors().refused(Reason.ABSENT, call.name(), ": there is no such user")
        : api.errors().refused(Reason.INVALID, call.name(), " and does not say why");
  }

  private void setPassword(UpdateUser call, ObjectNode values, CallTime time) {
    PbxRef ref = call.ref();
    Outcome outcome =
        api.effect(
            OpsCall.setPassword(call.name(), new Scope.User(ref), values),
            look(call.name() + " (look)", ref),
            time);
    switch (outcome) {
      case Outcome.Done(Reply reply) -> {
        if (reply.nobody()) {
          JsonNode unused = seen(call, ref, time);
        }
      }
      case Outcome.Refused(List<JsonNode> seen) -> throw refused(call, seen);
    }
  }

  /** Nobody there is success, once a look agrees; else it is sent once more. */
  PbxRef delete(DeleteUser call) {
    CallTime time = time(call);
    boolean gone = deleted(call, time);
    if (!gone) {
      gone = deleted(call, time);
    }
    if (!gone) {
      throw api.errors()
          .unreachable(
              "pbx '"
                  + api.errors().pbx()
                  + "' deletes nobody by "
                  + call.name()
                  + " and still has it");
    }
    return call.ref();
  }

  private boolean deleted(DeleteUser call, CallTime time) {
    OpsCall look = look(call.name() + " (look)", call.ref());
    Outcome outcome =
        api.effect(OpsCall.delete(call.name(), new Scope.User(call.ref())), look, time);
    return switch (outcome) {
      case Outcome.Done(Reply reply) -> !reply.nobody() || api.read(look, time).isEmpty();
      case Outcome.Refused(List<JsonNode> seen) -> {
        if (!seen.isEmpty()) {
          throw refused(call, seen);
        }
        yield true;
      }
    };
  }
}
