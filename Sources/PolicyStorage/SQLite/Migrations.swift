#if Server
  internal import Crypto
  internal import GRDB

  /// A step from one schema of the database to the next.
  struct Migration: Sendable {
    let name: String
    let sql: String

    /// SHA-256 of the statements: one that has run must never be edited.
    var checksum: String { SHA256.hash(data: Array(sql.utf8)).map { byte in hexadecimal(byte) }.joined() }

    private func hexadecimal(_ byte: UInt8) -> String {
      let text = String(byte, radix: 16)
      return text.utf8.count == 1 ? "0" + text : text
    }
  }

  /// Brings a database to the newest schema.
  enum Migrations {
    /// In order; new ones are added at the end.
    static let all = [Migration(name: "0001-start", sql: start), Migration(name: "0002-scans", sql: scans)]

    // Texts of users are blobs: SQLite's texts end at U+0000.
    private static let start = """
      CREATE TABLE policies (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        workspace TEXT NOT NULL,
        revision INTEGER NOT NULL,
        name BLOB NOT NULL,
        document BLOB NOT NULL,
        severity TEXT,
        is_enabled INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        UNIQUE (workspace, name)
      ) STRICT;
      CREATE INDEX policies_by_workspace ON policies (workspace, sequence);
      CREATE TABLE policy_resource_types (
        policy INTEGER NOT NULL REFERENCES policies (sequence) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        resource_type BLOB NOT NULL,
        PRIMARY KEY (policy, position)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX policy_resource_types_by_type ON policy_resource_types (resource_type);
      CREATE TABLE policy_versions (
        policy_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        document BLOB NOT NULL,
        author TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        PRIMARY KEY (policy_id, revision)
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER policy_versions_stay BEFORE UPDATE ON policy_versions
        BEGIN SELECT RAISE(ABORT, 'versions are immutable'); END;
      CREATE TRIGGER policy_versions_last BEFORE DELETE ON policy_versions
        BEGIN SELECT RAISE(ABORT, 'versions are immutable'); END;
      CREATE TABLE api_keys (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        hash BLOB NOT NULL,
        name BLOB NOT NULL,
        workspace TEXT NOT NULL,
        scopes TEXT NOT NULL,
        tier TEXT NOT NULL,
        concurrency INTEGER,
        created_at INTEGER NOT NULL,
        expires_at INTEGER,
        revoked_at INTEGER,
        is_limited INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX api_keys_by_workspace ON api_keys (workspace, sequence);
      CREATE TABLE api_key_resource_types (
        api_key INTEGER NOT NULL REFERENCES api_keys (sequence) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        resource_type BLOB NOT NULL,
        PRIMARY KEY (api_key, position)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE maintenance (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        start_at INTEGER NOT NULL,
        end_at INTEGER NOT NULL,
        message BLOB
      ) STRICT;
      CREATE TABLE audit_log (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        workspace TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX audit_log_by_workspace ON audit_log (workspace, sequence);
      """

    private static let scans = """
      CREATE TABLE scans (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        workspace TEXT NOT NULL,
        author TEXT NOT NULL,
        policies BLOB NOT NULL,
        total INTEGER,
        status TEXT NOT NULL,
        reason BLOB,
        resources INTEGER NOT NULL,
        violations INTEGER NOT NULL,
        summary BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        finished_at INTEGER
      ) STRICT;
      CREATE INDEX scans_by_workspace ON scans (workspace, sequence);
      CREATE INDEX scans_running ON scans (status) WHERE status = 'running';
      CREATE TABLE scan_violations (
        scan INTEGER NOT NULL REFERENCES scans (sequence) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        violation BLOB NOT NULL,
        PRIMARY KEY (scan, position)
      ) STRICT, WITHOUT ROWID;
      """

    /// Runs what has not run yet, each step in a transaction of its own.
    ///
    /// - Throws: `StoreError.foreignSchema` for a database whose steps are not the first of these, unchanged.
    static func run(_ migrations: [Migration] = all, on database: Database) throws {
      try database.execute(
        sql: """
          CREATE TABLE IF NOT EXISTS schema_migrations (
            position INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL
          ) STRICT
          """)
      // Immediate: of two programs that start at once, the second waits, and finds the work done.
      for (position, migration) in migrations.enumerated() {
        try database.inTransaction(.immediate) {
          let row = try Row.fetchOne(
            database, sql: "SELECT name, checksum FROM schema_migrations WHERE position = ?", arguments: [position])
          if let row {
            let name: String = row["name"]
            let checksum: String = row["checksum"]
            guard name == migration.name, checksum == migration.checksum else { throw StoreError.foreignSchema(name) }
          } else {
            try database.execute(sql: migration.sql)
            try database.execute(
              sql: "INSERT INTO schema_migrations VALUES (?, ?, ?)",
              arguments: [position, migration.name, migration.checksum])
          }
          return .commit
        }
      }
      let later = try String.fetchOne(
        database, sql: "SELECT name FROM schema_migrations WHERE position >= ?", arguments: [migrations.count])
      if let later { throw StoreError.foreignSchema(later) }
    }
  }
#endif
