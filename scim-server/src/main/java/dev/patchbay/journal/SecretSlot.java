package dev.patchbay.journal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has become of the secrets a request brought, while its work is open. */
public sealed interface SecretSlot {
  /** There are none to be set. */
  record Empty() implements SecretSlot {}

  /** They were kept nowhere: if the work goes on without its sender, they must be sent again. */
  record Resend() implements SecretSlot {}

  /**
   * They wait here, sealed with the operator's key.
   *
   * @param earlier those that waited when these came, and are set after all if these are refused
   */
  record Sealed(String text, Optional<String> earlier) implements SecretSlot {
    public Sealed(String text) {
      this(text, Optional.empty());
    }

    /** The same, coming while these wait. */
    public Sealed after(SecretSlot waiting) {
      return new Sealed(
          text, waiting instanceof Sealed first ? Optional.of(first.text()) : Optional.empty());
    }
  }

  /** What is left when these were refused: what waited before; what nobody can set is spoken of. */
  default SecretSlot refused() {
    return switch (this) {
      case Empty none -> this;
      case Resend again -> this;
      case Sealed sealed -> sealed.earlier().<SecretSlot>map(Sealed::new).orElseGet(Empty::new);
    };
  }

  /** The same where what was wanted before is dropped: that they were not set is to be said. */
  default SecretSlot dropped() {
    return this instanceof Sealed ? new Resend() : this;
  }

  /** As it is stored. */
  default Optional<String> column() {
    return switch (this) {
      case Empty none -> Optional.empty();
      case Resend again -> Optional.of("resend");
      case Sealed(var text, var earlier) ->
          Optional.of("sealed:" + text + earlier.map(it -> " " + it).orElse(""));
    };
  }

  static SecretSlot of(@Nullable String column) {
    if (column == null) {
      return new Empty();
    }
    if (!column.startsWith("sealed:")) {
      return new Resend();
    }
    var texts = column.substring(7).split(" ", 2); // neither has spaces in it
    return new Sealed(texts[0], texts.length > 1 ? Optional.of(texts[1]) : Optional.empty());
  }
}
