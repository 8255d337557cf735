package dev.patchbay.emulator.portsip;

import static dev.patchbay.emulator.portsip.Need.USERS;

import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.web.WebResponse;

/** Reads of what rings a user's phone. */
record ServicesOfUserApi(EmulatedStore store) {
  void addTo(PortSipRoutes routes) {
    routes
        .get("/api/users/{id}/call_queues", USERS, it -> of(it, Service.CALL_QUEUE))
        .get("/api/users/{id}/ring_groups", USERS, it -> of(it, Service.RING_GROUP));
  }

  private WebResponse of(ApiRequest request, Service kind) {
    return store.read(
        handle -> {
          var user = new Users(handle).get(request.param("id"));
          return Answers.items(new Services(handle, kind).of(user.id()));
        });
  }
}
