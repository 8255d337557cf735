package dev.patchbay.emulator;

import dev.patchbay.web.Endpoint;
import dev.patchbay.web.Router;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;

/** Adds the calls of an API; in templates {@code {name}} is one segment of the path. */
public final class Routes {
  private final Router router;
  private final Gate gate;
  private final ControlApi control;

  /** What a call does once it is let in; it may throw a {@link Refusal}. */
  @FunctionalInterface
  public interface Action {
    WebResponse run(WebRequest request);
  }

  Routes(Router router, Gate gate, ControlApi control) {
    this.router = router;
    this.gate = gate;
    this.control = control;
  }

  public Routes call(String method, String template, Action action) {
    router.add(method, template, gate.listed(action));
    return this;
  }

  /** A call that takes or gives tokens: it may go wrong like any other but is in no log. */
  public Routes signIn(String method, String template, Action action) {
    router.add(method, template, gate.unlisted(action));
    return this;
  }

  /**
   * What a test orders of this vendor's emulator alone, under {@code /_emulator/}; an {@link
   * IllegalArgumentException} it throws is answered 400 with its message.
   */
  public Routes control(String method, String template, Endpoint endpoint) {
    control.add(method, template, endpoint);
    return this;
  }
}
