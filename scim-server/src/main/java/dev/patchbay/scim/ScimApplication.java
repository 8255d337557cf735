package dev.patchbay.scim;

import dev.patchbay.directory.EntryType;
import dev.patchbay.scim.Caller.Access;
import dev.patchbay.web.Endpoint;
import dev.patchbay.web.Router;
import dev.patchbay.web.WebResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** SCIM for all tenants of this bridge, each below {@code /{tenant}/scim/v2}. */
public final class ScimApplication {
  /** Without a version it is the newest (RFC 7644 §3.13). */
  private static final List<String> ROOTS = List.of("/{tenant}/scim/v2", "/{tenant}/scim");

  private final Authentication authentication;
  private final Clock clock;

  /**
   * @param publicUrl scheme, host and port that senders use; without it, what each request says
   */
  public ScimApplication(Collection<ScimTenant> tenants, Optional<URI> publicUrl, Clock clock) {
    this.authentication = new Authentication(tenants, publicUrl, clock);
    this.clock = clock;
  }

  /** What an endpoint does for a sender it need not doubt. */
  @FunctionalInterface
  private interface ScimEndpoint {
    WebResponse handle(ScimCall call) throws IOException;
  }

  /** Adds every SCIM endpoint. */
  public void addTo(Router router) {
    var writable = new LinkedHashMap<String, ResourceEndpoint>();
    for (EntryType type : EntryType.values()) {
      var resources = new ResourceEndpoint(type);
      writable.put(type.endpoint(), resources);
      addResources(router, "/" + type.endpoint(), resources);
      addLists(router, "/" + type.endpoint(), new ListEndpoint(List.of(type)));
    }
    addLists(router, "", new ListEndpoint(List.of(EntryType.values())));
    add(router, "POST", "/Bulk", Access.WRITE, new BulkEndpoint(writable, clock)::post);
    addMe(router, new MeEndpoint(new ResourceEndpoint(EntryType.USER)));
    var resourceTypes = new ResourceTypesEndpoint();
    var schemas = new SchemasEndpoint();
    addConfiguration(router, new ServiceProviderConfigEndpoint());
    add(router, "GET", "/ResourceTypes", Access.OWN, resourceTypes::list);
    add(router, "GET", "/ResourceTypes/{id}", Access.OWN, resourceTypes::get);
    add(router, "GET", "/Schemas", Access.OWN, schemas::list);
    add(router, "GET", "/Schemas/{id}", Access.OWN, schemas::get);
  }

  private void addResources(Router router, String path, ResourceEndpoint resources) {
    add(router, "POST", path, Access.WRITE, resources::create);
    add(router, "GET", path + "/{id}", Access.READ, resources::get);
    add(router, "PUT", path + "/{id}", Access.WRITE, resources::replace);
    add(router, "PATCH", path + "/{id}", Access.WRITE, resources::patch);
    add(router, "DELETE", path + "/{id}", Access.WRITE, resources::delete);
  }

  /** Whoever may not read others may read what is stored of oneself, and change nothing of it. */
  private void addMe(Router router, MeEndpoint me) {
    add(router, "GET", "/Me", Access.OWN, me::get);
    add(router, "PUT", "/Me", Access.WRITE, me::replace);
    add(router, "PATCH", "/Me", Access.WRITE, me::patch);
    add(router, "DELETE", "/Me", Access.WRITE, me::delete);
  }

  private void addConfiguration(Router router, ServiceProviderConfigEndpoint configuration) {
    Endpoint open =
        request -> {
          Accepted.require(request);
          return request.header("Authorization").isPresent()
              ? configuration.get(authentication.authenticate(request, Access.OWN))
              : configuration.schemes(authentication.base(request));
        };
    ROOTS.forEach(root -> router.add("GET", root + "/ServiceProviderConfig", open));
  }

  private void addLists(Router router, String path, ListEndpoint lists) {
    add(router, "GET", path, Access.READ, lists::list);
    add(router, "POST", path + "/.search", Access.READ, lists::search);
  }

  private void add(
      Router router, String method, String path, Access access, ScimEndpoint endpoint) {
    Endpoint guarded =
        request -> {
          var call = authentication.authenticate(request, access);
          Accepted.require(request);
          return endpoint.handle(call);
        };
    ROOTS.forEach(root -> router.add(method, root + path, guarded));
  }
}
