package dev.patchbay.pbx.ipcortex;

import java.util.Optional;
import java.util.regex.Pattern;

/** The company a new user belongs to, for life. */
sealed interface Company {
  Pattern FORM = Pattern.compile("[a-zA-Z0-9_]{1,32}");

  /** Who are listed: those of this company, or everybody the account may see. */
  Optional<String> listed();

  /** The PBX's own choice. */
  record Usual() implements Company {
    @Override
    public Optional<String> listed() {
      return Optional.empty();
    }
  }

  /** The same for everybody. */
  record Fixed(String id) implements Company {
    @Override
    public Optional<String> listed() {
      return Optional.of(id);
    }
  }

  /**
   * The user's organization.
   *
   * @param otherwise of users that name none
   */
  record Organization(String otherwise) implements Company {
    @Override
    public Optional<String> listed() {
      return Optional.empty();
    }
  }
}
