package dev.patchbay.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.URIUtil;

/** A request. */
public final class WebRequest {
  private final Request request;
  private final Fields query;
  private final Map<String, String> params;
  private final RequestBody body;

  private WebRequest(Request request, Fields query, Map<String, String> params, RequestBody body) {
    this.request = request;
    this.query = query;
    this.params = params;
    this.body = body;
  }

  /**
   * A request not yet routed.
   *
   * @throws IllegalArgumentException if the query has a malformed percent sequence
   */
  static WebRequest of(Request request, RequestBody body) {
    return new WebRequest(request, Request.extractQueryParameters(request), Map.of(), body);
  }

  WebRequest routed(Map<String, String> params) {
    return new WebRequest(request, query, params, body);
  }

  public String method() {
    return request.getMethod();
  }

  /** The path as sent, percent sequences and all, without the query. */
  public String path() {
    return request.getHttpURI().getPath();
  }

  /**
   * The decoded segment that matched {@code {name}} in the route's template.
   *
   * @throws IllegalArgumentException if the template has no such name
   */
  public String param(String name) {
    String value = params.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no {" + name + "} in the template of " + path());
    }
    return value;
  }

  /** The first query parameter of that name, decoded. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.getValue(name));
  }

  /** The query as sent, without the question mark. */
  public Optional<String> queryString() {
    return Optional.ofNullable(request.getHttpURI().getQuery());
  }

  /** How often a header stands in the request. */
  public int count(String header) {
    return request.getHeaders().getValuesList(header).size();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /**
   * The body, empty if there is none; not a copy. It is read when this is first called, so that
   * nobody we do not know can make us hold it. Where there is none to work on, this throws what the
   * server answers by itself.
   */
  public byte[] body() {
    return body.bytes();
  }

  /** Whoever holds the other end of the connection; a proxy's headers are not believed. */
  public InetAddress remote() {
    var address = request.getConnectionMetaData().getRemoteSocketAddress();
    if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
      return inet.getAddress();
    }
    throw new IllegalStateException("no IP address in " + address);
  }

  /** Scheme, host and port the client used, from the connection and the Host header alone. */
  public URI baseUrl() {
    String scheme = request.isSecure() ? "https" : "http";
    return URI.create(
        URIUtil.newURI(scheme, Request.getServerName(request), Request.getServerPort(request)));
  }

  /** Method and path; no query, which may hold personal data. */
  @Override
  public String toString() {
    return method() + " " + path();
  }
}
