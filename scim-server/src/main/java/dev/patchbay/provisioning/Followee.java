package dev.patchbay.provisioning;

import dev.patchbay.directory.EntryType;

/** What a target follows. */
record Followee(EntryType type, String id) {
  static Followee user(String id) {
    return new Followee(EntryType.USER, id);
  }

  static Followee group(String id) {
    return new Followee(EntryType.GROUP, id);
  }
}
