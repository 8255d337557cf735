package dev.patchbay.emulator.crmcom;

import dev.patchbay.emulator.Refusal;
import dev.patchbay.web.WebResponse;

/** A call that is not done, in the vendor's envelope. */
final class Refused extends Refusal {
  private static final long serialVersionUID = 1L;

  private final int status;

  Refused(int status, String message) {
    super(message);
    this.status = status;
  }

  @Override
  public WebResponse answer() {
    return Envelope.refusal(status, String.valueOf(getMessage()));
  }
}
