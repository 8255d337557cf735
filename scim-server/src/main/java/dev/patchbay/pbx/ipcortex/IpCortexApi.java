package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.HttpCall.Kind;
import dev.patchbay.pbx.http.PbxHttp;
import dev.patchbay.pbx.ipcortex.IpCortexSession.Pass;
import java.util.List;
import java.util.Optional;

/** Requests to IPCortex with a pass, answered by what they did or thrown as what they mean. */
final class IpCortexApi {
  private final PbxHttp http;
  private final IpCortexSession session;
  private final Absence absence;
  private final IpCortexErrors errors;

  /** What an effect came to. */
  sealed interface Outcome {
    record Done(Reply reply) implements Outcome {}

    /**
     * IPCortex said no and did nothing.
     *
     * @param seen what a read has found since, by the scope it was given
     */
    record Refused(List<JsonNode> seen) implements Outcome {}
  }

  IpCortexApi(PbxHttp http, IpCortexSession session, Absence absence, IpCortexErrors errors) {
    this.http = http;
    this.session = session;
    this.absence = absence;
    this.errors = errors;
  }

  Rights rights(CallTime time) {
    return session.pass(time).rights();
  }

  IpCortexErrors errors() {
    return errors;
  }

  /** The rows a read finds; a session that has ended is begun again once. */
  List<JsonNode> read(OpsCall call, CallTime time) {
    Pass pass = session.pass(time);
    return seen(call, pass, time)
        .or(() -> seen(call, session.renew(pass, time), time))
        .orElseThrow(
            () ->
                errors.loginRefused(
                    "refused " + call.name() + " (the account may lack the right to read users)"));
  }

  /** The rows a read finds by this pass; empty: it is refused, and not for finding nobody. */
  private Optional<List<JsonNode>> seen(OpsCall call, Pass pass, CallTime time) {
    Reply reply = exchange(call, Kind.READ, pass, time);
    if (reply.success()) {
      return Optional.of(rows(call, reply));
    }
    boolean nobody =
        absence.refused(pass.rights(), it -> exchange(it, Kind.READ, pass, time).success());
    return nobody ? Optional.of(List.of()) : Optional.empty();
  }

  private List<JsonNode> rows(OpsCall call, Reply reply) {
    return reply
        .found()
        .orElseThrow(
            () ->
                errors.unreachable(
                    "pbx '" + errors.pbx() + "' gave no readable rows to " + call.name()));
  }

  /**
   * An effect. A refusal does not tell its reason: it may also mean that the session has ended. So
   * a read follows it, which IPCortex answers as long as the session is good, and which shows what
   * is there.
   */
  Outcome effect(OpsCall call, OpsCall look, CallTime time) {
    Pass pass = session.pass(time);
    Reply reply = exchange(call, Kind.EFFECT, pass, time);
    if (reply.success()) {
      return new Outcome.Done(reply);
    }
    var seen = seen(look, pass, time);
    if (seen.isPresent()) {
      return new Outcome.Refused(seen.get());
    }
    Reply again = exchange(call, Kind.EFFECT, session.renew(pass, time), time);
    return again.success() ? new Outcome.Done(again) : new Outcome.Refused(read(look, time));
  }

  /** One request, sent once more with another session where IPCortex asks who we are. */
  private Reply exchange(OpsCall call, Kind kind, Pass pass, CallTime time) {
    HttpCall first = call.http(kind, time.turn(), pass.auth());
    HttpAnswer answer = http.send(first, pass.header(), time.left());
    if (answer.status() == 401 || answer.status() == 403) {
      Pass renewed = session.renew(pass, time);
      HttpCall second = call.http(kind, time.turn(), renewed.auth());
      answer = http.send(second, renewed.header(), time.left());
    }
    return reply(first, kind, answer);
  }

  private Reply reply(HttpCall call, Kind kind, HttpAnswer answer) {
    if (answer.status() == 401 || (answer.status() == 403 && kind == Kind.READ)) {
      throw errors.loginRefused("answered " + answer.status() + " to " + call.name());
    }
    if (answer.status() == 403) {
      throw errors.refused(Reason.FORBIDDEN, call.name(), ": the account lacks the right");
    }
    return Reply.of(answer)
        .filter(ours -> answer.success() || answer.saysNo())
        .orElseThrow(() -> errors.of(call, answer));
  }
}
