package dev.patchbay.emulator;

import dev.patchbay.web.Endpoint;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Every API call comes through here: it is noted, may go wrong on order, and must be allowed. */
final class Gate {
  private static final String BEARER = "bearer ";

  private final CallLog log;
  private final Faults faults;
  private final RateLimit rateLimit;
  private final Sessions sessions;
  private final EmulatedStore store;

  /** What a call does once it is let in. */
  @FunctionalInterface
  interface Action {
    WebResponse run(ApiRequest request);
  }

  Gate(CallLog log, Faults faults, RateLimit limit, Sessions sessions, EmulatedStore store) {
    this.log = log;
    this.faults = faults;
    this.rateLimit = limit;
    this.sessions = sessions;
    this.store = store;
  }

  /** A call that the log lists. */
  Endpoint listed(Need need, Action action) {
    return request -> {
      long key = log.add(arrived(request));
      return meet(request, need, action, change -> log.change(key, change));
    };
  }

  /** A sign-in: it may go wrong like any call but is in no log, being all secrets. */
  Endpoint unlisted(Need need, Action action) {
    return request -> meet(request, need, action, change -> {});
  }

  private static RecordedCall arrived(WebRequest request) {
    return new RecordedCall(
        request.method(),
        request.path(),
        request.queryString(),
        Masked.body(request.body()),
        0,
        Optional.empty());
  }

  /** Writes down what becomes known of a call. */
  private interface Note {
    void change(UnaryOperator<RecordedCall> change);
  }

  private WebResponse meet(WebRequest request, Need need, Action action, Note note)
      throws InterruptedException {
    Optional<Fault> fault = faults.take(request.method(), request.path());
    if (fault.isEmpty()) {
      return noted(run(request, need, action), note);
    }
    note.change(call -> call.met(fault.get()));
    return switch (fault.get()) {
      case Fault.Status status -> noted(instead(status), note);
      case Fault.Delay delay -> {
        WebResponse late = noted(run(request, need, action), note);
        Thread.sleep(delay.time());
        yield late;
      }
      case Fault.Reset reset -> WebResponse.cut();
      case Fault.DropAfterCommit drop -> {
        noted(run(request, need, action), note);
        yield WebResponse.cut();
      }
    };
  }

  private static WebResponse noted(WebResponse answer, Note note) {
    note.change(call -> call.answered(answer.status()));
    return answer;
  }

  private static WebResponse instead(Fault.Status status) {
    return status.code() < 400
        ? WebResponse.of(status.code())
        : new ApiError(status.code(), "UNKNOWN", "fault on order").answer();
  }

  private WebResponse run(WebRequest request, Need need, Action action) {
    Optional<WebResponse> throttled = rateLimit.count();
    if (throttled.isPresent()) {
      return throttled.get();
    }
    try {
      return action.run(new ApiRequest(request, admit(request, need)));
    } catch (ApiError refusal) {
      return refusal.answer();
    }
  }

  private Caller admit(WebRequest request, Need need) {
    if (need == Need.NOTHING) {
      return new Caller.Nobody();
    }
    Caller caller = bearer(request).flatMap(sessions::caller).orElseThrow(ApiError::unauthorized);
    if (caller instanceof Caller.User user) {
      admit(user, need);
    }
    return caller;
  }

  private void admit(Caller.User user, Need need) {
    UserRow row =
        store
            .read(handle -> new Users(handle).find(user.id()))
            .filter(UserRow::enabled)
            .orElseThrow(ApiError::unauthorized);
    boolean allowed =
        switch (need) {
          case NOTHING, TOKEN -> true;
          case USERS -> permits(row.role(), "users");
          case ROLES -> permits(row.role(), "roles");
        };
    if (!allowed) {
      throw ApiError.forbidden("the role " + row.role() + " does not allow this");
    }
  }

  private boolean permits(String role, String what) {
    return store
        .read(handle -> new Roles(handle).find(role))
        .map(it -> it.path("permissions").path("user_management").path(what).asBoolean(false))
        .orElse(false);
  }

  /** The token of the Authorization header. */
  static Optional<String> bearer(WebRequest request) {
    return request
        .header("Authorization")
        .filter(it -> it.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(it -> it.substring(BEARER.length()).strip());
  }
}
