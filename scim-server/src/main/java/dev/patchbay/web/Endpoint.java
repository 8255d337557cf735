package dev.patchbay.web;

/** What a route does; an exception it throws becomes {@link WebErrors#failed}. */
@FunctionalInterface
public interface Endpoint {
  WebResponse handle(WebRequest request) throws Exception;
}
