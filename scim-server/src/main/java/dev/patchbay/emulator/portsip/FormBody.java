package dev.patchbay.emulator.portsip;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A body of {@code application/x-www-form-urlencoded}. */
final class FormBody {
  private final Map<String, String> fields = new HashMap<>();

  FormBody(byte[] body) {
    for (String pair : new String(body, StandardCharsets.US_ASCII).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      fields.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw ApiError.invalid("a form expected as the body");
    }
  }

  /** Throws {@link ApiError} if it is missing or empty. */
  String required(String name) {
    String value = fields.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw ApiError.invalid(Map.of(name, "is required"));
    }
    return value;
  }
}
