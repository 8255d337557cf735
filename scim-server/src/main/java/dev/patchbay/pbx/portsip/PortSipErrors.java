package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.Json;
import dev.patchbay.pbx.http.StatusErrors;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What PortSIP says beside the status. It documents only "some 4xx" with {@code
 * {"errors":[{"code","message"}]}}. The code goes into our message, PortSIP's own text never: it
 * may repeat a value.
 */
final class PortSipErrors {
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
  private static final Pattern QUOTA_CODE =
      Pattern.compile(".*(QUOTA|LICEN[CS]E|EXTENSION_LIMIT|MAX_EXTENSIONS).*");
  // PortSIP counts requests per minute, so most of a minute may have to pass.
  private static final Duration THROTTLED = Duration.ofSeconds(30);

  private PortSipErrors() {}

  static StatusErrors of(String pbx) {
    return new StatusErrors(pbx, THROTTLED, PortSipErrors::code, PortSipErrors::isFull);
  }

  /** Whether the answer carries PortSIP's error body, and so is PortSIP's and not a proxy's. */
  static boolean fromPortSip(HttpAnswer answer) {
    return Json.read(answer.text()).map(body -> body.path("errors").isArray()).orElse(false);
  }

  private static boolean isFull(HttpAnswer answer) {
    return code(answer).filter(it -> QUOTA_CODE.matcher(it).matches()).isPresent();
  }

  private static Optional<String> code(HttpAnswer answer) {
    return Json.read(answer.text())
        .map(body -> body.path("errors").path(0).path("code"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(code -> CODE.matcher(code).matches());
  }
}
