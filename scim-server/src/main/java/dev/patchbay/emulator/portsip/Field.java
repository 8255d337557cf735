package dev.patchbay.emulator.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.EnumSet;
import java.util.Set;

/**
 * A field of a resource.
 *
 * @param uses where the vendor's table ticks it
 * @param blank its value when nobody gave one; null if there is none
 */
record Field(String name, Form form, Set<Use> uses, JsonNode blank) {
  enum Use {
    /** Must be in a create. */
    REQUIRED,
    /** May be in a create. */
    CREATE,
    /** May be in an update. */
    UPDATE,
    /** Is in the single read. */
    READ,
    /** Is in lists. */
    LIST
  }

  static Field field(String name, Form form, Use first, Use... more) {
    return new Field(name, form, EnumSet.of(first, more), NullNode.instance);
  }

  /** Given or not, changed, and read alone: most of them. */
  static Field setting(String name, Form form) {
    return field(name, form, Use.CREATE, Use.UPDATE, Use.READ);
  }

  /** A setting that lists show too. */
  static Field listed(String name, Form form) {
    return field(name, form, Use.CREATE, Use.UPDATE, Use.READ, Use.LIST);
  }

  /** The PBX's own; no call sets it. */
  static Field own(String name, Use... shown) {
    return field(name, Form.anything(), Use.READ, shown);
  }

  Field or(JsonNode value) {
    return new Field(name, form, uses, value);
  }

  Field or(boolean value) {
    return or(BooleanNode.valueOf(value));
  }

  Field or(String value) {
    return or(TextNode.valueOf(value));
  }

  /** Also required. */
  Field required() {
    var more = EnumSet.copyOf(uses);
    more.add(Use.REQUIRED);
    more.add(Use.CREATE);
    return new Field(name, form, more, blank);
  }

  boolean isFor(Use use) {
    return uses.contains(use);
  }
}
