package dev.patchbay.pbx.ipcortex;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Tells a read that is refused because it finds nobody from one that is refused for another reason.
 *
 * <p>That a read which finds nobody is a success of no rows is not documented. Where it is refused
 * instead, the refusal says no more than that of an ended session or of a missing right. So two
 * more reads are compared: of whom there is for certain, and of whom there cannot be.
 */
final class Absence {
  private static final List<String> KEY = List.of("contact_id");

  private final IpCortexLogin login;

  Absence(IpCortexLogin login) {
    this.login = login;
  }

  /**
   * Whether reads work, but those of nobody are refused.
   *
   * @param answered whether IPCortex answers a read with a success, by the pass of the one refused
   */
  boolean refused(Rights rights, Predicate<OpsCall> answered) {
    return mayRead(rights) && answered.test(somebody()) && !answered.test(nobody());
  }

  /** An account that may read nobody else gets its own record all the same. */
  private boolean mayRead(Rights rights) {
    return switch (login) {
      case IpCortexLogin.Account unused -> rights == Rights.ADMINISTRATOR;
      case IpCortexLogin.Key unused -> true;
    };
  }

  private OpsCall somebody() {
    return switch (login) {
      case IpCortexLogin.Account account ->
          OpsCall.read("own read", new Scope.Having("uname", account.username()), KEY);
      // Whose key it is, is not known; the one who made it is in the list.
      case IpCortexLogin.Key unused -> OpsCall.list("user list", KEY);
    };
  }

  private static OpsCall nobody() {
    var name = new Scope.Having("uname", "nobody-" + UUID.randomUUID());
    return OpsCall.read("read of nobody", name, KEY);
  }
}
