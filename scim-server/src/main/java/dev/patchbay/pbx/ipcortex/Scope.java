package dev.patchbay.pbx.ipcortex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.http.Json;
import java.util.regex.Pattern;

/**
 * Which one user a call is about. IPCortex takes a call without a scope "as well as possible": of
 * everybody. So there is no way to make an empty one.
 */
sealed interface Scope {
  Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  ObjectNode json();

  /** A user that is known. */
  record User(PbxRef ref) implements Scope {
    @Override
    public ObjectNode json() {
      ObjectNode scope = Json.object();
      // An integer by the vendor's pages, and in JSON 7 is not "7".
      return NUMBER.matcher(ref.id()).matches()
          ? scope.put("contact_id", Long.parseLong(ref.id()))
          : scope.put("contact_id", ref.id());
    }
  }

  /** Whoever has this value in this column. */
  record Having(String column, String value) implements Scope {
    public Having {
      if (column.isBlank() || value.isBlank()) {
        throw new IllegalArgumentException("a scope must name a column and a value");
      }
    }

    @Override
    public ObjectNode json() {
      return Json.object().put(column, value);
    }
  }
}
