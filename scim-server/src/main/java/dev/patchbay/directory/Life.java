package dev.patchbay.directory;

import java.util.Locale;

/** Where an entry is between the first request for it and its end. */
public enum Life {
  /** A create that was not accepted yet: holds reservations, no read shows it. */
  CREATING,
  LIVE,
  /** A delete was asked for and not yet confirmed to the client: readable, inactive, pending. */
  DELETING,
  /** The delete was confirmed to the client; the entry stays until the PBX has followed. */
  DELETED,
  /** Deleted for the client; its user on the PBX is disabled and kept, should the person return. */
  RETAINED,
  /** As {@link #CREATING}, by a create that takes back a retained user. */
  REVIVING;

  /** Whether a create of it was not accepted yet. */
  public boolean creating() {
    return this == CREATING || this == REVIVING;
  }

  /** Whether reads show the entry. */
  public boolean visible() {
    return this == LIVE || this == DELETING;
  }

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Life of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }
}
