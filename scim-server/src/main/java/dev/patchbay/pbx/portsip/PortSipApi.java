package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxRef;
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
import java.util.function.Function;

/** Requests to PortSIP with a token, answered by a success or thrown as what they mean. */
final class PortSipApi {
  private final PbxHttp http;
  private final PortSipSession session;
  private final StatusErrors errors;
  private final Duration callLimit;

  PortSipApi(PbxHttp http, PortSipSession session, StatusErrors errors, Duration callLimit) {
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

  /** The PBX's name in messages. */
  String pbx() {
    return errors.pbx();
  }

  Duration skew() {
    return http.skew();
  }

  /** An effect of which only success matters: PortSIP answers it with a body, or without one. */
  void effect(HttpCall call, CallTime time) {
    send(call, time, CallTime::left);
  }

  /** A value that PortSIP does not take, or says that another has. */
  record Refusal(Rejected rejected, HttpAnswer answer) {}

  /** As {@link #effect}; where PortSIP refuses the value, how it does. */
  Optional<Refusal> refusal(HttpCall call, CallTime time) {
    HttpAnswer answer = answered(call, time, CallTime::left);
    if (answer.success()) {
      return Optional.empty();
    }
    PbxException meaning = errors.of(call, answer);
    if (meaning instanceof Rejected no
        && (no.reason() == Reason.INVALID || no.reason() == Reason.CONFLICT)) {
      return Optional.of(new Refusal(no, answer));
    }
    throw meaning;
  }

  /**
   * An effect that takes something away. "There is none" is success once a look agrees, else it is
   * sent once more: a person must not keep a phone because something on the way answered 404.
   *
   * @param look reads what the effect takes away
   */
  void takeAway(HttpCall call, HttpCall look, CallTime time) {
    boolean absent = !took(call, time);
    if (absent
        && find(look, time).isPresent()
        && !took(call, time)
        && find(look, time).isPresent()) {
      throw errors.unreachable(
          "pbx '" + errors.pbx() + "' answers 404 to " + call.name() + " and still has it");
    }
  }

  /** As {@link #takeAway(HttpCall, HttpCall, CallTime)}, of what PortSIP does not show. */
  void takeAway(HttpCall call, CallTime time) {
    boolean unused = took(call, time);
  }

  /** False: PortSIP says there is nothing to take away. */
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

  /** An effect that creates something and answers its id. */
  PbxRef create(HttpCall call, CallTime time) {
    return create(call, "id", time);
  }

  /** As {@link #create(HttpCall, CallTime)}, of what {@code key} names. */
  PbxRef create(HttpCall call, String key, CallTime time) {
    try {
      return Json.text(json(call, send(call, time, CallTime::left)), key)
          .map(PbxRef::new)
          .orElseThrow(() -> errors.unreadable(call));
    } catch (Rejected no) {
      // Of a create, "absent" is about a value, such as the role: there is no object yet.
      throw no.reason() == Reason.ABSENT ? new Rejected(Reason.INVALID, no.getMessage()) : no;
    }
  }

  ObjectNode read(HttpCall call, CallTime time) {
    return read(call, time, CallTime::left);
  }

  /** A read that an effect waits for. */
  ObjectNode readFirst(HttpCall call, CallTime time) {
    return read(call, time, CallTime::leftToPrepare);
  }

  /** The object a read finds, or empty when PortSIP says there is none. */
  Optional<ObjectNode> find(HttpCall call, CallTime time) {
    try {
      return Optional.of(read(call, time));
    } catch (Rejected no) {
      return Optional.empty(); // the only refusal a read passes on
    }
  }

  /** The object a read finds, or empty when there is none or the account may not see it. */
  Optional<ObjectNode> findIfAllowed(HttpCall call, CallTime time) {
    try {
      return Optional.of(json(call, send(call, time, CallTime::left)));
    } catch (Rejected no) {
      return Optional.empty();
    }
  }

  private ObjectNode read(HttpCall call, CallTime time, Function<CallTime, Duration> limit) {
    try {
      return json(call, send(call, time, limit));
    } catch (Rejected no) {
      throw no.reason() == Reason.ABSENT
          ? no
          : errors.loginRefused(no.getMessage() + " (the account lacks the right to read it)");
    }
  }

  private ObjectNode json(HttpCall call, HttpAnswer answer) {
    return Json.read(answer.text()).orElseThrow(() -> errors.unreadable(call));
  }

  /** For a success whose text contradicts itself. */
  PbxException unreadable(HttpCall call) {
    return errors.unreadable(call);
  }

  private HttpAnswer send(HttpCall call, CallTime time, Function<CallTime, Duration> limit) {
    HttpAnswer answer = answered(call, time, limit);
    if (!answer.success()) {
      throw errors.of(call, answer);
    }
    return answer;
  }

  /** What PortSIP, and nothing before it, says. */
  private HttpAnswer answered(HttpCall call, CallTime time, Function<CallTime, Duration> limit) {
    HttpAnswer answer = authorized(call, time, limit);
    if (answer.success() && answer.webPage()) {
      throw errors.unreadable(call);
    }
    if ((answer.status() == 404 || answer.status() == 410) && !PortSipErrors.fromPortSip(answer)) {
      confirmPortSip(call, time);
    }
    return answer;
  }

  private HttpAnswer authorized(HttpCall call, CallTime time, Function<CallTime, Duration> limit) {
    Secret token = session.token(time);
    HttpCall inTurn = call.with(time.turn());
    HttpAnswer answer = http.send(inTurn, Optional.of(Credential.bearer(token)), limit.apply(time));
    if (answer.status() != 401) {
      return answer;
    }
    Secret renewed = session.renew(token, time);
    return http.send(inTurn, Optional.of(Credential.bearer(renewed)), limit.apply(time));
  }

  /**
   * A 404 ends an off-boarding as done and a read as "gone", so one without PortSIP's error body
   * must not come from a proxy or a wrong base URL: then this read fails too, and is thrown
   * instead.
   */
  private void confirmPortSip(HttpCall call, CallTime time) {
    HttpCall probe = HttpCall.read(call.name() + " (is this PortSIP?)", "/api/users?top=1");
    HttpAnswer answer = authorized(probe, time, CallTime::left);
    boolean list =
        Json.read(answer.text())
            .map(body -> body.path("items"))
            .filter(JsonNode::isArray)
            .isPresent();
    if (!answer.success() || !list) {
      throw errors.unreachable(
          "pbx '" + errors.pbx() + "': what answered 404 to " + call.name() + " is not PortSIP");
    }
  }
}
