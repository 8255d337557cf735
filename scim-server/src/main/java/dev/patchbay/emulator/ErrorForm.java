package dev.patchbay.emulator;

import dev.patchbay.web.WebResponse;

/** How a vendor words what none of its API calls answered: an unknown path, a fault on order. */
@FunctionalInterface
public interface ErrorForm {
  /** The refusal with that HTTP status, 400 to 599. */
  WebResponse refusal(int status, String reason);
}
