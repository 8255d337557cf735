package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxCall.AddSpeedDial;
import dev.patchbay.pbx.api.PbxCall.AssignPhone;
import dev.patchbay.pbx.api.PbxCall.ChangeLine;
import dev.patchbay.pbx.api.PbxCall.ChangePhone;
import dev.patchbay.pbx.api.PbxCall.ChangeSpeedDial;
import dev.patchbay.pbx.api.PbxCall.JoinLine;
import dev.patchbay.pbx.api.PbxCall.LeaveLine;
import dev.patchbay.pbx.api.PbxCall.OfPart;
import dev.patchbay.pbx.api.PbxCall.RemovePhone;
import dev.patchbay.pbx.api.PbxCall.RemoveSpeedDial;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxPart;
import dev.patchbay.pbx.api.PbxParts;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Phones and speed dials. PortSIP makes each by a {@code POST} that it refuses the second time, so
 * what was refused is looked for: a call repeated then changes what the first one made.
 */
final class PortSipParts {
  static final Set<PbxField> KINDS = Set.of(PbxField.PHONES, PbxField.SPEED_DIALS);
  private static final Map<PbxField, PortSipPartForm> FORMS =
      Map.of(PbxField.PHONES, new PortSipPhones(), PbxField.SPEED_DIALS, new PortSipSpeedDials());

  private final PortSipApi api;
  private final UpdateMode updateMode;
  private final PortSipClearing clearing;

  PortSipParts(PortSipApi api, UpdateMode updateMode, PortSipClearing clearing) {
    this.api = api;
    this.updateMode = updateMode;
    this.clearing = clearing;
  }

  /** The user with its parts as PortSIP gives them back. */
  static PbxUser canonical(PbxUser user, PbxUser desired) {
    var canonical = user;
    for (PbxField kind : KINDS) {
      var parts = PbxParts.of(desired.get(kind)).byKey().values();
      canonical =
          canonical.with(
              kind, PbxParts.of(parts.stream().map(form(kind)::canonical).toList()).text());
    }
    return canonical;
  }

  private static PortSipPartForm form(PbxField kind) {
    return Objects.requireNonNull(FORMS.get(kind));
  }

  PbxParts all(PbxRef user, PbxField kind) {
    var parts = new ArrayList<PbxPart>();
    for (String collection : form(kind).collections()) {
      var call = HttpCall.read("read of " + kind, path(user, collection));
      var read = api.find(call, api.time());
      for (JsonNode item : items(read)) {
        parts.add(form(kind).read(collection, item).orElseThrow(() -> api.unreadable(call)));
      }
    }
    return PbxParts.of(parts);
  }

  private static Iterable<JsonNode> items(Optional<ObjectNode> read) {
    return read.orElseGet(Json::object).path("items");
  }

  PbxRef apply(OfPart call) {
    var time = api.time(call);
    return switch (call) {
      case AssignPhone it -> add(it, time);
      case AddSpeedDial it -> add(it, time);
      case ChangePhone it -> change(it, time);
      case ChangeSpeedDial it -> change(it, time);
      case RemovePhone it -> remove(it, time);
      case RemoveSpeedDial it -> remove(it, time);
      case JoinLine it -> throw unsupported(it);
      case ChangeLine it -> throw unsupported(it);
      case LeaveLine it -> throw unsupported(it);
    };
  }

  private static Rejected unsupported(OfPart call) {
    return new Rejected(Reason.UNSUPPORTED, "PortSIP has no call " + call.name());
  }

  private PbxRef add(OfPart call, CallTime time) {
    try {
      return create(call, time);
    } catch (Rejected no) {
      if (no.reason() != Reason.INVALID && no.reason() != Reason.CONFLICT) {
        throw no;
      }
      return listed(call, time)
          .map(held -> set(call, held, time))
          .orElseThrow(() -> elsewhere(call, no, time));
    }
  }

