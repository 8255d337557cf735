package dev.patchbay.emulator.xelion;

/** What the emulated Xelion keeps. */
final class XelionTables {
  /** Everything has its oid from one sequence; what is looked up has a column beside the JSON. */
  static final String SQL =
      """
      CREATE TABLE IF NOT EXISTS oids (oid INTEGER PRIMARY KEY AUTOINCREMENT);
      INSERT INTO oids (oid) SELECT 1590001 WHERE NOT EXISTS (SELECT 1 FROM oids);
      CREATE TABLE IF NOT EXISTS persons (
        oid TEXT PRIMARY KEY,
        name TEXT NOT NULL COLLATE NOCASE,
        body TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS persons_name ON persons (name);
      CREATE TABLE IF NOT EXISTS users (
        oid TEXT PRIMARY KEY,
        name TEXT NOT NULL COLLATE NOCASE UNIQUE,
        person TEXT UNIQUE,
        password TEXT NOT NULL,
        body TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS teams (
        oid TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        UNIQUE (kind, name));
      CREATE TABLE IF NOT EXISTS relations (
        oid TEXT PRIMARY KEY,
        team TEXT NOT NULL REFERENCES teams (oid) ON DELETE CASCADE,
        user TEXT NOT NULL REFERENCES users (oid) ON DELETE CASCADE,
        body TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS relations_team ON relations (team);
      CREATE INDEX IF NOT EXISTS relations_user ON relations (user);
      """;

  private XelionTables() {}
}
