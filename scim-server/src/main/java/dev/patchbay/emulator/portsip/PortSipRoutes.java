package dev.patchbay.emulator.portsip;

import dev.patchbay.emulator.Routes;
import dev.patchbay.web.WebResponse;

/** Adds API calls and what each asks of its token; PortSIP reads by GET and does all by POST. */
record PortSipRoutes(Routes routes, Admission admission, Undocumented undocumented) {

  /** What a call does once it is let in. */
  @FunctionalInterface
  interface Action {
    WebResponse run(ApiRequest request);
  }

  PortSipRoutes get(String template, Need need, Action action) {
    routes.call("GET", template, admitted(need, action));
    return this;
  }

  PortSipRoutes post(String template, Need need, Action action) {
    routes.call("POST", template, admitted(need, action));
    return this;
  }

  /** A call that takes or gives tokens. */
  PortSipRoutes signIn(String template, Need need, Action action) {
    routes.signIn("POST", template, admitted(need, action));
    return this;
  }

  private Routes.Action admitted(Need need, Action action) {
    return request -> {
      try {
        return action.run(new ApiRequest(request, admission.admit(request, need)));
      } catch (ApiError error) {
        throw error.as(undocumented);
      }
    };
  }
}
