package dev.patchbay.provisioning;

import java.util.Locale;

/** What a write does; the words are the provisioning log's. */
enum Action {
  CREATE,
  REPLACE,
  PATCH,
  DELETE,
  /** A group gives a member something, or takes it away again. */
  GRANT,
  /** The journal finishes open work. */
  RECOVER,
  /** A comparison found that the PBX has something else. */
  REPAIR;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
