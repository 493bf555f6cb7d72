#if Server
  internal import Foundation
  internal import GRDB

  /// The store in one SQLite file.
  ///
  /// Write-ahead log, so that readers and the writer do not wait for each other; each commit is on the disk when it returns.
  package struct SQLiteStore: PolicyStore {
    let pool: DatabasePool

    /// How long a writer waits for another program's write.
    private static let patience: Double = 10

    /// Opens a database, makes it if there is none, and brings it to the newest schema.
    ///
    /// - Throws: `StoreError.foreignSchema`, or SQLite's error.
    package init(path: String) throws {
      var configuration = Configuration()
      configuration.busyMode = .timeout(Self.patience)
      configuration.foreignKeysEnabled = true
      pool = try DatabasePool(path: path, configuration: configuration)
      // GRDB opens logs with NORMAL, by which a power cut may take the last commits.
      try pool.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try Migrations.run(on: database)
      }
    }

    package func check() async throws {
      _ = try await pool.read { try Int.fetchOne($0, sql: "SELECT 1 FROM schema_migrations") }
    }

    package func maintenanceWindow() async throws -> MaintenanceWindow? {
      try await pool.read { database in
        let row = try Row.fetchOne(database, sql: "SELECT start_at, end_at, message FROM maintenance")
        return row.map { row in
          MaintenanceWindow(
            start: row.instant("start_at"), end: row.instant("end_at"), message: row.optionalText("message"))
        }
      }
    }

    package func setMaintenanceWindow(_ window: MaintenanceWindow?, by actor: Actor) async throws {
      try await pool.write { database in
        try database.execute(sql: "DELETE FROM maintenance")
        if let window {
          try database.execute(
            sql: "INSERT INTO maintenance VALUES (1, ?, ?, ?)",
            arguments: [window.start.milliseconds, window.end.milliseconds, window.message.map { Data($0.utf8) }])
        }
        try database.log(window == nil ? "maintenance.clear" : "maintenance.set", of: "maintenance", by: actor)
      }
    }

    package func auditLog(in workspace: String, limit: Int) async throws -> [AuditEntry] {
      try await pool.read { database in
        try Row.fetchAll(
          database,
          sql: "SELECT actor, action, subject, at FROM audit_log WHERE workspace = ? ORDER BY sequence DESC LIMIT ?",
          arguments: [workspace, limit]
        ).map { row in
          AuditEntry(
            actor: Actor(name: row["actor"], workspace: workspace, time: row.instant("at")), action: row["action"],
            subject: row["subject"])
        }
      }
    }
  }

  extension Database {
    /// Adds a line to the audit log.
    func log(_ action: String, of subject: String, by actor: Actor) throws {
      try execute(
        sql: "INSERT INTO audit_log (workspace, actor, action, subject, at) VALUES (?, ?, ?, ?, ?)",
        arguments: [actor.workspace, actor.name, action, subject, actor.time.milliseconds])
    }
  }

  extension Row {
    func instant(_ column: String) -> Instant { Instant(milliseconds: self[column]) }

    func optionalInstant(_ column: String) -> Instant? {
      let milliseconds: Int64? = self[column]
      return milliseconds.map { Instant(milliseconds: $0) }
    }

    func text(_ column: String) -> String {
      let data: Data = self[column]
      return String(decoding: data, as: UTF8.self)
    }

    func optionalText(_ column: String) -> String? {
      let data: Data? = self[column]
      return data.map { String(decoding: $0, as: UTF8.self) }
    }

    func bytes(_ column: String) -> [UInt8] {
      let data: Data = self[column]
      return Array(data)
    }
  }
#endif
