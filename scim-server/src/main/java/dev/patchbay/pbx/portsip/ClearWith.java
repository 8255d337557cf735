package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What takes a field's value away; PortSIP documents neither. */
enum ClearWith {
  NULL,
  EMPTY;

  @Override
  public String toString() {
    return this == NULL ? "null" : "\"\"";
  }

  void clear(ObjectNode body, String field) {
    switch (this) {
      case NULL -> body.putNull(field);
      case EMPTY -> body.put(field, "");
    }
  }
}
