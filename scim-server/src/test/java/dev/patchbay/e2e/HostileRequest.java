package dev.patchbay.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that no HTTP client would send, as bytes; src/test/resources/hostile/README.md has its
 * notation.
 *
 * @param head request line and headers, with the empty line behind them
 */
@SuppressWarnings("ArrayRecordComponent") // bytes for the wire, which nobody compares
record HostileRequest(byte[] head, byte[] body) {
  private static final Pattern SPECIAL =
      Pattern.compile("<<(?:(.+?) x (\\d+)|x([0-9A-F]+))>>", Pattern.DOTALL);

  /**
   * Reads one.
   *
   * @param base the path before {@code /Users}
   * @param defaults headers that are sent unless the text has them, or leaves them out with a minus
   */
  static HostileRequest parse(String text, String base, Map<String, String> defaults) {
    int end = text.indexOf("\n\n");
    var lines = (end < 0 ? text.strip() : text.substring(0, end)).split("\n", -1);
    var body = end < 0 ? new byte[0] : bytes(text.substring(end + 2).replaceFirst("\n$", ""));
    var headers = new LinkedHashMap<>(defaults);
    if (end >= 0) {
      headers.put("Content-Length", Integer.toString(body.length));
    }
    var head = new StringBuilder(requestLine(lines[0], base));
    for (int i = 1; i < lines.length; i++) {
      var name = lines[i].replaceFirst("^-", "").split(":", 2)[0];
      headers.keySet().removeIf(name::equalsIgnoreCase);
      head.append(lines[i].startsWith("-") ? "" : "\r\n" + lines[i]);
    }
    headers.forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    return new HostileRequest(bytes(head + "\r\n\r\n"), body);
  }

  private static String requestLine(String line, String base) {
    var placed = line.replaceFirst(" /", " " + base + "/").replaceFirst(" =", " ");
    return placed.contains(" HTTP/") ? placed : placed + " HTTP/1.1";
  }

  private static byte[] bytes(String text) {
    var out = new ByteArrayOutputStream();
    Matcher special = SPECIAL.matcher(text);
    int at = 0;
    while (special.find()) {
      out.writeBytes(plain(text.substring(at, special.start())));
      out.writeBytes(
          special.group(3) == null
              ? repeated(special.group(1), Integer.parseInt(special.group(2)))
              : HexFormat.of().parseHex(special.group(3)));
      at = special.end();
    }
    out.writeBytes(plain(text.substring(at)));
    return out.toByteArray();
  }

  private static byte[] repeated(String part, int times) {
    var out = new StringBuilder();
    for (int i = 0; i < times; i++) {
      out.append(part.replace("#", Integer.toString(i)));
    }
    return plain(out.toString());
  }

  private static byte[] plain(String text) {
    return text.replace('␍', '\r').replace('␊', '\n').getBytes(StandardCharsets.UTF_8);
  }
}
