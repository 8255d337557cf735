package dev.patchbay.pbx.xelion;

import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpAnswer;
import dev.patchbay.pbx.http.HttpCall;
import dev.patchbay.pbx.http.Json;
import java.util.Locale;
import java.util.Optional;

/**
 * What the refusal of a user name means. Xelion answers a server error, most often, and says in
 * words what is wrong: a look tells whether the name is taken, and the words the rest.
 */
final class XelionClash {
  private final XelionApi api;
  private final XelionAccounts accounts;

  XelionClash(XelionApi api, XelionAccounts accounts) {
    this.api = api;
    this.accounts = accounts;
  }

  /** Whether it may be about the user name; a server error may come without Xelion's number. */
  static boolean mayBe(HttpAnswer answer) {
    return answer.status() == 500 || answer.status() == 400;
  }

  /** Who has the name; a look that fails leaves the answer what it says. */
  Optional<XelionKey> holder(String name, HttpCall request, HttpAnswer answer, CallTime time) {
    try {
      return accounts.named(name, time).map(XelionUserJson::key);
    } catch (PbxException.Unavailable unclear) {
      throw api.errors().of(request, answer);
    }
  }

  Rejected taken(HttpCall request) {
    return rejected(request, Reason.CONFLICT, "the user name is taken");
  }

  /** Where nobody has the name: as the words say if they are Xelion's, else as the status does. */
  PbxException told(HttpCall request, HttpAnswer answer) {
    if (answer.status() != 400 && !XelionErrors.says(answer, XelionErrors.SERVER_ERROR)) {
      return api.errors().of(request, answer);
    }
    String words =
        Json.read(answer.text())
            .flatMap(body -> Json.text(body, "message"))
            .orElse("")
            .toLowerCase(Locale.ROOT);
    if (words.contains("already")) {
      return rejected(request, Reason.CONFLICT, "the Person or the user name is taken");
    }
    return words.contains("username") || words.contains("user name")
        ? rejected(request, Reason.INVALID, "it does not take this user name")
        : api.errors().of(request, answer);
  }

  private Rejected rejected(HttpCall request, Reason reason, String why) {
    return new Rejected(
        reason, "pbx '" + api.errors().pbx() + "' refused " + request.name() + ": " + why);
  }
}
