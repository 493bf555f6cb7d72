#if Server
  internal import Foundation
  internal import GRDB

  // Policies and their versions.
  extension SQLiteStore {
    package func createPolicy(_ draft: PolicyDraft, id: String, by actor: Actor) async throws -> StoredPolicy {
      try await pool.write { database in
        try database.requireFreeName(draft.name, in: actor.workspace, besides: nil)
        try database.execute(
          sql: """
            INSERT INTO policies (id, workspace, revision, name, document, severity, is_enabled, created_at, updated_at)
            VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            id, actor.workspace, Data(draft.name.utf8), Data(draft.document), draft.severity, draft.isEnabled,
            actor.time.milliseconds, actor.time.milliseconds,
          ])
        try database.setTypes(draft.resourceTypes, ofPolicy: database.lastInsertedRowID)
        try database.addVersion(1, of: id, draft, by: actor)
        try database.log("policy.create", of: id, by: actor)
        return StoredPolicy(
          id: id, workspace: actor.workspace, revision: 1, draft: draft, createdAt: actor.time, updatedAt: actor.time)
      }
    }

    package func policy(_ id: String, in workspace: String) async throws -> StoredPolicy? {
      try await pool.read { try $0.policy(id, in: workspace)?.policy }
    }

    package func updatePolicy(
      _ id: String, to draft: PolicyDraft, expecting revision: Int, by actor: Actor
    ) async throws -> StoredPolicy {
      try await pool.write { database in
        guard let (sequence, old) = try database.policy(id, in: actor.workspace) else { throw StoreError.notFound }
        guard old.revision == revision else { throw StoreError.revisionMismatch(current: old.revision) }
        try database.requireFreeName(draft.name, in: actor.workspace, besides: sequence)
        try database.execute(
          sql: """
            UPDATE policies SET revision = ?, name = ?, document = ?, severity = ?, is_enabled = ?, updated_at = ?
            WHERE sequence = ?
            """,
          arguments: [
            revision + 1, Data(draft.name.utf8), Data(draft.document), draft.severity, draft.isEnabled,
            actor.time.milliseconds, sequence,
          ])
        try database.execute(sql: "DELETE FROM policy_resource_types WHERE policy = ?", arguments: [sequence])
        try database.setTypes(draft.resourceTypes, ofPolicy: sequence)
        try database.addVersion(revision + 1, of: id, draft, by: actor)
        try database.log("policy.update", of: id, by: actor)
        return StoredPolicy(
          id: id, workspace: actor.workspace, revision: revision + 1, draft: draft, createdAt: old.createdAt,
          updatedAt: actor.time)
      }
    }

    package func deletePolicy(_ id: String, expecting revision: Int?, by actor: Actor) async throws {
      try await pool.write { database in
        guard let (sequence, old) = try database.policy(id, in: actor.workspace) else { throw StoreError.notFound }
        if let revision, old.revision != revision { throw StoreError.revisionMismatch(current: old.revision) }
        try database.execute(sql: "DELETE FROM policies WHERE sequence = ?", arguments: [sequence])
        try database.log("policy.delete", of: id, by: actor)
      }
    }

    package func policies(
      in workspace: String, _ filter: PolicyFilter, _ page: PageRequest
    ) async throws -> Page<StoredPolicy> {
      try await pool.read { database in
        var condition = "workspace = ?"
        var arguments: StatementArguments = [workspace]
        if let type = filter.resourceType {
          condition +=
            " AND EXISTS (SELECT 1 FROM policy_resource_types WHERE policy = sequence AND resource_type = ?)"
          arguments += [Data(type.utf8)]
        }
        if let severity = filter.severity {
          condition += " AND severity = ?"
          arguments += [severity]
        }
        if let isEnabled = filter.isEnabled {
          condition += " AND is_enabled = ?"
          arguments += [isEnabled]
        }
        if let types = filter.withinTypes {
          let marks = Array(repeating: "?", count: types.count).joined(separator: ", ")
          condition += """
             AND EXISTS (SELECT 1 FROM policy_resource_types WHERE policy = sequence)
             AND NOT EXISTS (
               SELECT 1 FROM policy_resource_types WHERE policy = sequence AND resource_type NOT IN (\(marks)))
            """
          arguments += StatementArguments(types.map { Data($0.utf8) })
        }
        let (rows, total, next) = try database.page(
          page, of: "policies", where: condition, arguments, key: "sequence")
        let policies = try rows.map { try database.policy($0) }
        return Page(elements: policies, total: total, next: next)
      }
    }

    package func versions(
      of id: String, in workspace: String, _ page: PageRequest
    ) async throws -> Page<PolicyVersion> {
      try await pool.read { database in
        guard try database.policy(id, in: workspace) != nil else { throw StoreError.notFound }
        let (rows, total, next) = try database.page(
          page, of: "policy_versions", where: "policy_id = ?", [id], key: "revision")
        let versions = rows.map { row in
          PolicyVersion(
            revision: row["revision"], document: row.bytes("document"), createdAt: row.instant("created_at"),
            author: row["author"])
        }
        return Page(elements: versions, total: total, next: next)
      }
    }
  }

  extension Database {
    /// A part of a table in the order of a key, how much there is in all, and the key to go on behind.
    func page(
      _ page: PageRequest, of table: String, where condition: String, _ arguments: StatementArguments, key: String
    ) throws -> (rows: [Row], total: Int, next: Int64?) {
      let total =
        try Int.fetchOne(self, sql: "SELECT COUNT(*) FROM \(table) WHERE \(condition)", arguments: arguments) ?? 0
      var sql = "SELECT * FROM \(table) WHERE \(condition)"
      var arguments = arguments
      let skipped: Int
      switch page.start {
      case .offset(let offset): skipped = offset
      case .cursor(let cursor, let offset):
        skipped = offset
        sql += " AND \(key) > ?"
        arguments += [cursor]
      }
      // One more than wanted tells whether there is more.
      var rows = try Row.fetchAll(
        self, sql: sql + " ORDER BY \(key) LIMIT ? OFFSET ?", arguments: arguments + [page.limit + 1, skipped])
      guard rows.count > page.limit else { return (rows, total, nil) }
      rows.removeLast()
      let next: Int64? = rows.last.map { $0[key] }
      return (rows, total, next)
    }

    /// A policy, and the key of its row.
    fileprivate func policy(_ id: String, in workspace: String) throws -> (sequence: Int64, policy: StoredPolicy)? {
      let row = try Row.fetchOne(
        self, sql: "SELECT * FROM policies WHERE id = ? AND workspace = ?", arguments: [id, workspace])
      return try row.map { ($0["sequence"], try policy($0)) }
    }

    /// The policy of a row.
    fileprivate func policy(_ row: Row) throws -> StoredPolicy {
      let sequence: Int64 = row["sequence"]
      let types = try Row.fetchAll(
        self, sql: "SELECT resource_type FROM policy_resource_types WHERE policy = ? ORDER BY position",
        arguments: [sequence]
      ).map { $0.text("resource_type") }
      let draft = PolicyDraft(
        name: row.text("name"), document: row.bytes("document"), resourceTypes: types, severity: row["severity"],
        isEnabled: row["is_enabled"])
      return StoredPolicy(
        id: row["id"], workspace: row["workspace"], revision: row["revision"], draft: draft,
        createdAt: row.instant("created_at"), updatedAt: row.instant("updated_at"))
    }

    fileprivate func requireFreeName(_ name: String, in workspace: String, besides sequence: Int64?) throws {
      let holder = try Int64.fetchOne(
        self, sql: "SELECT sequence FROM policies WHERE workspace = ? AND name = ?",
        arguments: [workspace, Data(name.utf8)])
      if let holder, holder != sequence { throw StoreError.nameTaken }
    }

    fileprivate func setTypes(_ types: [String], ofPolicy sequence: Int64) throws {
      for (position, type) in types.enumerated() {
        try execute(
          sql: "INSERT INTO policy_resource_types VALUES (?, ?, ?)",
          arguments: [sequence, position, Data(type.utf8)])
      }
    }

    fileprivate func addVersion(_ revision: Int, of id: String, _ draft: PolicyDraft, by actor: Actor) throws {
      try execute(
        sql: "INSERT INTO policy_versions (policy_id, revision, document, author, created_at) VALUES (?, ?, ?, ?, ?)",
        arguments: [id, revision, Data(draft.document), actor.name, actor.time.milliseconds])
    }
  }
#endif
