package dev.patchbay.emulator.ipcortex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.emulator.EmulatedStore;
import dev.patchbay.emulator.Json;
import dev.patchbay.emulator.Refusal;
import dev.patchbay.emulator.Routes;
import dev.patchbay.emulator.ipcortex.Account.Right;
import dev.patchbay.web.WebRequest;
import dev.patchbay.web.WebResponse;

/** What a test orders of an IPCortex beyond faults: users that somebody else made. */
record Orders(EmulatedStore store, Account account, UserValues values) {
  void addTo(Routes routes) {
    routes.control("POST", "/_emulator/users", this::plant);
  }

  private WebResponse plant(WebRequest request) {
    ObjectNode sent = Json.object(Json.required(request.body()));
    var everybody = new Caller(0, account.username(), account.company(), Right.SYSTEM_ADMIN);
    long id = store.write(handle -> insert(new Users(handle), sent, everybody));
    return Json.answer(201, Json.object().put("contact_id", id));
  }

  private long insert(Users users, ObjectNode sent, Caller caller) {
    try {
      return users.insert(
          values.created(sent, caller, users), values.password(sent).orElse(Secrets.NONE));
    } catch (Refusal refusal) {
      throw new IllegalArgumentException(refusal.getMessage(), refusal);
    }
  }
}
