package dev.patchbay.emulator.ipcortex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Refusal;
import dev.patchbay.web.WebResponse;

/** A refusal: {@code result} says so, and a text that the vendor does not document. */
final class Fail extends Refusal {
  private static final long serialVersionUID = 1L;

  private final int status;

  Fail(int status, String message) {
    super(message);
    this.status = status;
  }

  static WebResponse of(int status, String reason) {
    ObjectNode body = Json.object().put("result", "fail").put("error", reason);
    return Json.answer(status, body);
  }

  @Override
  public WebResponse answer() {
    return of(status, String.valueOf(getMessage()));
  }
}