  private PbxRef create(OfPart call, CallTime time) {
    var body = form(call.field()).create(call.part());
    return api.create(HttpCall.effect(call.name(), collection(call), Json.body(body)), time);
  }

  /** What refused it: whoever has the phone, or the phone itself. */
  private Rejected elsewhere(OfPart call, Rejected no, CallTime time) {
    boolean assigned =
        form(call.field())
            .assignee(call.part())
            .flatMap(path -> api.find(HttpCall.read(call.name(), path), time))
            .isPresent();
    return assigned
        ? new Rejected(
            Reason.CONFLICT, "phone " + call.part().key() + " is assigned to somebody on the pbx")
        : no;
  }

  /** The one with the key, as PortSIP has it; throws where PortSIP has no such user. */
  private Optional<ObjectNode> listed(OfPart call, CallTime time) {
    var form = form(call.field());
    var collection = form.collection(call.part());
    var list = api.readFirst(HttpCall.read(call.name(), collection(call)), time);
    for (JsonNode item : list.path("items")) {
      if (form.read(collection, item).filter(it -> is(call, it)).isPresent()) {
        return Optional.of((ObjectNode) item);
      }
    }
    return Optional.empty();
  }

  private static boolean is(OfPart call, PbxPart part) {
    return part.key().equals(call.part().key());
  }

  private PbxRef change(OfPart call, CallTime time) {
    var id = call.part().id();
    if (updateMode == UpdateMode.MERGE && id.isPresent()) {
      try {
        return post(call, id.get(), Optional.empty(), time);
      } catch (Rejected no) {
        if (no.reason() != Reason.ABSENT) {
          throw no;
        }
      }
    }
    return listed(call, time)
        .map(held -> set(call, held, time))
        .orElseGet(() -> create(call, time));
  }

  /**
   * Makes what PortSIP holds what is wanted, by taking it away first where that is the only way.
   */
  private PbxRef set(OfPart call, ObjectNode held, CallTime time) {
    var form = form(call.field());
    var before = form.read(form.collection(call.part()), held).orElseThrow();
    var id = before.id().orElseThrow();
    if (form.changes(before, call.part())) {
      return post(call, id, Optional.of(held), time);
    }
    destroy(call, id, time);
    return create(call, time);
  }

  private PbxRef post(OfPart call, String id, Optional<ObjectNode> held, CallTime time) {
    var sent = held.filter(it -> updateMode == UpdateMode.READ_MODIFY_WRITE);
    var body = form(call.field()).update(sent.orElseGet(Json::object), call.part(), clearing);
    if (held.isPresent()) {
      clearing.post(call, one(call, id), body, held, time);
    } else { // whether a merging update clears something is not known, nor looked at
      api.effect(HttpCall.effect(call.name(), one(call, id), Json.body(body)), time);
    }
    return new PbxRef(id);
  }

  private PbxRef remove(OfPart call, CallTime time) {
    call.part().id().or(() -> listedId(call, time)).ifPresent(id -> destroy(call, id, time));
    return call.ref();
  }

  /** Who is gone has none. */
  private Optional<String> listedId(OfPart call, CallTime time) {
    var list = api.find(HttpCall.read(call.name(), collection(call)), time);
    var form = form(call.field());
    for (JsonNode item : items(list)) {
      var part = form.read(form.collection(call.part()), item).filter(it -> is(call, it));
      if (part.isPresent()) {
        return part.get().id();
      }
    }
    return Optional.empty();
  }

  private void destroy(OfPart call, String id, CallTime time) {
    api.takeAway(
        HttpCall.effect(call.name(), one(call, id) + "/destroy"),
        HttpCall.read(call.name(), one(call, id)),
        time);
  }

  private static String collection(OfPart call) {
    return path(call.ref(), form(call.field()).collection(call.part()));
  }

  private static String one(OfPart call, String id) {
    return collection(call) + "/" + HttpCall.encode(id);
  }

  private static String path(PbxRef user, String rest) {
    return "/api/users/" + HttpCall.encode(user.id()) + rest;
  }
}
