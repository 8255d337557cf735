package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One attribute of a schema (RFC 7643 §7). Start from a factory such as {@link #string} and refine;
 * what is not said is RFC 7643 §2.2's default: optional, single-valued, not case exact, readWrite,
 * returned by default, not unique.
 */
public record Attribute(
    String name,
    String description,
    Type type,
    Traits traits,
    List<Attribute> subAttributes,
    List<String> canonicalValues,
    List<String> referenceTypes) {

  /** Characters put into upper case at once. */
  private static final int PART = 64;

  /** JSON type of a value (RFC 7643 §2.3). */
  public enum Type {
    STRING,
    BOOLEAN,
    DECIMAL,
    INTEGER,
    DATE_TIME,
    BINARY,
    REFERENCE,
    COMPLEX
  }

  /** Who may write it, and when. */
  public enum Mutability {
    READ_ONLY,
    READ_WRITE,
    /** Written once: at creation or when first given. */
    IMMUTABLE,
    WRITE_ONLY
  }

  /** When it is part of an answer. */
  public enum Returned {
    ALWAYS,
    NEVER,
    DEFAULT,
    /** Only when asked for by name. */
    REQUEST
  }

  /** Among which resources a value may stand once. */
  public enum Uniqueness {
    NONE,
    SERVER,
    GLOBAL
  }

  /** The properties that most attributes leave at their default. */
  public record Traits(
      boolean multiValued,
      boolean required,
      boolean caseExact,
      Mutability mutability,
      Returned returned,
      Uniqueness uniqueness) {}

  private static final Traits PLAIN =
      new Traits(false, false, false, Mutability.READ_WRITE, Returned.DEFAULT, Uniqueness.NONE);

  public Attribute {
    subAttributes = List.copyOf(subAttributes);
    canonicalValues = List.copyOf(canonicalValues);
    referenceTypes = List.copyOf(referenceTypes);
    if (subAttributes.isEmpty() == (type == Type.COMPLEX)) {
      throw new IllegalArgumentException("'" + name + "': complex and sub-attributes go together");
    }
  }

  static Attribute string(String name, String description) {
    return simple(name, Type.STRING, description);
  }

  static Attribute bool(String name, String description) {
    return simple(name, Type.BOOLEAN, description);
  }

  static Attribute integer(String name, String description) {
    return simple(name, Type.INTEGER, description);
  }

  /** A point in time; never case sensitive, always a zone (RFC 7643 §2.3.5). */
  static Attribute dateTime(String name, String description) {
    return simple(name, Type.DATE_TIME, description);
  }

  static Attribute binary(String name, String description) {
    return simple(name, Type.BINARY, description).caseExact();
  }

  /**
   * @param types resource types by name, {@code external} or {@code uri}
   */
  static Attribute reference(String name, String description, String... types) {
    var plain = simple(name, Type.REFERENCE, description).caseExact();
    return new Attribute(
        name, description, Type.REFERENCE, plain.traits, List.of(), List.of(), List.of(types));
  }

  static Attribute complex(String name, String description, Attribute... subAttributes) {
    return new Attribute(
        name, description, Type.COMPLEX, PLAIN, List.of(subAttributes), List.of(), List.of());
  }

  private static Attribute simple(String name, Type type, String description) {
    return new Attribute(name, description, type, PLAIN, List.of(), List.of(), List.of());
  }

  Attribute multiValued() {
    var t = traits;
    return with(new Traits(true, t.required, t.caseExact, t.mutability, t.returned, t.uniqueness));
  }

  Attribute required() {
    var t = traits;
    return with(
        new Traits(t.multiValued, true, t.caseExact, t.mutability, t.returned, t.uniqueness));
  }

  Attribute caseExact() {
    var t = traits;
    return with(
        new Traits(t.multiValued, t.required, true, t.mutability, t.returned, t.uniqueness));
  }

  Attribute mutability(Mutability mutability) {
    var t = traits;
    return with(
        new Traits(t.multiValued, t.required, t.caseExact, mutability, t.returned, t.uniqueness));
  }

  /** Read-only, down to the last sub-attribute. */
  Attribute readOnly() {
    var own = mutability(Mutability.READ_ONLY);
    var subs = subAttributes.stream().map(Attribute::readOnly).toList();
    return new Attribute(
        name, description, type, own.traits, subs, canonicalValues, referenceTypes);
  }

  Attribute immutable() {
    return mutability(Mutability.IMMUTABLE);
  }

  /** Taken and never given back: a secret. */
  Attribute writeOnly() {
    return mutability(Mutability.WRITE_ONLY).returned(Returned.NEVER);
  }

  Attribute returned(Returned returned) {
    var t = traits;
    return with(
        new Traits(t.multiValued, t.required, t.caseExact, t.mutability, returned, t.uniqueness));
  }

  /** Unique within the tenant. */
  Attribute unique() {
    var t = traits;
    return with(
        new Traits(
            t.multiValued, t.required, t.caseExact, t.mutability, t.returned, Uniqueness.SERVER));
  }

  /** Suggested values; others are accepted unless the attribute is read-only. */
  Attribute canonical(String... values) {
    return new Attribute(
        name, description, type, traits, subAttributes, List.of(values), referenceTypes);
  }

  /** Of these parts alone. */
  Attribute with(List<Attribute> parts) {
    return new Attribute(name, description, type, traits, parts, canonicalValues, referenceTypes);
  }

  private Attribute with(Traits changed) {
    return new Attribute(
        name, description, type, changed, subAttributes, canonicalValues, referenceTypes);
  }

  /** The sub-attribute of that name in any case. */
  public Optional<Attribute> sub(String wanted) {
    return named(subAttributes, wanted);
  }

  /** Whether the other sub-attributes only describe what {@code sub} names. */
  boolean isNamedBy(Attribute sub) {
    if (!sub.equals(subAttributes.getFirst())) {
      return false;
    }
    for (Attribute other : subAttributes) {
      if (other.isReadOnly() || other.name().equals("$ref")) {
        return true;
      }
    }
    return false;
  }

  static Optional<Attribute> named(List<Attribute> attributes, String wanted) {
    for (Attribute attribute : attributes) {
      if (attribute.name.equalsIgnoreCase(wanted)) {
        return Optional.of(attribute);
      }
    }
    return Optional.empty();
  }

  /** The form in which two values are the same value: folded unless case counts. */
  public String comparable(String value) {
    return traits.caseExact ? value : folded(value);
  }

  /** Whether two values are the same value, case counting or not. */
  public boolean same(String one, String other) {
    if (traits.caseExact || one.equals(other)) {
      return one.equals(other);
    }
    // Folding copies; it tells more than this only beyond ASCII.
    return one.equalsIgnoreCase(other)
        || (!(isAscii(one) && isAscii(other)) && folded(one).equals(folded(other)));
  }

  /** As {@link #same}, of any type; nothing is the same as nothing. */
  boolean sameValue(JsonNode one, JsonNode other) {
    boolean text = one.isTextual() && other.isTextual();
    return text ? same(one.textValue(), other.textValue()) : one.equals(other);
  }

  /** Whether {@code element} has what {@code wanted} names; its name for display aside. */
  boolean isPartOf(JsonNode wanted, JsonNode element) {
    boolean byValue = wanted.path("value").isTextual();
    var named =
        subAttributes.stream()
            .filter(it -> !byValue || it.name().equals("value") || it.name().equals("type"))
            .filter(it -> !Fields.find(wanted, it.name()).map(JsonNode::isNull).orElse(true))
            .toList();
    return !named.isEmpty()
        && named.stream()
            .allMatch(
                it ->
                    it.sameValue(
                        Fields.find(wanted, it.name()).orElseThrow(), element.path(it.name())));
  }

  private static boolean isAscii(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) > 127) {
        return false;
      }
    }
    return true;
  }

  /**
   * Without case, and however it was typed. Up and down again, so that ß meets SS and a final sigma
   * meets the others.
   */
  public static String folded(String value) {
    if (isAscii(value)) {
      return value.toLowerCase(Locale.ROOT); // mostly the text itself
    }
    var upper = upper(WrittenForm.prepared(value));
    // The one letter that is longer in lower case; see there.
    return upper.replace("\u0130", "i\u0307").toLowerCase(Locale.ROOT);
  }

  /**
   * Java copies the whole text for every letter that becomes longer, ß for one: of 4,096 of them
   * the upper case costs 30 MB at once, and next to nothing in small parts.
   */
  private static String upper(String value) {
    if (value.length() <= PART) {
      return value.toUpperCase(Locale.ROOT);
    }
    var upper = new StringBuilder(value.length());
    for (int from = 0; from < value.length(); ) {
      int to = Math.min(from + PART, value.length());
      if (Character.isHighSurrogate(value.charAt(to - 1)) && to < value.length()) {
        to++;
      }
      upper.append(value.substring(from, to).toUpperCase(Locale.ROOT));
      from = to;
    }
    return upper.toString();
  }

  public boolean isReadOnly() {
    return traits.mutability == Mutability.READ_ONLY;
  }
}
