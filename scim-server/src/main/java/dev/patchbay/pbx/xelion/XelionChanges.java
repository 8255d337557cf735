package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxCall.UpdateUser;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.OutcomeUnknown;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.api.PbxException.Unavailable;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.HttpCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Changes accounts. That a user name can change is assumed, so a new one is read back. */
final class XelionChanges {
  // Long enough to end the try that found it out, short enough for a Xelion that learns it.
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final XelionApi api;
  private final XelionClash clash;
  private final XelionSettings settings;
  private final Clock clock;
  private volatile Instant namesStayUntil = Instant.EPOCH;

  XelionChanges(XelionApi api, XelionClash clash, XelionSettings settings, Clock clock) {
    this.api = api;
    this.clash = clash;
    this.settings = settings;
    this.clock = clock;
  }

  void change(UpdateUser call, String account, CallTime time) {
    Optional<String> name =
        call.user().get(PbxField.NAME).filter(it -> call.changed().contains(PbxField.NAME));
    if (name.isPresent() && clock.instant().isBefore(namesStayUntil)) {
      throw stays(call); // before anything else of the call takes effect
    }
    HttpCall request = request(call, XelionUsers.path(account), time);
    HttpAnswer answer = api.raw(request, time, CallTime::left);
    if (!answer.success() || answer.webPage()) {
      if (name.isPresent() && XelionClash.mayBe(answer)) {
        refused(call, account, name.get(), new Sent(request, answer), time);
        return;
      }
      throw told(api.refusal(request, answer, time), answer);
    }
    name.ifPresent(it -> requireTaken(call, account, it, time));
  }

  private HttpCall request(UpdateUser call, String path, CallTime time) {
    XelionPatch patch = XelionUserJson.changes(call, settings.newUsers());
    return switch (settings.updateWith()) {
      case PATCH -> XelionCalls.patch(call.name(), path, patch);
      case PUT -> {
        ObjectNode before = api.readFirst(HttpCall.read(call.name(), path), time);
        yield XelionCalls.put(call.name(), path, XelionUserJson.replaced(before, patch));
      }
    };
  }

  private record Sent(HttpCall request, HttpAnswer answer) {}

  /** Done after all where the name is the account's own already, and all that was asked for. */
  private void refused(UpdateUser call, String account, String name, Sent sent, CallTime time) {
    Optional<String> holder =
        clash.holder(name, sent.request(), sent.answer(), time).flatMap(XelionKey::account);
    if (holder.isEmpty()) {
      throw clash.told(sent.request(), sent.answer());
    }
    if (!holder.get().equals(account)) {
      throw clash.taken(sent.request());
    }
    if (!nameAlone(call)) {
      throw api.errors().of(sent.request(), sent.answer());
    }
  }

  private static boolean nameAlone(UpdateUser call) {
    return call.changed().equals(Set.of(PbxField.NAME)) && call.secrets().isEmpty();
  }

  /** A success that left the name as it was must not become one of ours. */
  private void requireTaken(UpdateUser call, String account, String name, CallTime time) {
    if (XelionUserJson.isCalled(name, readBack(call, account, time))) {
      return;
    }
    namesStayUntil = clock.instant().plus(REMEMBERED);
    // What else was sent took effect, maybe: it has to be read before anything is decided.
    throw nameAlone(call) ? stays(call) : new OutcomeUnknown(stays(call).getMessage(), null);
  }

  private ObjectNode readBack(UpdateUser call, String account, CallTime time) {
    try {
      return api.find(HttpCall.read(call.name(), XelionUsers.path(account)), time)
          .orElseThrow(
              () -> new Rejected(Reason.ABSENT, "Xelion has no such user, for " + call.name()));
    } catch (Unavailable unread) {
      throw new OutcomeUnknown("the new user name was not read back: " + unread.getMessage(), null);
    }
  }

  private Rejected stays(UpdateUser call) {
    return new Rejected(
        Reason.UNSUPPORTED,
        "pbx '" + api.errors().pbx() + "' keeps the user name it has, for " + call.name());
  }

  /** That Xelion has no such method is a matter of the settings. */
  private PbxException told(PbxException failure, HttpAnswer answer) {
    if (answer.status() != 405) {
      return failure;
    }
    String other =
        switch (settings.updateWith()) {
          case PATCH -> "put";
          case PUT -> "patch";
        };
    return new Rejected(
        Reason.UNSUPPORTED, failure.getMessage() + ": try 'update-with: " + other + "'");
  }
}
