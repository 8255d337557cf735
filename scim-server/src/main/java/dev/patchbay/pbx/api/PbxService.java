package dev.patchbay.pbx.api;

import java.util.Arrays;
import java.util.Optional;

/**
 * A kind of thing that rings its members' phones. It is made on the phone system itself; only who
 * belongs to it is brought there. Its reference is that of a group, marked with the kind.
 */
public enum PbxService {
  CALL_QUEUE("callQueue"),
  RING_GROUP("ringGroup"),
  PICKUP_GROUP("pickupGroup"),
  LINE("line");

  private final String word;

  PbxService(String word) {
    this.word = word;
  }

  /** As the kind of a group is spelt. */
  public String word() {
    return word;
  }

  /** The reference of the service with this id. */
  public PbxRef ref(String id) {
    return new PbxRef(word + ":" + id);
  }

  /** The phone system's id in a reference of this kind. */
  public String id(PbxRef ref) {
    return ref.id().substring(word.length() + 1);
  }

  /** The kind that is spelt so. */
  public static Optional<PbxService> named(String word) {
    return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
  }

  /** The kind of what a reference means; empty: a group. */
  public static Optional<PbxService> of(PbxRef ref) {
    return Arrays.stream(values()).filter(it -> ref.id().startsWith(it.word + ":")).findFirst();
  }
}
