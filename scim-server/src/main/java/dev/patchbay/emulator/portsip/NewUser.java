package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Passwords;
import dev.patchbay.emulator.portsip.Undocumented.RoleGivenBy;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What a new user must be, beyond the form of its fields. */
record NewUser(EmulatedStore store, PortSipEmulatorOptions options) {
  /** Made by the PBX itself from Microsoft 365, so without passwords we knew. */
  private static final String SYNCED = "Microsoft 365";

  /** Makes the user and gives its id; throws {@link ApiError} if it may not be. */
  String create(ObjectNode body) {
    ObjectNode user = ForwardRules.complete(options.users().create(body));
    var secrets = new LinkedHashMap<String, String>();
    UserFields.SECRETS.forEach(name -> secrets.put(name, user.remove(name).asText()));
    checkPasswords(user, secrets);
    String given = user.path("role").asText();
    String role = store.read(handle -> role(new Roles(handle), given));
    user.put("role", role);
    return insert(user, Passwords.hash(secrets.getOrDefault("password", "")));
  }

  /** Makes a user as the PBX's own synchronisation would; what it lacks is made up. */
  String plant(ObjectNode body) {
    ObjectNode given = body.deepCopy();
    String source = given.path("sync_type").asText(SYNCED);
    given.remove("sync_type");
    String name = given.path("name").asText();
    Map.of(
            "password", "(none)",
            "extension_password", "(none)",
            "voicemail_pin", "749205",
            "role", "StandardUser",
            "display_name", name,
            "email", name + "@example.com")
        .forEach(
            (field, value) -> {
              if (!given.hasNonNull(field)) {
                given.put(field, value);
              }
            });
    ObjectNode user = options.users().create(given);
    user.remove(UserFields.SECRETS);
    String role = user.path("role").asText();
    if (store.read(handle -> new Roles(handle).find(role)).isEmpty()) {
      throw ApiError.invalid(Map.of("role", "is no role of this tenant"));
    }
    return insert(user.put("sync_type", source), Passwords.NONE);
  }

  /** Throws {@link ApiError} naming each field whose password the tenant's policy refuses. */
  void checkPasswords(ObjectNode user, Map<String, String> passwords) {
    String name = user.path("name").asText();
    String extension = user.path("extension_number").asText();
    var faults = new LinkedHashMap<String, String>();
    passwords.forEach(
        (field, password) ->
            options
                .limits()
                .passwordPolicy()
                .broken(password, name, extension)
                .ifPresent(rule -> faults.put(field, rule)));
    if (!faults.isEmpty()) {
      throw ApiError.invalid(faults);
    }
  }

  /** The name of the role that a call gives; {@link ApiError} if the tenant has none such. */
  String role(Roles roles, String given) {
    boolean byId = options.rolesById() && options.undocumented().roleGivenBy() == RoleGivenBy.ID;
    return (byId ? roles.ofId(given) : roles.named(given, options.undocumented()))
        .map(role -> role.path("name").asText())
        .orElseThrow(() -> ApiError.invalid(Map.of("role", "is no role of this tenant")));
  }

  private String insert(ObjectNode user, String passwordHash) {
    String id = Ids.next();
    user.put("id", id);
    user.put("created_at", options.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return store.write(
        handle -> {
          checkFree(handle, user);
          checkRoom(handle);
          new Users(handle).insert(user, passwordHash);
          new Groups(handle).inherit(new UserRow(id, Optional.empty(), user));
          return id;
        });
  }

  private void checkFree(Handle handle, ObjectNode user) {
    var users = new Users(handle);
    if (users.anyWith("name", user.path("name").asText())) {
      throw options.undocumented().duplicate("user name already exists");
    }
    String extension = user.path("extension_number").asText();
    if (options.limits().reservedExtensions().contains(extension)
        || new Numbers(handle, options.undocumented()).isTaken(extension)) {
      throw options.undocumented().duplicate("extension number already exists");
    }
  }

  private void checkRoom(Handle handle) {
    options
        .limits()
        .maxExtensions()
        .ifPresent(
            most -> {
              if (new Users(handle).count() >= most) {
                throw new ApiError(
                    400, "MAX_EXTENSIONS_EXCEEDED", "the tenant holds its " + most + " extensions");
              }
            });
  }
}
