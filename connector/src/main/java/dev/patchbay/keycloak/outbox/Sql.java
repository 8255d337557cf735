package dev.patchbay.keycloak.outbox;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.util.JpaUtils;
import org.keycloak.models.KeycloakSession;

/**
 * Statements in Keycloak's own transaction. Tables stand as {@code {WORK}} and get our prefix and
 * the schema Keycloak was told to use.
 */
final class Sql {
  private static final Pattern TABLE = Pattern.compile("\\{(\\w+)}");

  private final EntityManager entities;

  Sql(KeycloakSession session) {
    this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
  }

  EntityManager entities() {
    return entities;
  }

  /** The statement with its tables' names. */
  String named(String statement) {
    return TABLE
        .matcher(statement)
        .replaceAll(
            found -> JpaUtils.getTableNameForNativeQuery("PATCHBAY_" + found.group(1), entities));
  }

  /** How many rows it changed. */
  int change(String statement, Map<String, ?> parameters) {
    return query(statement, parameters).executeUpdate();
  }

  <T> List<T> select(String statement, Map<String, ?> parameters, int most, Function<Row, T> read) {
    List<?> rows = query(statement, parameters).setMaxResults(most).getResultList();
    return rows.stream()
        .map(each -> read.apply(new Row(each instanceof Object[] it ? it : new Object[] {each})))
        .toList();
  }

  /** The number that a statement asks for; 0 where it is none. */
  long count(String statement, Map<String, ?> parameters) {
    return select(statement, parameters, 1, row -> row.number(0)).get(0);
  }

  /** More parameters besides these. */
  static Map<String, Object> with(Map<String, ?> some, Map<String, ?> more) {
    var all = new HashMap<String, Object>(some);
    all.putAll(more);
    return all;
  }

  /** Somebody else's words, as every database takes them. */
  static String text(String words, int most) {
    String taken = words.replace('\u0000', ' '); // which PostgreSQL does not take
    return taken.length() <= most ? taken : taken.substring(0, most);
  }

  private Query query(String statement, Map<String, ?> parameters) {
    Query query = entities.createNativeQuery(named(statement));
    parameters.forEach(query::setParameter);
    return query;
  }

  /**
   * One row; databases differ in the Java types of their numbers, and Oracle reads an empty text as
   * none.
   */
  static final class Row {
    private final @Nullable Object[] values;

    private Row(@Nullable Object[] values) {
      this.values = values;
    }

    String text(int column) {
      return values[column] == null ? "" : values[column].toString();
    }

    long number(int column) {
      return values[column] instanceof Number it ? it.longValue() : 0;
    }
  }
}
