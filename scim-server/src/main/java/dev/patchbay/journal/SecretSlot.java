package dev.patchbay.journal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has become of the secrets a request brought, while its work is open. */
public sealed interface SecretSlot {
  /** There are none to be set. */
  record Empty() implements SecretSlot {}

  /** They were kept nowhere: if the work goes on without its sender, they must be sent again. */
  record Resend() implements SecretSlot {}

  /** They wait here, sealed with the operator's key. */
  record Sealed(String text) implements SecretSlot {}

  /** The same under a wish that drops what was wanted before: nobody is told of it any more. */
  default SecretSlot dropped() {
    return this instanceof Sealed ? new Resend() : this;
  }

  /** As it is stored. */
  default Optional<String> column() {
    return switch (this) {
      case Empty none -> Optional.empty();
      case Resend again -> Optional.of("resend");
      case Sealed(String text) -> Optional.of("sealed:" + text);
    };
  }

  static SecretSlot of(@Nullable String column) {
    if (column == null) {
      return new Empty();
    }
    return column.startsWith("sealed:") ? new Sealed(column.substring(7)) : new Resend();
  }
}
