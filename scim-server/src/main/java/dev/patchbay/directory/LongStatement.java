package dev.patchbay.directory;

import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Reads the names in a statement that a long filter became. Jdbi's own parser takes about 1 KB for
 * each character (measured), and remembers the last thousand statements, each unlike the others.
 */
final class LongStatement implements SqlParser {
  /** Characters; no statement that a person would ask for has as many. */
  private static final int LONG = 4096;

  private static final Pattern NAME_OR_TEXT = Pattern.compile("'[^']*'|:(\\w+)");

  static Query query(Handle handle, String sql) {
    var query = handle.createQuery(sql);
    return sql.length() < LONG
        ? query
        : query.configure(SqlStatements.class, it -> it.setSqlParser(new LongStatement()));
  }

  @Override
  public ParsedSql parse(String sql, StatementContext context) {
    var parsed = ParsedSql.builder();
    var matcher = NAME_OR_TEXT.matcher(sql);
    int at = 0;
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        parsed.append(sql.substring(at, matcher.start())).appendNamedParameter(matcher.group(1));
        at = matcher.end();
      }
    }
    return parsed.append(sql.substring(at)).build();
  }

  @Override
  public String nameParameter(String name, StatementContext context) {
    return ":" + name;
  }
}
