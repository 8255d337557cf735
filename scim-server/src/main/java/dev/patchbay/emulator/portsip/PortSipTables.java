package dev.patchbay.emulator.portsip;

/** What the emulated PortSIP keeps. */
final class PortSipTables {
  /** A row is JSON; what is looked up has a column and an index beside it. */
  static final String SQL =
      """
      CREATE TABLE IF NOT EXISTS users (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL UNIQUE,
        extension_number TEXT NOT NULL UNIQUE,
        role TEXT NOT NULL,
        ms365 TEXT UNIQUE,
        password TEXT NOT NULL,
        balance TEXT NOT NULL DEFAULT '0.00000',
        body TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS users_role ON users (role);
      CREATE INDEX IF NOT EXISTS users_email ON users (json_extract(body, '$.email'));
      CREATE TABLE IF NOT EXISTS parts (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        collection TEXT NOT NULL,
        code TEXT NOT NULL,
        body TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS parts_user ON parts (user_id, collection, code);
      CREATE INDEX IF NOT EXISTS parts_code ON parts (collection, code);
      CREATE TABLE IF NOT EXISTS roles (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS user_groups (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        body TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS user_groups_name ON user_groups (name);
      CREATE TABLE IF NOT EXISTS members (
        group_id TEXT NOT NULL REFERENCES user_groups (id) ON DELETE CASCADE,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        PRIMARY KEY (group_id, user_id)) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS members_user ON members (user_id);
      CREATE TABLE IF NOT EXISTS left_members (
        group_id TEXT NOT NULL REFERENCES user_groups (id) ON DELETE CASCADE,
        extension_number TEXT NOT NULL,
        PRIMARY KEY (group_id, extension_number)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS left_bindings (
        ms365 TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS call_queues (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS ring_groups (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS call_pickup_groups (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS service_members (
        service_id TEXT NOT NULL,
        user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        skill INTEGER NOT NULL,
        PRIMARY KEY (service_id, user_id)) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS service_members_user ON service_members (user_id);
      CREATE TABLE IF NOT EXISTS ms365_users (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        body TEXT NOT NULL);
      """;

  private PortSipTables() {}
}
