package dev.patchbay.database;

import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.JdbiConfig;

/**
 * What the stores spell differently: how SQL reads JSON that is kept as text. Names come from
 * schemas, never from a request.
 */
public enum JsonSql {
  SQLITE {
    @Override
    public String text(String json, List<String> path) {
      return "json_extract(" + json + ", " + path(path) + ")";
    }

    @Override
    public String word(String json, List<String> path) {
      return "(" + json + " -> " + path(path) + ")";
    }

    @Override
    public String number(String json, List<String> path) {
      return text(json, path);
    }

    @Override
    public String elements(String json, List<String> path, String alias) {
      return "json_each(" + json + ", " + path(path) + ") " + alias;
    }

    @Override
    public String texts(String array, String alias) {
      return rows(array, alias);
    }

    @Override
    public String rows(String array, String alias) {
      return "json_each(" + array + ") " + alias;
    }

    @Override
    public String whole(String element) {
      return element;
    }

    @Override
    public String contains(String text, String part) {
      return "instr(" + text + ", " + part + ") > 0";
    }

    @Override
    public String byCodePoint(String text) {
      return text;
    }

    @Override
    public String instant(String millis) {
      var second = "strftime('%Y-%m-%dT%H:%M:%S', " + millis + " / 1000, 'unixepoch')";
      var fraction = "printf('.%03d', " + millis + " % 1000)";
      return "(" + second + " || iif(" + millis + " % 1000 = 0, '', " + fraction + ") || 'Z')";
    }

    private String path(List<String> names) {
      return names.stream().map(it -> ".\"" + it + "\"").collect(Collectors.joining("", "'$", "'"));
    }
  },

  POSTGRESQL {
    @Override
    public String text(String json, List<String> path) {
      return "(" + tree(json) + " #>> " + path(path) + ")";
    }

    @Override
    public String word(String json, List<String> path) {
      return text(json, path);
    }

    @Override
    public String number(String json, List<String> path) {
      return "cast(" + text(json, path) + " as numeric)";
    }

    @Override
    public String elements(String json, List<String> path, String alias) {
      return "jsonb_array_elements(%s #> %s) with ordinality %s (value, key)"
          .formatted(tree(json), path(path), alias);
    }

    @Override
    public String texts(String array, String alias) {
      return "jsonb_array_elements_text(cast(" + array + " as jsonb)) " + alias + " (value)";
    }

    @Override
    public String rows(String array, String alias) {
      return "jsonb_array_elements(cast(" + array + " as jsonb)) " + alias + " (value)";
    }

    @Override
    public String whole(String element) {
      return "(" + element + " #>> '{}')";
    }

    @Override
    public String contains(String text, String part) {
      return "strpos(" + text + ", " + part + ") > 0";
    }

    @Override
    public String byCodePoint(String text) {
      return "(" + text + ") collate \"C\"";
    }

    @Override
    public String instant(String millis) {
      var utc = "to_timestamp(" + millis + " / 1000) at time zone 'UTC'";
      var second = "to_char(" + utc + ", 'YYYY-MM-DD\"T\"HH24:MI:SS')";
      var fraction = "to_char(" + millis + " % 1000, 'FM\".\"000')";
      return "(%s || case when %s %% 1000 = 0 then '' else %s end || 'Z')"
          .formatted(second, millis, fraction);
    }

    private String tree(String json) {
      return "cast(" + json + " as jsonb)";
    }

    private String path(List<String> names) {
      return names.stream().collect(Collectors.joining("\",\"", "'{\"", "\"}'"));
    }
  };

  /** What the store of this handle speaks. */
  public static JsonSql of(Handle handle) {
    return handle.getConfig(Spoken.class).json;
  }

  /** What a handle knows of its store. */
  public static final class Spoken implements JdbiConfig<Spoken> {
    private JsonSql json;

    /** For Jdbi, which makes it before it is told. */
    public Spoken() {
      this(SQLITE);
    }

    private Spoken(JsonSql json) {
      this.json = json;
    }

    void set(JsonSql json) {
      this.json = json;
    }

    @Override
    public Spoken createCopy() {
      return this;
    }
  }

  /** The text at {@code path}, of an object its JSON; null if there is none. */
  public abstract String text(String json, List<String> path);

  /** JSON's own word at {@code path}, such as {@code true}; null if there is none. */
  public abstract String word(String json, List<String> path);

  /** The number at {@code path}; null if there is none. */
  public abstract String number(String json, List<String> path);

  /**
   * What follows {@code from}: a row for each element of the array at {@code path}, with its place
   * as {@code key} and itself as {@code value}; none if there is no array.
   */
  public abstract String elements(String json, List<String> path, String alias);

  /**
   * What follows {@code from}: a row for each text of a bound array, as {@code value}. However many
   * there are, they are one value of the statement, whose text is always the same.
   */
  public abstract String texts(String array, String alias);

  /** The same for an array of arrays, whose parts are {@code value ->> 0} and so on. */
  public abstract String rows(String array, String alias);

  /** The text of an element that is plain text. */
  public abstract String whole(String element);

  /** A condition. */
  public abstract String contains(String text, String part);

  /** The text, compared by code points whatever the store's locale is. */
  public abstract String byCodePoint(String text);

  /** Milliseconds since 1970 in the form of {@link java.time.Instant#toString}. */
  public abstract String instant(String millis);
}
