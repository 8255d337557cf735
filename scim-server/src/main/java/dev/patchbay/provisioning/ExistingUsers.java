package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Adoption;
import dev.patchbay.directory.Applied;
import dev.patchbay.directory.Life;
import dev.patchbay.mapping.AccountSecrets;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.schema.ResourceTypes;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** Users whom a create finds on the PBX: linked to by an operator, or deleted and kept there. */
final class ExistingUsers {
  private final Tenant tenant;
  private final UserLinks links;
  private final Revivals revivals;

  ExistingUsers(Tenant tenant, UserLinks links, Probe probe) {
    this.tenant = tenant;
    this.links = links;
    this.revivals = new Revivals(tenant, probe);
  }

  /**
   * A user that the person has on the PBX already.
   *
   * @param life what its create is called until it was accepted
   * @param before what it is again if the create is refused
   * @param taking makes it the new entry's, in the commit that begins the create
   */
  record Existing(
      String name,
      String extension,
      Applied applied,
      Life life,
      Optional<ObjectNode> before,
      BiConsumer<Handle, String> taking) {
    /** The resource with the name and number that its owner has already. */
    ObjectNode named(ObjectNode resource) {
      var named = resource.deepCopy();
      var pbx = named.withObjectProperty(ResourceTypes.PBX_USER).put("pbxUserName", name);
      if (!extension.isEmpty()) {
        pbx.put("extensionNumber", extension);
      }
      return named;
    }
  }

  /**
   * @param confirmed who of the PBX's users an operator says the person is
   */
  Optional<Existing> of(String source, ObjectNode body, List<Adoption> confirmed) {
    return links
        .read(confirmed)
        .map(this::linked)
        .or(() -> revivals.of(source, body).map(this::revived));
  }

  private Existing linked(UserLinks.Link link) {
    return new Existing(
        link.adoption().name(),
        link.adoption().extension().orElse(""),
        link.applied(),
        Life.CREATING,
        Optional.empty(),
        (handle, id) -> links.take(handle, link, id));
  }

  private Existing revived(Revivals.Revival revival) {
    return new Existing(
        revival.name(),
        revival.extension(),
        revival.applied(),
        Life.REVIVING,
        Optional.of(revival.retained().resource()),
        (handle, id) -> revivals.take(handle, revival, id));
  }

  /** The wish with those of its secrets that somebody gets who is there already. */
  Wish secret(Wish wish, Existing existing) {
    if (!wish.hasSecrets()) {
      return wish;
    }
    var name = existing.name();
    var extension = existing.extension();
    var secrets = secrets();
    return new Wish(
        wish.resource(),
        secrets.linkedPassword(wish.password(), name, extension),
        secrets.newExtensionPassword(wish.extensionPassword(), name, extension),
        secrets.newVoicemailPin(wish.voicemailPin()));
  }

  private AccountSecrets secrets() {
    try {
      return tenant.secrets();
    } catch (PbxException.Unavailable e) {
      throw Answers.later(e);
    }
  }
}
