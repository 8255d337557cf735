package dev.patchbay.pbx.xelion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.http.CallTime;
import dev.patchbay.pbx.http.HttpCall;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds accounts by their user names. */
final class XelionAccounts {
  static final String INCLUDE = "include=person,active,userName,userLicense,xccRole,lines";

  private final XelionApi api;

  XelionAccounts(XelionApi api) {
    this.api = api;
  }

  /** Xelion may not look at the whole name, so what it answers is looked through. */
  Stream<ObjectNode> called(String name, CallTime time) {
    String query = "where=userName=" + HttpCall.encode(name) + "&" + INCLUDE;
    return XelionPages.of(api, () -> time, "user search", XelionUsers.FOLDER, query)
        .filter(account -> XelionUserJson.isCalled(name, account));
  }

  /** The account with that user name as a list shows it. */
  Optional<ObjectNode> named(String name, CallTime time) {
    return called(name, time).findFirst();
  }

  /** The oid of the account with that user name. */
  Optional<String> oid(String name, CallTime time) {
    return named(name, time).map(account -> account.path("oid").asText());
  }

  /** User names in lower case by the oids of their accounts. */
  Map<String, String> names() {
    try (Stream<ObjectNode> accounts =
        XelionPages.of(api, api::time, "user list", XelionUsers.FOLDER, "include=userName")) {
      var names = new HashMap<String, String>();
      accounts.forEach(
          account ->
              names.put(
                  account.path("oid").asText(),
                  account.path("userName").asText().toLowerCase(Locale.ROOT)));
      return names;
    }
  }
}
