package dev.patchbay.pbx.portsip;

import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCall.BindMicrosoft365;
import dev.patchbay.pbx.api.PbxCall.UnbindMicrosoft365;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import dev.patchbay.pbx.portsip.PortSipApi.Refusal;
import java.util.Optional;

/** Microsoft 365 bindings of PortSIP's users, which no read shows. */
final class PortSipBindings {
  private final PortSipApi api;

  /** How PortSIP answers the unbinding of somebody who surely has no binding. */
  private sealed interface None {
    /** Nothing was refused yet, so it need not be known. */
    record Unasked() implements None {}

    /** A refusal that may be it: the next unbinding that succeeds is sent again to learn it. */
    record Wanted() implements None {}

    record Accepted() implements None {}

    record Refused(HttpAnswer answer) implements None {}
  }

  private volatile None none = new None.Unasked();

  /** Whom we unbound last, and did not bind again: a refusal says nothing else of him. */
  private volatile Optional<PbxRef> unbound = Optional.empty();

  PortSipBindings(PortSipApi api) {
    this.api = api;
  }

  /**
   * A refusal stands where nothing of ours can be bound: what is there may be an administrator's.
   * Where an earlier try of ours may have bound the user, the binding is made anew.
   */
  PbxRef bind(BindMicrosoft365 call) {
    CallTime time = api.time();
    HttpCall bind =
        HttpCall.effect(
            call.name(),
            path(call.ref(), ""),
            Json.body(Json.object().put("id", call.microsoftId())));
    unbound = unbound.filter(it -> !it.equals(call.ref()));
    switch (call.attempt()) {
      case FIRST -> api.effect(bind, time);
      case AGAIN -> {
        if (api.refusal(bind, time).isPresent()) {
          // Refused where there is none; what the binding is answered then says all.
          var unused = unbound(destroy(call, call.ref()), time);
          api.effect(bind, time);
        }
      }
    }
    return call.ref();
  }

  /**
   * What is answered where there is no binding is not documented. 404 says it; another refusal does
   * where it is, to the letter, what the same call got right after it had succeeded; that is tried
   * once there is a refusal to understand.
   */
  PbxRef unbind(UnbindMicrosoft365 call) {
    CallTime time = api.time(call);
    HttpCall destroy = destroy(call, call.ref());
    try {
      api.refusal(destroy, time)
          .ifPresentOrElse(
              refusal -> passIfUnbound(call.ref(), refusal),
              () -> {
                unbound = Optional.of(call.ref());
                learn(destroy, time);
              });
    } catch (Rejected no) {
      passUnlessAbsent(no);
    }
    return call.ref();
  }

  private void passIfUnbound(PbxRef user, Refusal refusal) {
    boolean known = none.equals(new None.Refused(refusal.answer()));
    if (known || unbound.equals(Optional.of(user))) {
      return;
    }
    if (none instanceof None.Unasked) {
      none = new None.Wanted();
    }
    throw refusal.rejected();
  }

  private void learn(HttpCall destroy, CallTime time) {
    if (!(none instanceof None.Wanted)) {
      return;
    }
    try {
      none =
          unbound(destroy, time)
              .map(refusal -> (None) new None.Refused(refusal.answer()))
              .orElseGet(None.Accepted::new);
    } catch (Unavailable | Rejected later) {
      // The binding is gone all the same; the next one that goes is asked.
    }
  }

  /** Empty where there is no binding any more, or none before. */
  private Optional<Refusal> unbound(HttpCall destroy, CallTime time) {
    try {
      return api.refusal(destroy, time);
    } catch (Rejected no) {
      passUnlessAbsent(no);
      return Optional.empty();
    }
  }

  private static void passUnlessAbsent(Rejected no) {
    if (no.reason() != Reason.ABSENT) {
      throw no;
    }
  }

  private static HttpCall destroy(PbxCall call, PbxRef user) {
    return HttpCall.effect(call.name(), path(user, "/destroy"));
  }

  private static String path(PbxRef user, String rest) {
    return "/api/users/" + HttpCall.encode(user.id()) + "/ms365_binding" + rest;
  }
}
