#if Server
  internal import Foundation
  internal import GRDB

  // Scans and what they find.
  extension SQLiteStore {
    package func createScan(_ scan: StoredScan, by actor: Actor) async throws {
      try await pool.write { database in
        try database.execute(
          sql: """
            INSERT INTO scans (
              id, workspace, author, policies, total, status, resources, violations, summary, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            scan.id, scan.workspace, scan.author, Data(scan.policies), scan.total, scan.status.rawValue,
            scan.progress.resources, scan.progress.violations, Data(scan.progress.summary),
            scan.createdAt.milliseconds,
          ])
        try database.log("scan.create", of: scan.id, by: actor)
      }
    }

    package func scan(_ id: String, in workspace: String) async throws -> StoredScan? {
      try await pool.read { database in
        let row = try Row.fetchOne(
          database, sql: "SELECT * FROM scans WHERE id = ? AND workspace = ?", arguments: [id, workspace])
        return row.map(StoredScan.init(row:))
      }
    }

    package func scans(
      in workspace: String, by author: String?, _ page: PageRequest
    ) async throws -> Page<StoredScan> {
      try await pool.read { database in
        var condition = "workspace = ?"
        var arguments: StatementArguments = [workspace]
        if let author {
          condition += " AND author = ?"
          arguments += [author]
        }
        let (rows, total, next) = try database.page(page, of: "scans", where: condition, arguments, key: "sequence")
        return Page(elements: rows.map(StoredScan.init(row:)), total: total, next: next)
      }
    }

    package func advanceScan(
      _ id: String, to progress: ScanProgress, adding violations: [[UInt8]]
    ) async throws {
      try await pool.write { database in
        let sequence = try Int64.fetchOne(
          database, sql: "SELECT sequence FROM scans WHERE id = ? AND status = ?",
          arguments: [id, ScanStatus.running.rawValue])
        guard let sequence else { throw StoreError.notFound }
        try database.execute(
          sql: "UPDATE scans SET resources = ?, violations = ?, summary = ? WHERE sequence = ?",
          arguments: [progress.resources, progress.violations, Data(progress.summary), sequence])
        guard !violations.isEmpty else { return }
        var position =
          try Int64.fetchOne(
            database, sql: "SELECT MAX(position) FROM scan_violations WHERE scan = ?", arguments: [sequence]) ?? 0
        let insertion = try database.cachedStatement(sql: "INSERT INTO scan_violations VALUES (?, ?, ?)")
        for violation in violations {
          position += 1
          try insertion.execute(arguments: [sequence, position, Data(violation)])
        }
      }
    }

    package func finishScan(
      _ id: String, _ status: ScanStatus, reason: String?, at time: Instant
    ) async throws {
      try await pool.write { database in
        try database.execute(
          sql: "UPDATE scans SET status = ?, reason = ?, finished_at = ? WHERE id = ? AND status = ?",
          arguments: [
            status.rawValue, reason.map { Data($0.utf8) }, time.milliseconds, id, ScanStatus.running.rawValue,
          ])
      }
    }

    package func failRunningScans(reason: String, at time: Instant) async throws {
      try await pool.write { database in
        try database.execute(
          sql: "UPDATE scans SET status = ?, reason = ?, finished_at = ? WHERE status = ?",
          arguments: [
            ScanStatus.failed.rawValue, Data(reason.utf8), time.milliseconds, ScanStatus.running.rawValue,
          ])
      }
    }

    package func violations(
      of id: String, in workspace: String, _ page: PageRequest
    ) async throws -> Page<[UInt8]> {
      try await pool.read { database in
        let sequence = try Int64.fetchOne(
          database, sql: "SELECT sequence FROM scans WHERE id = ? AND workspace = ?", arguments: [id, workspace])
        guard let sequence else { throw StoreError.notFound }
        let (rows, total, next) = try database.page(
          page, of: "scan_violations", where: "scan = ?", [sequence], key: "position")
        return Page(elements: rows.map { $0.bytes("violation") }, total: total, next: next)
      }
    }

    package func deleteScan(_ id: String, by actor: Actor) async throws {
      try await pool.write { database in
        try database.execute(
          sql: "DELETE FROM scans WHERE id = ? AND workspace = ?", arguments: [id, actor.workspace])
        guard database.changesCount > 0 else { throw StoreError.notFound }
        try database.log("scan.delete", of: id, by: actor)
      }
    }
  }

  extension StoredScan {
    fileprivate init(row: Row) {
      let actor = Actor(name: row["author"], workspace: row["workspace"], time: row.instant("created_at"))
      let progress = ScanProgress(
        resources: row["resources"], violations: row["violations"], summary: row.bytes("summary"))
      self.init(id: row["id"], by: actor, policies: row.bytes("policies"), total: row["total"], progress: progress)
      // INVARIANT: only names of cases are written.
      status = ScanStatus(rawValue: row["status"]) ?? .failed
      reason = row.optionalText("reason")
      finishedAt = row.optionalInstant("finished_at")
    }
  }
#endif
