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
        .control("POST", "/_emulator/users/{name}/devices", this::register)
        .control("PUT", "/_emulator/ms365/users", this::microsoftUsers);
  }

  private WebResponse plant(WebRequest request) {
    return Answers.created("id", newUser.plant(Json.object(Json.required(request.body()))));
  }

  /** A device signs in as the user. */
  private WebResponse register(WebRequest request) {
    String instance = Ids.next();
    ObjectNode device =
        Json.object()
            .put("id", instance)
            .put("instance_id", instance)
            .put("user_agent", "Fanvil V62 Pro")
            .put("application", "desk phone")
            .put("ip", "192.0.2.17")
            .put("enable_push", false)
            .put("contact_address", "sip:" + request.param("name") + "@192.0.2.17:5060");
    return store.write(
        handle -> {
          var user =
              new Users(handle)
                  .named(request.param("name"))
                  .orElseThrow(() -> ApiError.notFound("user"));
          new Parts(handle, UsersApi.DEVICES).insert(user.id(), instance, device);
          return Answers.created("id", instance);
        });
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
