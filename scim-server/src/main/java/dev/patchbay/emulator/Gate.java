package dev.patchbay.emulator;

import dev.patchbay.web.Endpoint;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Every API call comes through here: it is noted, may go wrong on order, and is counted. */
final class Gate {
  private final CallLog log;
  private final Faults faults;
  private final RateLimit rateLimit;
  private final Masked masked;
  private final ErrorForm errors;

  Gate(CallLog log, Faults faults, RateLimit limit, Vendor vendor) {
    this.log = log;
    this.faults = faults;
    this.rateLimit = limit;
    this.masked = new Masked(vendor.secrets());
    this.errors = vendor.errors();
  }

  /** A call that the log lists. */
  Endpoint listed(Routes.Action action) {
    return request -> {
      long key = log.add(arrived(request));
      return meet(request, action, change -> log.change(key, change));
    };
  }

  /** A sign-in: it may go wrong like any call but is in no log, being all secrets. */
  Endpoint unlisted(Routes.Action action) {
    return request -> meet(request, action, change -> {});
  }

  private RecordedCall arrived(WebRequest request) {
    return new RecordedCall(
        request.method(),
        request.path(),
        request.queryString(),
        masked.body(request.body()),
        0,
        Optional.empty());
  }

  /** Writes down what becomes known of a call. */
  private interface Note {
    void change(UnaryOperator<RecordedCall> change);
  }

  private WebResponse meet(WebRequest request, Routes.Action action, Note note)
      throws InterruptedException {
    Optional<Fault> fault = faults.take(request.method(), request.path());
    if (fault.isEmpty()) {
      return noted(run(request, action), note);
    }
    note.change(call -> call.met(fault.get()));
    return switch (fault.get()) {
      case Fault.Status status -> noted(instead(status), note);
      case Fault.Delay delay -> {
        WebResponse late = noted(run(request, action), note);
        Thread.sleep(delay.time());
        yield late;
      }
      case Fault.Reset reset -> WebResponse.cut();
      case Fault.DropAfterCommit drop -> {
        noted(run(request, action), note);
        yield WebResponse.cut();
      }
    };
  }

  private static WebResponse noted(WebResponse answer, Note note) {
    note.change(call -> call.answered(answer.status()));
    return answer;
  }

  private WebResponse instead(Fault.Status status) {
    return status.code() < 400
        ? WebResponse.of(status.code())
        : errors.refusal(status.code(), "fault on order");
  }

  private WebResponse run(WebRequest request, Routes.Action action) {
    Optional<Long> wait = rateLimit.count();
    if (wait.isPresent()) {
      WebResponse answer = errors.refusal(429, "rate limit reached, request throttled");
      return rateLimit.tells() ? answer.header("Retry-After", wait.get().toString()) : answer;
    }
    try {
      return action.run(request);
    } catch (Refusal refusal) {
      return refusal.answer();
    }
  }
}
