package dev.patchbay.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Fields;
import dev.patchbay.schema.IdentityProvider;
import dev.patchbay.schema.Leniency;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.Refusal.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A BulkRequest as it was sent (RFC 7644 §3.7).
 *
 * @param failOnErrors how many errors end it
 * @param creators which operation makes what is called so, by bulkId
 */
record BulkRequest(
    List<BulkOperation> operations, Optional<Integer> failOnErrors, Map<String, Integer> creators) {
  private static final String URN = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

  /**
   * Reads the envelope; an operation that is wrong in itself is part of it.
   *
   * @throws Refusal where what is wrong concerns them all
   */
  static BulkRequest of(
      ObjectNode body, IdentityProvider idp, int maxOperations, Set<String> endpoints) {
    checkSchemas(Fields.find(body, "schemas"), idp);
    if (!(Fields.find(body, "Operations").orElse(body.path("Operations")) instanceof ArrayNode sent)
        || sent.isEmpty()) {
      throw new Refusal(Kind.INVALID_SYNTAX, "Operations: must be a list of at least one");
    }
    if (sent.size() > maxOperations) {
      throw new Refusal(
          Kind.TOO_LARGE,
          "Operations: " + sent.size() + " are more than maxOperations (" + maxOperations + ")");
    }
    var operations = new ArrayList<BulkOperation>();
    sent.forEach(it -> operations.add(BulkOperation.of(it, endpoints)));
    return new BulkRequest(List.copyOf(operations), failOnErrors(body), creators(operations));
  }

  private static void checkSchemas(Optional<JsonNode> sent, IdentityProvider idp) {
    if (sent.isEmpty() && idp.forgives(Leniency.NO_SCHEMAS)) {
      return;
    }
    for (var urn : sent.orElse(MissingNode.getInstance())) {
      if (urn.asText().equalsIgnoreCase(URN)) {
        return;
      }
    }
    throw new Refusal(Kind.INVALID_SYNTAX, "schemas: must have " + URN);
  }

  private static Optional<Integer> failOnErrors(ObjectNode body) {
    var sent = Fields.find(body, "failOnErrors").filter(it -> !it.isNull());
    if (sent.isPresent()
        && !(sent.get().isIntegralNumber()
            && sent.get().canConvertToInt()
            && sent.get().asInt() > 0)) {
      throw new Refusal(Kind.INVALID_VALUE, "failOnErrors: must be a whole number above 0");
    }
    return sent.map(it -> it.asInt());
  }

  private static Map<String, Integer> creators(List<BulkOperation> operations) {
    var seen = new HashSet<String>();
    var creators = new HashMap<String, Integer>();
    for (int i = 0; i < operations.size(); i++) {
      var operation = operations.get(i);
      var bulkId = operation.bulkId();
      if (bulkId.isPresent() && !seen.add(bulkId.get())) {
        throw new Refusal(
            Kind.INVALID_VALUE,
            "bulkId: " + Refusal.quoted(bulkId.get()) + " is that of two operations");
      }
      if (bulkId.isPresent() && operation.creates()) {
        creators.put(bulkId.get(), i);
      }
    }
    return Map.copyOf(creators);
  }
}
