package dev.patchbay.directory;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes a page as a ListResponse (RFC 7644 §3.4.2, RFC 9865 §2). */
public final class ListRendering {
  private final Map<EntryType, Rendering> renderings;
  private final Function<Cursor, String> seal;

  /**
   * @param renderings how entries of each type are written
   * @param seal what a client is given for a cursor, of characters that need no escape
   */
  public ListRendering(Map<EntryType, Rendering> renderings, Function<Cursor, String> seal) {
    this.renderings = Map.copyOf(renderings);
    this.seal = seal;
  }

  /** Whether members are read while the page is written, which may take long. */
  public boolean streams(Page page) {
    return page.entries().stream().anyMatch(it -> of(it).streams());
  }

  public void write(Page page, OutputStream out) throws IOException {
    try (JsonGenerator json = Rendering.generator(out)) {
      json.writeRaw("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"]");
      json.writeRaw(",\"totalResults\":" + page.total());
      if (page.startIndex().isPresent()) {
        json.writeRaw(",\"startIndex\":" + page.startIndex().get());
      }
      json.writeRaw(",\"itemsPerPage\":" + page.entries().size());
      write("previousCursor", page.previous(), json);
      write("nextCursor", page.next(), json);
      json.writeRaw(",\"Resources\":[");
      var between = "";
      for (Stored entry : page.entries()) {
        json.writeRaw(between);
        of(entry).write(entry, json);
        between = ",";
      }
      json.writeRaw("]}");
    }
  }

  private void write(String name, Optional<Cursor> cursor, JsonGenerator json) throws IOException {
    if (cursor.isPresent()) {
      json.writeRaw(",\"" + name + "\":\"" + seal.apply(cursor.get()) + "\"");
    }
  }

  private Rendering of(Stored entry) {
    return Optional.ofNullable(renderings.get(entry.type())).orElseThrow();
  }
}
