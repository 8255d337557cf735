package dev.patchbay.directory;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.patchbay.database.JsonSql;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/**
 * Many values for one statement, bound as one JSON array. Bound one by one each would take 5 KB
 * (measured), and every number of them would be another statement.
 */
public final class BoundList {
  /** What the array is bound as. */
  public static final String NAME = "bound";

  private static final int ROW = 112; // characters of a row of two ids, a number and flags

  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

  private BoundList() {}

  /** What follows {@code from}: the texts, as {@code bound.value}. */
  public static String texts(Handle handle) {
    return texts(handle, NAME);
  }

  /** As {@link #texts(Handle)}, of a second list in a statement: bound as what it is called. */
  static String texts(Handle handle, String name) {
    return JsonSql.of(handle).texts(":" + name, name);
  }

  /** What follows {@code from}: the rows, their parts as {@code bound.value ->> 0} and so on. */
  static String rows(Handle handle) {
    return JsonSql.of(handle).rows(":" + NAME, "bound");
  }

  /** The texts, as they are bound. */
  public static String of(Collection<String> texts) {
    int length = texts.stream().mapToInt(it -> it.length() + 3).sum(); // but for escapes
    var all = new Row(new StringBuilder(length + 2).append('['));
    texts.forEach(all::add);
    return all.json().append(']').toString();
  }

  /**
   * @param write puts the parts of one of them into its row
   */
  static <T> String of(Collection<T> rows, BiConsumer<T, Row> write) {
    var all = new Row(new StringBuilder(rows.size() * ROW + 2).append('['));
    for (T each : rows) {
      all.next().append('[');
      write.accept(each, all);
      all.json().append(']');
    }
    return all.json().append(']').toString();
  }

  /** A row that is being written. */
  record Row(StringBuilder json) {
    Row add(String text) {
      next().append('"');
      ENCODER.quoteAsString(text, json);
      json.append('"');
      return this;
    }

    /** As the number that it is in a row. */
    Row add(boolean flag) {
      next().append(flag ? '1' : '0');
      return this;
    }

    /** Behind a comma, unless it is the first. */
    private StringBuilder next() {
      return json.charAt(json.length() - 1) == '[' ? json : json.append(',');
    }
  }
}
