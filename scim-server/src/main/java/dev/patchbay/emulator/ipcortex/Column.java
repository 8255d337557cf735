package dev.patchbay.emulator.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The columns of a user that may be written, secrets and the role apart. */
enum Column {
  UNAME(By.ADMINISTRATOR, text("[A-Za-z0-9._@-]{1,64}")),
  NAME(By.ITSELF, text("(?s).{0,240}")),
  OWNED_EXTENSION(By.ADMINISTRATOR, text("[0-9]{0,64}")),
  OWNED_PHONEID(By.ADMINISTRATOR, text("[0-9A-Za-z:.-]{0,64}")),
  CAN_HOTDESK(By.ADMINISTRATOR, flag()),
  CAN_FORWARD(By.ADMINISTRATOR, flag()),
  XMPP_FLAGS_ADD(By.ADMINISTRATOR, flag()),
  XMPP_FLAGS_AUTH(By.ADMINISTRATOR, flag()),
  CAN_WEBRTC(By.ADMINISTRATOR, number(-1, 3)),
  CAN_TEAMS(By.ADMINISTRATOR, number(-1, 1)),
  EMAIL(By.ITSELF, text(".{0,240}")),
  EMAIL_VM(By.ITSELF, flag()),
  EMAIL_VM_ATT(By.ITSELF, flag()),
  EMAIL_VM_DEL(By.ITSELF, flag()),
  EMAIL_MON(By.ITSELF, flag()),
  EMAIL_MON_DEL(By.ITSELF, flag()),
  VMAIL_MON(By.ITSELF, flag()),
  CALL_BY_ALL(By.ADMINISTRATOR, flag()),
  VACATION(By.ADMINISTRATOR, text(".{0,64}")),
  VACATION_MODE(By.ADMINISTRATOR, text("off|all|myext|owned")),
  ADMIN_COMPANY(By.ADMINISTRATOR, JsonNode::isArray);

  /** Who may write a column; what others send is silently ignored. */
  private enum By {
    ADMINISTRATOR,
    ITSELF
  }

  private final By by;

  @SuppressWarnings("ImmutableEnumChecker") // they keep nothing
  private final Predicate<JsonNode> form;

  Column(By by, Predicate<JsonNode> form) {
    this.by = by;
    this.form = form;
  }

  /** As it is called in JSON. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isForEverybody() {
    return by == By.ITSELF;
  }

  boolean takes(JsonNode value) {
    return form.test(value);
  }

  static Optional<Column> of(String word) {
    return Arrays.stream(values()).filter(column -> column.word().equals(word)).findFirst();
  }

  private static Predicate<JsonNode> text(String form) {
    Pattern pattern = Pattern.compile(form);
    return value -> value.isTextual() && pattern.matcher(value.textValue()).matches();
  }

  private static Predicate<JsonNode> flag() {
    return JsonNode::isBoolean;
  }

  private static Predicate<JsonNode> number(int least, int most) {
    return value -> value.isInt() && value.intValue() >= least && value.intValue() <= most;
  }
}
