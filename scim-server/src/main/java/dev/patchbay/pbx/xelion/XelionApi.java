package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.Credential;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import dev.patchbay.pbx.http.PbxHttp;
import dev.patchbay.pbx.http.StatusErrors;
import dev.patchbay.pbx.http.Turn;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Requests to Xelion within a session, answered by a success or thrown as what they mean. */
final class XelionApi {
  private final PbxHttp http;
  private final XelionSession session;
  private final StatusErrors errors;
  private final Duration callLimit;

  XelionApi(PbxHttp http, XelionSession session, StatusErrors errors, Duration callLimit) {
    this.http = http;
    this.session = session;
    this.errors = errors;
    this.callLimit = callLimit;
  }

  /** The time of one call of the port, all its requests together. */
  CallTime time() {
    return new CallTime(callLimit);
  }

  /** That of a call which may go before others. */
  CallTime time(PbxCall call) {
    return new CallTime(callLimit, call.takesAway() ? Turn.FIRST : Turn.USUAL);
  }

  StatusErrors errors() {
    return errors;
  }

  /** An effect of which only success matters. */
  void effect(HttpCall call, CallTime time) {
    HttpAnswer unused = send(call, time, CallTime::left);
  }

  /** An effect that answers the object it made or changed. */
  ObjectNode object(HttpCall call, CallTime time) {
    return object(call, send(call, time, CallTime::left));
  }

  /** An effect that creates something and answers it; its oid is there. */
  ObjectNode created(HttpCall call, CallTime time) {
    try {
      return withOid(call, object(call, time));
    } catch (Rejected no) {
      // Of a create, "absent" is about a value: there is no object yet.
      throw no.reason() == Reason.ABSENT ? new Rejected(Reason.INVALID, no.getMessage()) : no;
    }
  }

  ObjectNode withOid(HttpCall call, ObjectNode object) {
    if (Json.text(object, "oid").isEmpty()) {
      throw errors.unreadable(call);
    }
    return object;
  }

  /**
   * An effect that takes something away. "There is none" is success once a look agrees, else it is
   * sent once more: a person must not keep a phone because something on the way answered 404.
   *
   * @param look reads what the effect takes away
   */
  void takeAway(HttpCall call, HttpCall look, CallTime time) {
    takeAway(call, () -> find(look, time).isPresent(), time);
  }

  /**
   * As above.
   *
   * @param there whether what the effect takes away is there
   */
  void takeAway(HttpCall call, BooleanSupplier there, CallTime time) {
    boolean absent = !took(call, time);
    if (absent && there.getAsBoolean() && !took(call, time) && there.getAsBoolean()) {
      throw errors.unreachable(
          "pbx '" + errors.pbx() + "' answers 404 to " + call.name() + " and still has it");
    }
  }

  /** False: Xelion says there is nothing to take away. */
  private boolean took(HttpCall call, CallTime time) {
    try {
      effect(call, time);
      return true;
    } catch (Rejected no) {
      if (no.reason() != Reason.ABSENT) {
        throw no;
      }
      return false;
    }
  }

  /** The object a read finds, or empty when Xelion says there is none. */
  Optional<ObjectNode> find(HttpCall call, CallTime time) {
    try {
      return Optional.of(withOid(call, object(call, read(call, time, CallTime::left))));
    } catch (Rejected no) {
      return Optional.empty(); // the only refusal a read passes on
    }
  }

  /** The object an effect needs first. */
  ObjectNode readFirst(HttpCall call, CallTime time) {
    return withOid(call, object(call, read(call, time, CallTime::leftToPrepare)));
  }

  /** A list's answer, all of it. */
  ObjectNode list(HttpCall call, CallTime time) {
    return body(call, read(call, time, CallTime::left));
  }

  private HttpAnswer read(HttpCall call, CallTime time, Function<CallTime, Duration> limit) {
    try {
      return send(call, time, limit);
    } catch (Rejected no) {
      throw no.reason() == Reason.ABSENT
          ? no
          : errors.loginRefused(no.getMessage() + " (the account lacks the right to read it)");
    }
  }

  private ObjectNode object(HttpCall call, HttpAnswer answer) {
    return body(call, answer).path("object") instanceof ObjectNode object
        ? object
        : unreadable(call);
  }

  private ObjectNode unreadable(HttpCall call) {
    throw errors.unreadable(call);
  }

  private ObjectNode body(HttpCall call, HttpAnswer answer) {
    return Json.read(answer.text()).orElseThrow(() -> errors.unreadable(call));
  }

  private HttpAnswer send(HttpCall call, CallTime time, Function<CallTime, Duration> limit) {
    HttpAnswer answer = raw(call, time, limit);
    if (answer.success() && !answer.webPage()) {
      return answer;
    }
    throw refusal(call, answer, time);
  }

  /** What an answer means that is no success, or a success of something else than Xelion. */
  PbxException refusal(HttpCall call, HttpAnswer answer, CallTime time) {
    if (answer.success()) {
      return errors.unreadable(call);
    }
    if ((answer.status() == 404 || answer.status() == 410)
        && !XelionErrors.says(answer, XelionErrors.NO_SUCH_OBJECT)) {
      confirmXelion(call, time);
    }
    return errors.of(call, answer);
  }

  /** The answer as it came, after another log-in if the session had ended. */
  HttpAnswer raw(HttpCall call, CallTime time, Function<CallTime, Duration> limit) {
    Credential credential = session.credential(time);
    HttpCall inTurn = call.with(time.turn());
    HttpAnswer answer = http.send(inTurn, Optional.of(credential), limit.apply(time));
    if (answer.status() != 401) {
      return answer;
    }
    Credential another = session.another(credential, time);
    return http.send(inTurn, Optional.of(another), limit.apply(time));
  }

  /**
   * A 404 ends an off-boarding as done and a read as "gone", so one without Xelion's number must
   * not come from a proxy or a wrong base URL: then this read fails too, and is thrown instead.
   */
  private void confirmXelion(HttpCall call, CallTime time) {
    HttpCall probe = HttpCall.read(call.name() + " (is this Xelion?)", "/users?limit=1");
    HttpAnswer answer = raw(probe, time, CallTime::left);
    boolean list = Json.read(answer.text()).filter(body -> body.path("data").isArray()).isPresent();
    if (!answer.success() || !list) {
      throw errors.unreachable(
          "pbx '" + errors.pbx() + "': what answered 404 to " + call.name() + " is not Xelion");
    }
  }
}
