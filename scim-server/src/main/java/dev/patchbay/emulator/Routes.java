package dev.patchbay.emulator;

import dev.patchbay.web.Router;

/** Adds API calls to the router; this vendor reads by GET and does all else by POST. */
record Routes(Router router, Gate gate) {
  Routes get(String template, Need need, Gate.Action action) {
    router.add("GET", template, gate.listed(need, action));
    return this;
  }

  Routes post(String template, Need need, Gate.Action action) {
    router.add("POST", template, gate.listed(need, action));
    return this;
  }

  /** A call that takes or gives tokens. */
  Routes signIn(String template, Need need, Gate.Action action) {
    router.add("POST", template, gate.unlisted(need, action));
    return this;
  }
}
