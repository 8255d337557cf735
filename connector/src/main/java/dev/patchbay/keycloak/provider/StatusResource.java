package dev.patchbay.keycloak.provider;

import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.config.Setting;
import dev.patchbay.keycloak.config.TargetConfig;
import dev.patchbay.keycloak.outbox.Afterwards;
import dev.patchbay.keycloak.outbox.Depth;
import dev.patchbay.keycloak.outbox.Outbox;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import dev.patchbay.keycloak.outbox.Targets;
import dev.patchbay.keycloak.outbox.Work;
import dev.patchbay.keycloak.outbox.Work.State;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.UserStorageProvider;

/**
 * How the sending of a realm goes, and the words an administrator can say to it. Needs a bearer
 * token, see {@link AdminRole}.
 */
public final class StatusResource {
  /**
   * More lines than these are more than anybody reads; what is beyond shows up when these are gone.
   */
  private static final int MOST = 500;

  private final KeycloakSession session;

  StatusResource(KeycloakSession session) {
    this.session = session;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response targets() {
    RealmModel realm = Admission.check(session);
    return Response.ok(Map.of("targets", components(realm).stream().map(this::status).toList()))
        .build();
  }

  @GET
  @Path("{target}")
  @Produces(MediaType.APPLICATION_JSON)
  public Response target(@PathParam("target") String id) {
    return Response.ok(status(component(id))).build();
  }

  /** What waits for an administrator. */
  @GET
  @Path("{target}/waiting")
  @Produces(MediaType.APPLICATION_JSON)
  public Response waiting(@PathParam("target") String id) {
    var works = outbox(component(id)).waiting(MOST);
    return Response.ok(Map.of("waiting", works.stream().map(StatusResource::shown).toList()))
        .build();
  }

  /** Users whom the target took although the phone system refused a part. */
  @GET
  @Path("{target}/refused")
  @Produces(MediaType.APPLICATION_JSON)
  public Response refused(@PathParam("target") String id) {
    var users =
        new Remotes(session, component(id).getId())
            .noted(MOST).stream()
                .map(each -> Map.of("id", each.item(), "name", each.name(), "reason", each.note()))
                .toList();
    return Response.ok(Map.of("refused", users)).build();
  }

  /** Compares everything, also with what the target says it holds. */
  @POST
  @Path("{target}/sync")
  @Produces(MediaType.APPLICATION_JSON)
  public Response sync(@PathParam("target") String id) {
    ComponentModel component = component(id);
    new Targets(session).ask(component.getId(), SyncKind.FULL);
    return goesOn(component, 1);
  }

  /** What is blocked is sent again. */
  @POST
  @Path("{target}/unblock")
  @Produces(MediaType.APPLICATION_JSON)
  public Response unblock(@PathParam("target") String id) {
    ComponentModel component = component(id);
    return goesOn(component, outbox(component).release(State.BLOCKED));
  }

  /** Leavers whom the safety brake holds are taken away. */
  @POST
  @Path("{target}/release")
  @Produces(MediaType.APPLICATION_JSON)
  public Response release(@PathParam("target") String id) {
    ComponentModel component = component(id);
    return goesOn(component, outbox(component).release(State.HELD));
  }

  /** One user or group is sent now, whatever state it is in. */
  @POST
  @Path("{target}/retry/{kind}/{item}")
  @Produces(MediaType.APPLICATION_JSON)
  public Response retry(
      @PathParam("target") String id,
      @PathParam("kind") String kind,
      @PathParam("item") String item) {
    ComponentModel component = component(id);
    Kind known =
        switch (kind) {
          case "user" -> Kind.USER;
          case "group" -> Kind.GROUP;
          default -> throw new NotFoundException("expected user or group, was '" + kind + "'");
        };
    int found = outbox(component).release(known, item);
    if (found == 0) {
      throw new NotFoundException("nothing waits to be sent for " + kind + " " + item);
    }
    return goesOn(component, found);
  }

  private Response goesOn(ComponentModel component, int count) {
    var dispatcher = ChangeListenerProviderFactory.dispatcher(session.getKeycloakSessionFactory());
    Afterwards.run(session, () -> dispatcher.ifPresent(it -> it.resume(component.getId())));
    return Response.accepted(Map.of("count", count)).build();
  }

  private Map<String, Object> status(ComponentModel component) {
    String id = component.getId();
    var dispatcher = ChangeListenerProviderFactory.dispatcher(session.getKeycloakSessionFactory());
    var depth = Depth.of(session, id);
    var remotes = new Remotes(session, id);
    var status = new LinkedHashMap<String, Object>();
    status.put("id", id);
    status.put("name", component.getName());
    status.put("scimUrl", component.get(Setting.SCIM_URL.key()));
    status.put("sentByThisNode", dispatcher.filter(it -> it.sendsTo(id)).isPresent());
    status.put("circuit", dispatcher.map(it -> it.circuit(id)).orElse("unknown"));
    status.put("ready", depth.ready());
    status.put("blocked", depth.blocked());
    status.put("held", depth.held());
    status.put("lagSeconds", lag(depth.oldest()));
    status.put("users", remotes.count(Kind.USER));
    status.put("groups", remotes.count(Kind.GROUP));
    new Targets(session)
        .get(id)
        .ifPresent(
            row -> {
              time(row.health().lastSent()).ifPresent(at -> status.put("lastSent", at));
              time(row.health().lastErrorAt())
                  .ifPresent(
                      at ->
                          status.put(
                              "lastError", Map.of("at", at, "reason", row.health().lastError())));
              status.put("sync", SyncStatus.of(row.sync()));
            });
    return status;
  }

  private static double lag(long oldest) {
    return oldest == 0 ? 0 : Math.max(0, System.currentTimeMillis() - oldest) / 1000.0;
  }

  static Optional<String> time(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis).toString());
  }

  private static Map<String, Object> shown(Work work) {
    return Map.of(
        "kind", work.kind().name().toLowerCase(Locale.ROOT),
        "id", work.item(),
        "state", work.state().name().toLowerCase(Locale.ROOT),
        "since", Instant.ofEpochMilli(work.since()).toString(),
        "attempts", work.attempts(),
        "reason", work.lastError());
  }

  private Outbox outbox(ComponentModel component) {
    return new Outbox(session, component.getId());
  }

  private ComponentModel component(String id) {
    return components(Admission.check(session)).stream()
        .filter(each -> each.getId().equals(id) || each.getName().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("no target '" + id + "' in this realm"));
  }

  private static List<ComponentModel> components(RealmModel realm) {
    return realm
        .getStorageProviders(UserStorageProvider.class)
        .filter(each -> TargetConfig.PROVIDER_ID.equals(each.getProviderId()))
        .toList();
  }
}
