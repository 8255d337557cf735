package dev.patchbay.directory;

import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxParts;
import dev.patchbay.pbx.api.PbxRef;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a phone system is known to hold of one entry. A field in {@code maybe} may hold what is
 * noted or what an unanswered call carried, so it equals no value until it is sent again or read.
 */
public record Applied(
    Existence existence, Optional<PbxRef> ref, Map<PbxField, String> fields, Set<PbxField> maybe) {

  /** Whether the PBX has the object. */
  public enum Existence {
    ABSENT,
    PRESENT,
    /** A create or delete was sent and its outcome is not known. */
    MAYBE
  }

  public static final Applied NOTHING =
      new Applied(Existence.ABSENT, Optional.empty(), Map.of(), Set.of());

  public Applied {
    var copy = new EnumMap<PbxField, String>(PbxField.class);
    copy.putAll(fields);
    fields = Collections.unmodifiableMap(copy);
    var doubts = EnumSet.noneOf(PbxField.class);
    doubts.addAll(maybe);
    maybe = Collections.unmodifiableSet(doubts);
  }

  /** Whether everything noted here is certain. */
  public boolean certain() {
    return existence != Existence.MAYBE && maybe.isEmpty();
  }

  /** Whether the PBX has but what a stopped create or delete left of the user: no name was read. */
  public boolean isHalf() {
    return ref.isPresent() && !fields.containsKey(PbxField.NAME);
  }

  /** Whether the PBX provably holds this value (or, for an empty one, none) in the field. */
  public boolean holds(PbxField field, Optional<String> value) {
    return !maybe.contains(field) && field.same(Optional.ofNullable(fields.get(field)), value);
  }

  /** The parts noted here, in doubt or not. */
  public PbxParts parts(PbxField kind) {
    return PbxParts.of(Optional.ofNullable(fields.get(kind)));
  }

  /** The same with exactly these parts known. */
  public Applied known(PbxField kind, PbxParts parts) {
    var values = parts.text().map(text -> Map.of(kind, text)).orElse(Map.of());
    return known(EnumSet.of(kind), values);
  }

  /** The user as it was read, and nobody of ours made it: what yields is its own. */
  public static Applied adopted(PbxRef ref, Map<PbxField, String> fields) {
    var kept = new EnumMap<PbxField, String>(PbxField.class);
    kept.putAll(fields);
    kept.keySet().removeIf(PbxField::yields);
    return present(ref, kept);
  }

  /** What was just read, of what {@code before} notes or may hold: what yields else is not ours. */
  public Applied oursOf(Applied before) {
    var kept = new EnumMap<PbxField, String>(PbxField.class);
    kept.putAll(fields);
    kept.keySet()
        .removeIf(
            it -> it.yields() && !before.fields.containsKey(it) && !before.maybe.contains(it));
    return new Applied(existence, ref, kept, maybe);
  }

  /** The object as it was just created or read. */
  public static Applied present(PbxRef ref, Map<PbxField, String> fields) {
    return new Applied(Existence.PRESENT, Optional.of(ref), fields, Set.of());
  }

  /** The same with the named fields known to hold what {@code values} has. */
  public Applied known(Set<PbxField> named, Map<PbxField, String> values) {
    var next = new EnumMap<PbxField, String>(PbxField.class);
    next.putAll(fields);
    var doubts = EnumSet.noneOf(PbxField.class);
    doubts.addAll(maybe);
    for (PbxField field : named) {
      doubts.remove(field);
      var value = values.get(field);
      if (value == null) {
        next.remove(field);
      } else {
        next.put(field, value);
      }
    }
    return new Applied(existence, ref, next, doubts);
  }

  /** The same with the named fields in doubt. */
  public Applied doubting(Set<PbxField> named) {
    var doubts = EnumSet.noneOf(PbxField.class);
    doubts.addAll(maybe);
    doubts.addAll(named);
    return new Applied(existence, ref, fields, doubts);
  }

  /** The same with the object's very existence in doubt. */
  public Applied doubtingExistence() {
    return new Applied(Existence.MAYBE, ref, fields, maybe);
  }
}
