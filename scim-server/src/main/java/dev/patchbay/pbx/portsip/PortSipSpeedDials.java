package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxPart;
import dev.patchbay.pbx.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Speed dials, keyed by list and code: {@code 8/2}, {@code 100/00}. */
final class PortSipSpeedDials implements PortSipPartForm {
  private static final String PREFIX = "/speed_dial_";

  @Override
  public List<String> collections() {
    return List.of(PREFIX + "8", PREFIX + "100");
  }

  @Override
  public String collection(PbxPart part) {
    return PREFIX + part.key().substring(0, part.key().indexOf('/'));
  }

  @Override
  public PbxPart canonical(PbxPart part) {
    return part;
  }

  @Override
  public ObjectNode create(PbxPart part) {
    ObjectNode body = Json.object().put("code", part.key().substring(part.key().indexOf('/') + 1));
    part.get("number").ifPresent(it -> body.put("phone_number", it));
    part.get("description").ifPresent(it -> body.put("description", it));
    return body;
  }

  @Override
  public ObjectNode update(ObjectNode before, PbxPart part, PortSipClearing clearing) {
    ObjectNode body = create(part);
    if (part.get("description").isEmpty()) {
      clearing.clear(body, "description");
    }
    return body;
  }

  @Override
  public boolean changes(PbxPart before, PbxPart part) {
    return true;
  }

  @Override
  public Optional<PbxPart> read(String collection, JsonNode json) {
    var values = new TreeMap<String, String>();
    Json.text(json, "phone_number").ifPresent(it -> values.put("number", it));
    Json.text(json, "description").ifPresent(it -> values.put("description", it));
    var list = collection.substring(PREFIX.length());
    return Json.text(json, "code")
        .flatMap(
            code ->
                Json.text(json, "id")
                    .map(id -> new PbxPart(list + "/" + code, Optional.of(id), values)));
  }

  @Override
  public Optional<String> assignee(PbxPart part) {
    return Optional.empty();
  }
}
