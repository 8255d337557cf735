package dev.patchbay.scim;

import dev.patchbay.provisioning.Sender;
import java.util.Optional;

/**
 * Who came with a request.
 *
 * @param access the most the token allows
 * @param subject whose token it is; empty for one that belongs to nobody
 */
record Caller(Sender sender, Access access, Optional<String> subject) {

  /** What a token allows, each with all before it. */
  enum Access {
    /** What the server is, and who oneself is. */
    OWN,
    READ,
    WRITE
  }

  /** Of a long-lived token, which is for everything and nobody's own. */
  static Caller of(Sender sender) {
    return new Caller(sender, Access.WRITE, Optional.empty());
  }
}
