package dev.patchbay.scim;

import dev.patchbay.config.Secret;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.scim.Caller.Access;
import dev.patchbay.web.WebRequest;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who asks, and for which tenant. Without a good token every tenant's name is answered 401, whether
 * it exists or not, after the same work: names are not to be guessed. With one, a name that does
 * not exist is 404 and another tenant 401.
 */
final class Authentication {
  private static final String SCHEME = "Bearer ";

  private final Map<String, ServedTenant> tenants = new LinkedHashMap<>();
  private final Optional<URI> publicUrl;

  /**
   * @param publicUrl what senders call this server, if it cannot tell from their requests
   */
  Authentication(Collection<ScimTenant> tenants, Optional<URI> publicUrl, Clock clock) {
    tenants.forEach(it -> this.tenants.put(it.name(), new ServedTenant(it, clock)));
    this.publicUrl = publicUrl;
  }

  /**
   * Lets pass who may do that much.
   *
   * @throws Refusal {@code UNAUTHORIZED} or {@code NOT_FOUND}
   * @throws InsufficientScope for a token that is good and allows less
   * @throws KeysUnavailable for a token that cannot be judged now
   */
  ScimCall authenticate(WebRequest request, Access access) {
    var token = token(request);
    var name = request.param("tenant");
    var tenant = Optional.ofNullable(tenants.get(name));
    var caller = tenant.flatMap(it -> it.caller(token));
    if (tenant.isPresent() && caller.isPresent()) {
      tenant.get().require(access, caller.get());
      return new ScimCall(request, tenant.get(), caller.get(), base(request), Optional.empty());
    }
    throw opensOther(token, tenant) && tenant.isEmpty()
        ? new Refusal(Kind.NOT_FOUND, "there is no such tenant")
        : new Refusal(Kind.UNAUTHORIZED, "the token is not valid here");
  }

  /** Asks every tenant not asked yet, also after a hit: the time taken shall not tell. */
  private boolean opensOther(Secret token, Optional<ServedTenant> asked) {
    return tenants.values().stream()
            .filter(it -> !asked.equals(Optional.of(it)))
            .filter(it -> opens(it, token))
            .count()
        > 0;
  }

  private static boolean opens(ServedTenant tenant, Secret token) {
    try {
      return tenant.caller(token).isPresent();
    } catch (KeysUnavailable unknown) {
      return false;
    }
  }

  private static Secret token(WebRequest request) {
    if (request.count("Authorization") > 1) {
      // RFC 6750 §2: a proxy in front of us may have judged the other one.
      throw new Refusal(Kind.INVALID_SYNTAX, "more than one Authorization header");
    }
    var header = request.header("Authorization").map(String::strip).orElse("");
    var token =
        header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? header.substring(SCHEME.length()).strip()
            : "";
    if (token.isEmpty()) {
      throw new Refusal(Kind.UNAUTHORIZED, "a bearer token is required");
    }
    return Secret.of(token);
  }

  /** The SCIM URL of the tenant that is asked for, whether it exists or not. */
  String base(WebRequest request) {
    var server = publicUrl.orElseGet(request::baseUrl).toString();
    var root = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    return root + "/" + request.param("tenant") + "/scim/v2";
  }
}
