package dev.patchbay.scim;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.ListQuery;
import dev.patchbay.directory.Stored;
import dev.patchbay.schema.FilterParser;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.web.WebResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code /Me}: the user whom the token is about (RFC 7644 §3.11). */
final class MeEndpoint {
  private final ResourceEndpoint users;

  MeEndpoint(ResourceEndpoint users) {
    this.users = users;
  }

  WebResponse get(ScimCall call) throws IOException {
    return users.get(own(call));
  }

  WebResponse replace(ScimCall call) throws IOException {
    return users.replace(own(call));
  }

  WebResponse patch(ScimCall call) throws IOException {
    return users.patch(own(call));
  }

  WebResponse delete(ScimCall call) {
    return users.delete(own(call));
  }

  /** The same request to the user's own address. */
  private static ScimCall own(ScimCall call) {
    var subject =
        call.caller()
            .subject()
            .orElseThrow(() -> new Refusal(Kind.UNSUPPORTED, "this token is nobody's own"));
    return call.about(
        find(call, "externalId", subject)
            .or(() -> find(call, "userName", subject))
            .orElseThrow(() -> new Refusal(Kind.NOT_FOUND, "the token's subject is no user here"))
            .id());
  }

  private static Optional<Stored> find(ScimCall call, String attribute, String subject) {
    var filter = FilterParser.parse(attribute + " eq " + TextNode.valueOf(subject));
    var tenant = call.tenant();
    List<Stored> found =
        tenant
            .directory()
            .list(ListQuery.of(tenant.name(), tenant.type(EntryType.USER), filter, 2))
            .entries();
    if (found.size() > 1) {
      throw new Refusal(
          Kind.CONFLICT, "the token's subject is the " + attribute + " of several users");
    }
    return found.stream().findFirst();
  }
}
