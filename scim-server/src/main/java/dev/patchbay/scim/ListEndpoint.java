package dev.patchbay.scim;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.directory.EntryType;
import dev.patchbay.directory.ListRendering;
import dev.patchbay.directory.Rendering;
import dev.patchbay.schema.Fields;
import dev.patchbay.schema.Leniency;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.SchemasCheck;
import dev.patchbay.web.BodyWriter;
import dev.patchbay.web.WebResponse;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Lists of the entries of one type, or of several at the base URL (RFC 7644 §3.4.2 and §3.4.3). */
final class ListEndpoint {
  private static final String SEARCH_REQUEST =
      "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

  private final List<EntryType> types;

  ListEndpoint(List<EntryType> types) {
    this.types = List.copyOf(types);
  }

  WebResponse list(ScimCall call) throws IOException {
    return list(call, ListParameters.of(call.request()));
  }

  /** A list whose filter shall not stand in a URL. */
  WebResponse search(ScimCall call) throws IOException {
    var body = call.body();
    if (!call.sender().idp().forgives(Leniency.NO_SCHEMAS)) {
      var schemas = Fields.find(body, "schemas").orElse(MissingNode.getInstance());
      SchemasCheck.requireNamed(schemas, SEARCH_REQUEST);
    }
    try {
      return list(call, ListParameters.of(body));
    } catch (Refusal refusal) {
      // "sensitive" tells the sender of a GET to come here (RFC 7644 §7.5.2); here it is no help.
      throw refusal.kind() == Kind.SENSITIVE
          ? new Refusal(Kind.INVALID_FILTER, refusal.detail())
          : refusal;
    }
  }

  private WebResponse list(ScimCall call, ListParameters asked) throws IOException {
    var directory = call.tenant().directory();
    var schemas = types.stream().map(call.tenant()::type).toList();
    var query = asked.query(call.tenant().name(), schemas, call.base(), directory.cursors()::open);
    var rendering =
        new ListRendering(renderings(call, asked), it -> directory.cursors().seal(it, query));
    var page = directory.list(query);
    BodyWriter writer = out -> rendering.write(page, out);
    return rendering.streams(page) ? ScimJson.streamed(200, writer) : ScimJson.whole(200, writer);
  }

  private Map<EntryType, Rendering> renderings(ScimCall call, ListParameters asked) {
    var renderings = new EnumMap<EntryType, Rendering>(EntryType.class);
    for (EntryType type : types) {
      var projection = asked.projection(call.tenant().type(type));
      renderings.put(type, call.served().renderer(type).rendering(projection, call.base()));
    }
    return renderings;
  }
}
