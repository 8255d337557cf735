package dev.patchbay.keycloak.drain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.keycloak.change.Change.Kind;
import dev.patchbay.keycloak.config.UnknownAccounts;
import dev.patchbay.keycloak.outbox.Owners;
import dev.patchbay.keycloak.outbox.Remote;
import dev.patchbay.keycloak.outbox.Remotes;
import dev.patchbay.keycloak.outbox.TargetRow.SyncKind;
import dev.patchbay.keycloak.outbox.Targets;
import java.util.List;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/**
 * Accounts at a target that have the id of a user of Keycloak whom nobody is any more, and of whom
 * nothing was kept: a backup was restored, or the target was removed and added again. That this
 * Keycloak made them cannot be proved, so it takes an administrator's word to remove them.
 */
record Orphans(Target target) {
  /** How Keycloak writes the ids of the users it keeps or imports. */
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /**
   * Counts the orphans among accounts that nothing here knows. Those that are to go are known from
   * now on, and another comparison is asked for: it finds that their users are gone, and knows when
   * that is too many at once.
   */
  void look(KeycloakSession session, List<JsonNode> strangers) {
    var owned = new Owners(session).known(strangers.stream().map(Orphans::owner).toList());
    var orphans =
        strangers.stream()
            .filter(each -> FORM.matcher(owner(each)).matches() && !owned.contains(owner(each)))
            .toList();
    var targets = new Targets(session);
    targets.strangers(target.id(), strangers.size() - orphans.size(), orphans.size());
    if (!orphans.isEmpty() && target.config().unknownAccounts() == UnknownAccounts.REMOVE) {
      var remotes = new Remotes(session, target.id());
      orphans.forEach(each -> remotes.put(Kind.USER, known(each)));
      targets.ask(target.id(), SyncKind.LOCAL);
    }
  }

  private static String owner(JsonNode account) {
    return account.path("externalId").asText();
  }

  private static Remote known(JsonNode account) {
    return new Remote(
        owner(account),
        account.path("id").asText(),
        account.path("userName").asText(),
        "",
        Remote.AGAIN,
        account.path("active").asBoolean(true),
        "");
  }
}
