package dev.patchbay.emulator.crmcom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Routes;
import dev.patchbay.emulator.crmcom.Undocumented.NeedlessExtension;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** {@code users/create}, the one thing that can be done with users. */
final class UsersApi {
  static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS users (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        username TEXT NOT NULL UNIQUE COLLATE NOCASE,
        body TEXT NOT NULL);
      """;
  private static final Set<String> NOT_KEPT =
      Set.of("token", "password", "password_confirmation", "fields_set");
  private static final DateTimeFormatter DAY_FIRST = DateTimeFormatter.ofPattern("dd/MM/uuuu");
  private static final String EXTENSION = "cti_phone_extension_number";

  private final EmulatedStore store;
  private final CrmComOptions options;
  private final Tokens tokens;
  private final UserForm form;

  UsersApi(EmulatedStore store, CrmComOptions options, Tokens tokens) {
    this.store = store;
    this.options = options;
    this.tokens = tokens;
    this.form =
        new UserForm(is(Otherwise.DAY_FIRST) ? DAY_FIRST : DateTimeFormatter.ISO_LOCAL_DATE);
  }

  private boolean is(Otherwise way) {
    return options.undocumented().otherwise().contains(way);
  }

  void addTo(Routes routes) {
    routes
        .call("POST", options.prefix() + "/users/create", this::create)
        .control("GET", "/_emulator/users", request -> Json.ok(Json.array().addAll(all())))
        .control("POST", "/_emulator/users", this::plant);
  }

  /** Everybody, since no call of the vendor's shows them. */
  List<ObjectNode> all() {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT body FROM users ORDER BY id")
                .mapTo(String.class)
                .list()
                .stream()
                .map(Json::stored)
                .toList());
  }

  private WebResponse create(WebRequest request) {
    ObjectNode body = body(request);
    if (!tokens.good(body.path("token").asText())) {
      int status = is(Otherwise.TOKEN_401) ? 401 : options.undocumented().refusalStatus();
      throw new Refused(status, "the token is invalid or has expired");
    }
    ObjectNode shown = shown(added(body), body.path("fields_set").asText());
    return is(Otherwise.BARE_USER) ? Json.ok(shown) : Envelope.ok(shown);
  }

  /** A stranger's user: the same rules, no token. */
  private WebResponse plant(WebRequest request) {
    return Json.ok(added(body(request)));
  }

  private ObjectNode added(ObjectNode body) {
    form.broken(body)
        .ifPresent(
            rule -> {
              throw refused(rule);
            });
    EmulatedTemplate template = template(body.path("user_template_identifier"));
    boolean numbered = !body.path(EXTENSION).asText().isBlank();
    if (template.ctiEnabled() && !numbered) {
      throw refused(EXTENSION + " is mandatory: the template's account is CTI enabled");
    }
    if (!template.ctiEnabled()
        && numbered
        && options.undocumented().needlessExtension() == NeedlessExtension.REFUSED) {
      throw refused(EXTENSION + " is not allowed: the template's account is not CTI enabled");
    }
    return store.write(handle -> insert(handle, body, template));
  }

  private ObjectNode insert(Handle handle, ObjectNode body, EmulatedTemplate template) {
    String username = body.path("username").textValue();
    boolean taken =
        handle
            .createQuery("SELECT count(*) > 0 FROM users WHERE username = :username")
            .bind("username", username)
            .mapTo(Boolean.class)
            .one();
    if (taken) {
      throw refused(options.undocumented().taken().text(username));
    }
    long id =
        handle
            .createUpdate("INSERT INTO users (username, body) VALUES (:username, '')")
            .bind("username", username)
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    ObjectNode user = kept(body, template).put("id", String.valueOf(id)).put("state", "ACTIVE");
    handle.execute("UPDATE users SET body = ? WHERE id = ?", user.toString(), id);
    return user;
  }

  private static ObjectNode kept(ObjectNode body, EmulatedTemplate template) {
    ObjectNode user = body.deepCopy();
    user.remove(NOT_KEPT);
    if (!template.ctiEnabled()) {
      user.remove(EXTENSION);
    }
    return user;
  }

  private EmulatedTemplate template(JsonNode identifier) {
    if (identifier.size() != 1) {
      throw refused("user_template_identifier must have exactly one identifier");
    }
    String key = identifier.fieldNames().next();
    String value = identifier.get(key).asText();
    return options.templates().stream()
        .filter(it -> options.undocumented().identifiers().contains(key))
        .filter(it -> value.equals(key.equals("id") ? it.id() : it.name()))
        .findFirst()
        .orElseThrow(() -> refused("user_template_identifier names no template"));
  }

  private ObjectNode shown(ObjectNode user, String fields) {
    ObjectNode shown = user.deepCopy();
    if (!fields.isBlank()) {
      shown.retain(Arrays.stream(fields.split(",")).map(String::strip).collect(Collectors.toSet()));
    }
    return switch (options.undocumented().newId()) {
      case DATA -> shown;
      case DATA_USER -> Json.object().set("user", shown);
      case NOWHERE -> shown.without("id");
    };
  }

  private ObjectNode body(WebRequest request) {
    return Json.parse(request.body())
        .filter(JsonNode::isObject)
        .map(ObjectNode.class::cast)
        .orElseThrow(() -> refused("a JSON object expected as the body"));
  }

  private Refused refused(String message) {
    return new Refused(options.undocumented().refusalStatus(), message);
  }
}
