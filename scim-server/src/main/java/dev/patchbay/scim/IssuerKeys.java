package dev.patchbay.scim;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches an issuer's keys. Where they are, unless it is configured, the issuer says in its
 * metadata (OpenID Connect Discovery, else RFC 8414); whoever asks decides how often.
 */
final class IssuerKeys implements ResourceRetriever {
  private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);

  private static final int TIME = 3000; // ms to connect, and to answer: somebody is waiting
  private static final int SIZE = 512 * 1024; // bytes; a key set of 20 certificates has 60 kB

  private final ResourceRetriever http = new DefaultResourceRetriever(TIME, TIME, SIZE);
  private final URI issuer;
  private final Optional<URI> configured;
  private final AtomicReference<Optional<URI>> discovered = new AtomicReference<>(Optional.empty());
  private volatile boolean reachable = true;

  IssuerKeys(URI issuer, Optional<URI> configured) {
    this.issuer = issuer;
    this.configured = configured;
  }

  /** Whether the keys came when they were last asked for. */
  boolean reachable() {
    return reachable;
  }

  /** The key set; the address is ours to find out. */
  @Override
  public Resource retrieveResource(URL ignored) throws IOException {
    try {
      var keys = http.retrieveResource(address().toURL());
      reachable = true;
      return keys;
    } catch (IOException | IllegalArgumentException e) {
      reachable = false;
      discovered.set(Optional.empty()); // it may have moved
      log.warn("no keys of the token issuer issuer={} reason=\"{}\"", issuer, e.getMessage());
      throw new IOException("no keys of " + issuer, e);
    }
  }

  private URI address() throws IOException {
    var known = configured.or(discovered::get);
    if (known.isPresent()) {
      return known.get();
    }
    var found = discover();
    discovered.set(Optional.of(found));
    return found;
  }

  private URI discover() throws IOException {
    var failure = new IOException("the issuer has no metadata");
    for (URI place : metadata()) {
      try {
        return keysIn(http.retrieveResource(place.toURL()).getContent());
      } catch (IOException | ParseException e) {
        failure.addSuppressed(e);
      }
    }
    throw failure;
  }

  private List<URI> metadata() {
    var text = issuer.toString();
    var root = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    var path = Optional.ofNullable(issuer.getRawPath()).orElse("").replaceAll("/$", "");
    var server = root.substring(0, root.length() - path.length());
    return List.of(
        URI.create(root + "/.well-known/openid-configuration"),
        URI.create(server + "/.well-known/oauth-authorization-server" + path));
  }

  private URI keysIn(String metadata) throws ParseException, IOException {
    var json = JSONObjectUtils.parse(metadata);
    if (!issuer.toString().equals(JSONObjectUtils.getString(json, "issuer"))) {
      throw new IOException("the metadata is that of another issuer");
    }
    return Optional.ofNullable(JSONObjectUtils.getURI(json, "jwks_uri"))
        .orElseThrow(() -> new IOException("the metadata has no jwks_uri"));
  }
}
