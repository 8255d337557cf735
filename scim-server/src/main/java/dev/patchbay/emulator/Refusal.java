package dev.patchbay.emulator;

import dev.patchbay.web.WebResponse;

/** Why an API call is not done; thrown by its handler, in the words of its vendor. */
public abstract class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected Refusal(String message) {
    // Part of the ordinary course, so no stack trace.
    super(message, null, false, false);
  }

  /** The refusal as the vendor answers it. */
  public abstract WebResponse answer();
}
