package dev.patchbay.emulator;

import dev.patchbay.web.WebErrors;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The vendor's error form for what no endpoint answered. */
record VendorErrors(ErrorForm form) implements WebErrors {
  private static final Logger log = LoggerFactory.getLogger(VendorErrors.class);

  @Override
  public WebResponse notFound(WebRequest request) {
    return form.refusal(404, "path not found");
  }

  @Override
  public WebResponse methodNotAllowed(WebRequest request, SortedSet<String> allow) {
    return form.refusal(405, "only " + String.join(", ", allow));
  }

  @Override
  public WebResponse failed(WebRequest request, Throwable failure) {
    log.error("emulator failed at {}", request, failure);
    return form.refusal(500, "internal error");
  }

  @Override
  public WebResponse refused(int status, String reason) {
    return form.refusal(status, reason);
  }
}
