package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Routes;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;
import java.util.ArrayList;

/** What a test orders of a PortSIP beyond faults: users and people that came from elsewhere. */
record Orders(EmulatedStore store, NewUser newUser) {
  void addTo(Routes routes) {
    routes
        .control("POST", "/_emulator/users", this::plant)
        .control("PUT", "/_emulator/ms365/users", this::microsoftUsers);
  }

  private WebResponse plant(WebRequest request) {
    return Answers.created("id", newUser.plant(Json.object(Json.required(request.body()))));
  }

  private WebResponse microsoftUsers(WebRequest request) {
    var people = new ArrayList<ObjectNode>();
    Json.required(request.body())
        .forEach(each -> people.add(MicrosoftUsers.FIELDS.create(Json.object(each))));
    store.write(
        handle -> {
          new MicrosoftUsers(handle).replace(people);
          return people.size();
        });
    return WebResponse.of(204);
  }
}
