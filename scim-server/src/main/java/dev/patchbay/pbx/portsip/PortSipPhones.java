package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxPart;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Desk phones, keyed by MAC address in the form the vendor's guide asks for: {@code 0c:38:…}. */
final class PortSipPhones implements PortSipPartForm {
  private static final String COLLECTION = "/phones";
  private static final String CODECS = "codecs";
  private static final String RPS = "rps";

  /** Our names of the values that are plain texts, and PortSIP's. */
  private static final Map<String, String> TEXTS = new LinkedHashMap<>();

  static {
    TEXTS.put("vendor", "vendor");
    TEXTS.put("model", "model");
    TEXTS.put("template", "filename");
    TEXTS.put("timezone", "timezone");
    TEXTS.put("language", "language");
    TEXTS.put("transport", "preferred_transport");
    TEXTS.put("interface", "interface");
    TEXTS.put("serialNumber", "serial_number");
  }

  /** Of no fixed case: reads say {@code English} where the page says {@code ENGLISH}. */
  private static final List<String> WORDS = List.of("language", "transport", "interface");

  /** What the vendor's own example has, for what a create must have and nobody said. */
  private static final Map<String, String> USUAL =
      Map.of(
          "language",
          "ENGLISH",
          "transport",
          "UDP",
          "interface",
          "WEB_DOMAIN",
          CODECS,
          "PCMU PCMA G729 G722",
          RPS,
          "false");

  /** Set by a create only; the phone must be taken away to change them. */
  private static final List<String> FIXED = List.of("vendor", "model", "template");

  private static final List<String> NOT_FOR_UPDATES =
      List.of("id", "mac", "filename", "vendor", "model", "url", "fwver");

  /** No letters and digits that look alike: somebody may have to type it at the phone. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";

  private static final int PASSWORD_LENGTH = 16;

  private final SecureRandom random = new SecureRandom();

  @Override
  public List<String> collections() {
    return List.of(COLLECTION);
  }

  @Override
  public String collection(PbxPart part) {
    return COLLECTION;
  }

  @Override
  public PbxPart canonical(PbxPart part) {
    var values = new TreeMap<>(USUAL);
    values.putAll(part.values());
    WORDS.forEach(name -> values.computeIfPresent(name, (key, text) -> upper(text)));
    values.computeIfPresent(CODECS, (key, text) -> String.join(" ", text.strip().split("\\s+")));
    values.computeIfPresent(RPS, (key, text) -> String.valueOf(Boolean.parseBoolean(text)));
    return new PbxPart(part.key(), part.id(), values);
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  @Override
  public ObjectNode create(PbxPart part) {
    ObjectNode body = Json.object().put("mac", part.key());
    put(body, part);
    return body.put("password", password()).put("transfer", "BLIND");
  }

  /** Of the phone's own web page; nobody is told: an administrator sees it in PortSIP. */
  private String password() {
    var password = new StringBuilder();
    for (int i = 0; i < PASSWORD_LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }

  private static void put(ObjectNode body, PbxPart part) {
    TEXTS.forEach((name, field) -> part.get(name).ifPresent(text -> body.put(field, text)));
    part.get(RPS).ifPresent(text -> body.put(RPS, Boolean.parseBoolean(text)));
    part.get(CODECS)
        .ifPresent(
            text -> {
              var codecs = body.putArray(CODECS);
              List.of(text.split(" ")).forEach(codecs::add);
            });
  }

  @Override
  public ObjectNode update(ObjectNode before, PbxPart part, PortSipClearing clearing) {
    ObjectNode body = before.deepCopy();
    put(body, part);
    if (part.get("serialNumber").isEmpty()) {
      clearing.clear(body, "serial_number");
    }
    body.remove(NOT_FOR_UPDATES);
    return body;
  }

  @Override
  public boolean changes(PbxPart before, PbxPart part) {
    return FIXED.stream().allMatch(name -> before.get(name).equals(part.get(name)));
  }

  @Override
  public Optional<PbxPart> read(String collection, JsonNode json) {
    var values = new TreeMap<String, String>();
    TEXTS.forEach(
        (name, field) -> Json.text(json, field).ifPresent(text -> values.put(name, text)));
    Json.text(json, RPS).ifPresent(text -> values.put(RPS, text));
    var codecs = new ArrayList<String>();
    json.path(CODECS).forEach(codec -> codecs.add(codec.asText()));
    values.put(CODECS, String.join(" ", codecs));
    return Json.text(json, "mac")
        .flatMap(
            mac -> Json.text(json, "id").map(id -> new PbxPart(mac(mac), Optional.of(id), values)))
        .map(this::canonical);
  }

  /** Colons or hyphens, in whatever case: PortSIP's pages show both. */
  private static String mac(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-f]", "").replaceAll("..(?!$)", "$0:");
  }

  @Override
  public Optional<String> assignee(PbxPart part) {
    return Optional.of("/api/phones/" + HttpCall.encode(part.key()) + "/assignee");
  }
}
