package dev.patchbay.emulator.portsip;

import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.web.WebRequest;
import java.util.Locale;
import java.util.Optional;

/** Whether a call's token lets it in. */
record Admission(Sessions sessions, EmulatedStore store) {
  private static final String BEARER = "bearer ";

  /** Whose call it is; throws {@link ApiError} when it may not be made. */
  Caller admit(WebRequest request, Need need) {
    if (need == Need.NOTHING) {
      return new Caller.Nobody();
    }
    Caller caller = bearer(request).flatMap(sessions::caller).orElseThrow(ApiError::unauthorized);
    if (caller instanceof Caller.User user) {
      admit(user, need);
    }
    return caller;
  }

  private void admit(Caller.User user, Need need) {
    UserRow row =
        store
            .read(handle -> new Users(handle).find(user.id()))
            .filter(UserRow::enabled)
            .orElseThrow(ApiError::unauthorized);
    boolean allowed =
        switch (need) {
          case NOTHING, TOKEN -> true;
          case USERS -> permits(row.role(), "users");
          case ROLES -> permits(row.role(), "roles");
        };
    if (!allowed) {
      throw ApiError.forbidden("the role " + row.role() + " does not allow this");
    }
  }

  private boolean permits(String role, String what) {
    return store
        .read(handle -> new Roles(handle).find(role))
        .map(it -> it.path("permissions").path("user_management").path(what).asBoolean(false))
        .orElse(false);
  }

  /** The token of the Authorization header. */
  static Optional<String> bearer(WebRequest request) {
    return request
        .header("Authorization")
        .filter(it -> it.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(it -> it.substring(BEARER.length()).strip());
  }
}
