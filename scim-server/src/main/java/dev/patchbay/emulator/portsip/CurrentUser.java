package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;

/** The token's own user. */
final class CurrentUser {
  private CurrentUser() {}

  /** As the single read shows it; the service account has no row and few fields. */
  static ObjectNode of(EmulatedStore store, EmulatedAccess access, Caller caller) {
    return switch (caller) {
      case Caller.User user ->
          UserFields.of(Level.V22_2)
              .read(store.read(handle -> new Users(handle).get(user.id())).body());
      case Caller.ServiceAccount account ->
          UserFields.of(Level.V22_2)
              .read(
                  Json.object()
                      .put("name", access.username())
                      .put("display_name", access.username())
                      .put("role", "Admin")
                      .put("enabled", true));
      case Caller.Nobody nobody -> throw ApiError.unauthorized();
    };
  }
}
