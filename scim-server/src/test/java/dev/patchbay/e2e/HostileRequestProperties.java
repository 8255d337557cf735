package dev.patchbay.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Requests mixed at random of what may hurt: each is answered, and costs little. */
class HostileRequestProperties {
  private static final Path CORPUS = Path.of("src/test/resources/hostile");

  /** Longer requests say no more when they are spoilt, and take longer. */
  private static final int SHORT = 20_000;

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "SEARCH", "get");

  private static final List<String> PATHS =
      List.of(
          "/Users",
          "/Groups",
          "/Users/<<user>>",
          "/Groups/<<group>>",
          "/Users/.search",
          "/.search",
          "/Bulk",
          "/Me",
          "/Schemas",
          "/ResourceTypes/User",
          "/ServiceProviderConfig",
          "/Users/%2e%2e",
          "/Users/%00",
          "/Users/a%2fb");

  private static final List<String> PARAMETERS =
      List.of("filter", "count", "startIndex", "attributes", "excludedAttributes", "sortBy");

  /** Of filters, paths, values and names; encoded where they stand in a URL. */
  private static final List<String> WORDS =
      List.of(
          "userName",
          "emails",
          "members",
          "value",
          "type",
          "active",
          "meta.created",
          "password",
          "urn:ietf:params:scim:schemas:core:2.0:User:name.givenName",
          "eq",
          "co",
          "pr",
          "and",
          "or",
          "not",
          "(",
          ")",
          "[",
          "]",
          ".",
          ",",
          ":",
          "\\\"",
          "\\\\",
          "\\\"a\\\"",
          "true",
          "null",
          "1e999999",
          "-1",
          "99999999999999999999",
          "2024-02-30T25:61:61Z",
          " ",
          "%",
          "_",
          "'",
          ";",
          "*",
          "/",
          "..",
          "\\u0000",
          "\\ud800",
          "\\u0130",
          "ß",
          "💩",
          "W/\\\"1\\\"");

  private static final List<String> KEYS =
      List.of(
          "userName",
          "displayName",
          "active",
          "emails",
          "members",
          "name",
          "roles",
          "schemas",
          "id",
          "meta",
          "externalId",
          "password",
          "Operations",
          "op",
          "path",
          "value",
          "filter",
          "count",
          "name.givenName",
          "",
          "urn:ietf:params:scim:schemas:extension:pbx:2.0:User");

  private static final List<String> HEADERS =
      List.of(
          "If-Match",
          "If-None-Match",
          "Accept",
          "Content-Type",
          "Content-Encoding",
          "Expect",
          "Transfer-Encoding",
          "Content-Length",
          "Authorization",
          "X-Forwarded-For",
          "Range");

  private static HostileTarget target;

  @BeforeContainer
  static void start() throws IOException {
    target = HostileTarget.in(Files.createTempDirectory("hostile"));
  }

  @AfterContainer
  static void stop() {
    try {
      target.assertIsWell();
    } finally {
      target.close();
    }
  }

  @Property(tries = 600, shrinking = ShrinkingMode.BOUNDED)
  void anyMixtureIsAnswered(@ForAll("requests") String request) {
    target.send(target.request(request));
  }

  /** What is no HTTP any more may be ended without a word. */
  @Property(tries = 600, shrinking = ShrinkingMode.BOUNDED)
  void anySpoiltRequestIsAnsweredOrEnded(
      @ForAll("corpus") String request, @ForAll("spoilings") List<Spoiling> spoilings) {
    var sent = target.request(request);
    for (Spoiling spoiling : spoilings) {
      sent = new HostileRequest(spoiling.of(sent.head()), spoiling.of(sent.body()));
    }
    target.sendBroken(sent);
  }

  /** Changes some bytes; {@code at} and {@code length} are in thousandths of them all. */
  record Spoiling(int at, int length, String instead) {
    byte[] of(byte[] bytes) {
      int from = bytes.length * at / 1000;
      int to = Math.min(bytes.length, from + bytes.length * length / 1000);
      var out = new ByteArrayOutputStream();
      out.write(bytes, 0, from);
      out.writeBytes(instead.getBytes(UTF_8));
      out.write(bytes, to, bytes.length - to);
      return out.toByteArray();
    }
  }

  @Provide
  Arbitrary<List<Spoiling>> spoilings() {
    var instead = Arbitraries.oneOf(Arbitraries.of(WORDS), Arbitraries.of("\r\n", "\0", "", "{"));
    return Combinators.combine(
            Arbitraries.integers().between(0, 1000),
            Arbitraries.integers().between(0, 200),
            instead)
        .as(Spoiling::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> corpus() {
    return Arbitraries.of(shortRequests());
  }

  private static List<String> shortRequests() {
    var requests = new ArrayList<String>();
    try (var files = Files.list(CORPUS)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".http")).sorted().toList()) {
        var text = Files.readString(file).split("\n", 2)[1];
        if (HostileRequest.parse(text, "", Map.of()).body().length < SHORT) {
          requests.add(text);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return requests;
  }

  @Provide
  Arbitrary<String> requests() {
    return Combinators.combine(
            Arbitraries.of(METHODS),
            Arbitraries.of(PATHS),
            query(),
            headers(),
            json(3).optional(0.8))
        .as(
            (method, path, query, headers, body) ->
                method + " " + path + query + headers + body.map(it -> "\n\n" + it).orElse(""));
  }

  private static Arbitrary<String> query() {
    return Combinators.combine(Arbitraries.of(PARAMETERS), words())
        .as((name, value) -> name + "=" + encoded(value))
        .list()
        .ofMaxSize(3)
        .map(it -> it.isEmpty() ? "" : "?" + String.join("&", it));
  }

  private static String encoded(String text) {
    var out = new StringBuilder();
    for (byte it : text.replace("\\\"", "\"").getBytes(UTF_8)) {
      out.append("%%%02x".formatted(it));
    }
    return out.toString();
  }

  private static Arbitrary<String> headers() {
    return Combinators.combine(Arbitraries.of(HEADERS), words())
        .as((name, value) -> "\n" + name + ": " + value)
        .list()
        .ofMaxSize(2)
        .map(it -> String.join("", it));
  }

  private static Arbitrary<String> words() {
    return Arbitraries.of(WORDS).list().ofMaxSize(12).map(it -> String.join(" ", it));
  }

  private static Arbitrary<String> json(int depth) {
    var text = words().map(it -> "\"" + it + "\"");
    var plain = Arbitraries.of("true", "null", "1", "-0.5e400", "[]", "{}", "\"<<user>>\"", "tru");
    if (depth == 0) {
      return Arbitraries.oneOf(text, plain);
    }
    var inner = json(depth - 1);
    var list = inner.list().ofMaxSize(4).map(it -> "[" + String.join(",", it) + "]");
    var field =
        Combinators.combine(Arbitraries.of(KEYS), inner).as((key, it) -> "\"" + key + "\":" + it);
    var object = field.list().ofMaxSize(5).map(it -> "{" + String.join(",", it) + "}");
    return Arbitraries.frequencyOf(
        Tuple.of(6, object),
        Tuple.of(2, list),
        Tuple.of(1, text),
        Tuple.of(1, plain),
        Tuple.of(4, request(inner)));
  }

  /** Near enough to a real one to come far. */
  private static Arbitrary<String> request(Arbitrary<String> value) {
    var patch = "{\"Operations\":[{\"op\":\"%s\",\"path\":\"%s\",\"value\":%s}]}";
    var ops =
        Combinators.combine(Arbitraries.of("add", "replace", "remove"), words(), value)
            .as((op, path, it) -> patch.formatted(op, path.replace(" ", ""), it));
    var user =
        Combinators.combine(words(), Arbitraries.of(KEYS), value)
            .as((name, key, it) -> "{\"userName\":\"%s\",\"%s\":%s}".formatted(name, key, it));
    return Arbitraries.oneOf(ops, user);
  }
}
