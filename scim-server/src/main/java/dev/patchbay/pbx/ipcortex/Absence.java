package dev.patchbay.pbx.ipcortex;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Tells a read that is refused because it finds nobody from one that is refused for another reason.
 *
 * <p>That a read which finds nobody is a success of no rows is not documented. Where it is refused
 * instead, the refusal says no more than that of an ended session or of a missing right. So two
 * more reads are compared: of whom there is for certain, and, until it is known how this IPCortex
 * answers it, of whom there cannot be.
 */
final class Absence {
  private static final List<String> KEY = List.of("contact_id");

  private final OpsCall somebody;
  private volatile boolean refused;

  Absence(IpCortexLogin login) {
    somebody =
        switch (login) {
          case IpCortexLogin.Account account ->
              OpsCall.read("own read", new Scope.Having("uname", account.username()), KEY);
          // Whose key it is, is not known; the one who made it is in the list.
          case IpCortexLogin.Key unused -> OpsCall.list("user list", KEY);
        };
  }

  /**
   * Whether reads work, but those of nobody are refused.
   *
   * @param answered whether IPCortex answers a read with a success, by the pass of the one refused
   */
  boolean refused(Predicate<OpsCall> answered) {
    if (!answered.test(somebody)) {
      return false;
    }
    refused = refused || !answered.test(nobody());
    return refused;
  }

  private static OpsCall nobody() {
    var name = new Scope.Having("uname", "nobody-" + UUID.randomUUID());
    return OpsCall.read("read of nobody", name, KEY);
  }
}
