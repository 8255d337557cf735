package dev.patchbay.web;

import java.util.SortedSet;

/**
 * How a surface words the errors it did not raise itself, so that none reaches a client as HTML.
 */
public interface WebErrors {
  WebResponse notFound(WebRequest request);

  /** The path exists for other methods; the server adds {@code Allow} to the answer. */
  WebResponse methodNotAllowed(WebRequest request, SortedSet<String> allow);

  /** An endpoint threw; the failure is for the log, not for the answer. */
  WebResponse failed(WebRequest request, Throwable failure);

  /**
   * Refused before routing: malformed request (400), body (413), URI (414) or headers (431) too
   * large, stopping (503).
   */
  WebResponse refused(int status, String reason);
}
