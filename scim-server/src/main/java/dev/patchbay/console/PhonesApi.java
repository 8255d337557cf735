package dev.patchbay.console;

import dev.patchbay.provisioning.Provisioner;
import dev.patchbay.provisioning.TryLater;
import dev.patchbay.schema.Refusal;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator does about the phones of one user. */
final class PhonesApi {
  private static final Logger LOG = LoggerFactory.getLogger(PhonesApi.class);

  private final OperatedTenants tenants;

  PhonesApi(OperatedTenants tenants) {
    this.tenants = tenants;
  }

  /** Something done for a user in the name of an operator. */
  private interface Operation {
    void run(Provisioner provisioner, String id, String operator);
  }

  void addTo(OperatorRoutes routes) {
    var unused =
        routes
            .add(
                "POST",
                "/users/{id}/reset-profile",
                (request, operator) -> run(request, operator, Provisioner::resetProfile))
            .add(
                "POST",
                "/users/{id}/end-registrations",
                (request, operator) -> run(request, operator, Provisioner::endRegistrations));
  }

  private WebResponse run(WebRequest request, String operator, Operation operation) {
    var id = request.param("id");
    for (OperatedTenant tenant : tenants.all()) {
      try {
        operation.run(tenant.provisioner(), id, operator);
        LOG.info("done request={} operator={}", request.path(), operator);
        return WebResponse.of(204);
      } catch (Refusal refusal) {
        if (refusal.kind() != Refusal.Kind.NOT_FOUND) {
          int status = refusal.kind() == Refusal.Kind.UNSUPPORTED ? 501 : 409;
          return Problem.of(status, refusal.detail());
        }
      } catch (TryLater later) {
        return Problem.of(503, String.valueOf(later.getMessage()));
      }
    }
    return Problem.of(404, "there is no such user on a phone system");
  }
}
