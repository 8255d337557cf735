package dev.patchbay.chaos;

import dev.patchbay.emulator.Passwords;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What no call of the PBX shows of a user; read where the emulator keeps it.
 *
 * @param password as it is kept
 * @param microsoft the id that is bound; empty for none
 */
record Hidden(String password, String microsoft) {
  /** Of all users, by their names there. */
  static Map<String, Hidden> in(Path folder) {
    var found = new HashMap<String, Hidden>();
    var file = "jdbc:sqlite:" + folder.resolve("pbx/portsip.db");
    try (var connection = DriverManager.getConnection(file);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT name, password, ms365 FROM users")) {
      while (rows.next()) {
        var microsoft = Optional.ofNullable(rows.getString("ms365")).orElse("");
        found.put(rows.getString("name"), new Hidden(rows.getString("password"), microsoft));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean opensWith(String candidate) {
    return Passwords.matches(candidate, password);
  }
}
