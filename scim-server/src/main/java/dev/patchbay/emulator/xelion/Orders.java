package dev.patchbay.emulator.xelion;

import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Routes;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;

/** What a test orders of a Xelion beyond faults: phone lines, which no call makes. */
record Orders(EmulatedStore store) {
  void addTo(Routes routes) {
    routes.control("POST", "/_emulator/lines", this::plant);
  }

  private WebResponse plant(WebRequest request) {
    String name = Json.object(Json.required(request.body())).path("commonName").asText();
    return store.write(
        handle -> {
          var lines = new Teams(handle, Team.LINE);
          return Json.answer(201, lines.get(lines.create(name)));
        });
  }
}
