package dev.patchbay.mapping;

import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxRef;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What membership of a group may give. The PBX knows of no such group: what it gives is written
 * down with each member, and brought to the PBX as that user's own.
 */
public enum Granted {
  ROLE("role"),
  TEMPLATE("template");

  private final String word;

  Granted(String word) {
    this.word = word;
  }

  /** As the kind of a group is spelt. */
  public String word() {
    return word;
  }

  /** Whether users of this PBX can be given it and lose it again. */
  boolean offered(PbxCapabilities pbx) {
    return switch (this) {
      case ROLE -> pbx.changes(PbxField.ROLE);
      case TEMPLATE -> ProfileFields.all().stream().anyMatch(pbx::changes);
    };
  }

  /** The fields of a user that it may move. */
  public Set<PbxField> fields() {
    return switch (this) {
      case ROLE -> Set.of(PbxField.ROLE);
      case TEMPLATE -> ProfileFields.all();
    };
  }

  /** Whether a group may give the field a value. */
  static boolean gives(PbxField field) {
    return Arrays.stream(values()).anyMatch(it -> it.fields().contains(field));
  }

  /** What a group that gives {@code target} stands for, as if it were on the PBX. */
  public PbxRef ref(String target) {
    return new PbxRef(word + ":" + target);
  }

  /** What a reference of this kind says is given. */
  public String target(PbxRef ref) {
    return ref.id().substring(word.length() + 1);
  }

  /** The kind that is spelt so. */
  static Optional<Granted> named(String word) {
    return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
  }

  /** The kind of what a reference means; empty: something on the PBX. */
  public static Optional<Granted> of(PbxRef ref) {
    return Arrays.stream(values()).filter(it -> ref.id().startsWith(it.word + ":")).findFirst();
  }
}
