package dev.patchbay.emulator.ipcortex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.ipcortex.Undocumented.Empty;
import dev.patchbay.emulator.ipcortex.Undocumented.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a call makes of a user's columns. */
record UserValues(Account account, Undocumented undocumented) {
  private static final Pattern COMPANY = Pattern.compile("[a-zA-Z0-9_]{1,32}");
  private static final Pattern COMPANY_NAME = Pattern.compile("[a-zA-Z0-9.,;\\-_ ]{1,240}");
  private static final List<String> INDEXED = List.of("contact_id", "uname", "owned_extension");

  /** The body of a new user. */
  ObjectNode created(ObjectNode sent, Caller caller, Users users) {
    if (!sent.path("uname").isTextual()) {
      throw fail("uname is required");
    }
    ObjectNode user = Json.object();
    for (Column column : Column.values()) {
      user.putNull(column.word());
    }
    user.put("can_hotdesk", true).put("can_webrtc", 0).put("can_teams", 0);
    user.put("company", company(sent, caller)).put("roleid", Role.USER.id());
    sent.properties().forEach(value -> put(user, value, true));
    requireFree(users, user, 0);
    return user;
  }

  private String company(ObjectNode sent, Caller caller) {
    String company = sent.path("company").asText(caller.company());
    if (!COMPANY.matcher(company).matches()) {
      throw fail("no such company");
    }
    if (!caller.administrates(company)) {
      throw fail("permission denied");
    }
    return company;
  }

  /** The user after an update; what the caller may not set stays as it is, and so does company. */
  Users.Row updated(Users.Row row, ObjectNode sent, Caller caller, Users users) {
    ObjectNode user = row.body().deepCopy();
    boolean administrator = caller.administrates();
    sent.properties().forEach(value -> put(user, value, administrator));
    requireFree(users, user, row.id());
    Optional<String> password = administrator ? password(sent) : Optional.empty();
    return new Users.Row(row.id(), password.orElse(row.password()), user);
  }

  /** How the password that was sent is kept. */
  Optional<String> password(ObjectNode sent) {
    try {
      return Secrets.kept(sent);
    } catch (IllegalArgumentException wrong) {
      throw fail(String.valueOf(wrong.getMessage()));
    }
  }

  private void put(ObjectNode user, Map.Entry<String, JsonNode> sent, boolean administrator) {
    JsonNode value = sent.getValue();
    if (value.isNull()) {
      return;
    }
    if (sent.getKey().equals("roleid") && administrator) {
      user.put("roleid", Role.of(value).orElseThrow(() -> fail("no such role")).id());
    }
    Column.of(sent.getKey())
        .filter(column -> administrator || column.isForEverybody())
        .ifPresent(column -> put(user, column, value));
  }

  private void put(ObjectNode user, Column column, JsonNode value) {
    boolean empty = value.isTextual() && value.textValue().isEmpty();
    if (!column.takes(value) || !mayBeCalled(column, value)) {
      throw fail("invalid " + column.word());
    }
    if (!empty) {
      user.set(column.word(), value);
    } else if (undocumented.empty() == Empty.CLEARS) {
      user.putNull(column.word());
    }
  }

  private boolean mayBeCalled(Column column, JsonNode value) {
    String text = value.asText();
    return undocumented.names() == Names.ANY
        || text.isEmpty()
        || switch (column) {
          case UNAME -> !text.contains("@");
          case NAME -> COMPANY_NAME.matcher(text).matches();
          default -> true;
        };
  }

  private void requireFree(Users users, ObjectNode user, long id) {
    for (String column : new String[] {"uname", "owned_extension"}) {
      String value = user.path(column).asText("");
      boolean taken =
          !value.isEmpty()
              && !user.path(column).isNull()
              && users.having(column, value).stream().anyMatch(row -> row.id() != id);
      if (taken) {
        throw fail(column + " is taken");
      }
    }
    if (user.path("uname").asText().equals(account.username())) {
      throw fail("uname is taken");
    }
  }

  /** The users a scope may be about: one where it names a key. */
  static List<Users.Row> candidates(Users users, ObjectNode scope) {
    return INDEXED.stream()
        .filter(scope::hasNonNull)
        .findFirst()
        .map(key -> users.having(key, scope.path(key).asText()))
        .orElseGet(users::all);
  }

  /** Every member of a scope must be equal. */
  static boolean matches(Users.Row row, ObjectNode scope) {
    ObjectNode shown = row.shown();
    return scope.properties().stream()
        .allMatch(it -> shown.path(it.getKey()).asText("").equals(it.getValue().asText("")));
  }

  /** The columns asked for; all of them if none is. */
  static ObjectNode shown(Users.Row row, JsonNode columns) {
    ObjectNode all = row.shown();
    ObjectNode shown = columns.isEmpty() ? all.deepCopy() : Json.object();
    columns.forEach(
        column -> {
          if (all.has(column.asText())) {
            shown.set(column.asText(), all.path(column.asText()));
          }
        });
    if (shown.has("roleid")) {
      shown.put("rolename", row.role().word());
    }
    return shown;
  }

  private Fail fail(String message) {
    return new Fail(undocumented.failStatus(), message);
  }
}
