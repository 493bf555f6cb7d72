#if Server
  internal import Foundation
  internal import GRDB

  // API keys.
  extension SQLiteStore {
    package func createKey(_ key: APIKeyRecord, by actor: Actor) async throws {
      try await pool.write { database in
        try database.insert(key)
        try database.log("key.create", of: key.id, by: actor)
      }
    }

    package func createFirstKey(_ key: APIKeyRecord, by actor: Actor) async throws -> Bool {
      try await pool.write { database in
        guard try Int.fetchOne(database, sql: "SELECT 1 FROM api_keys LIMIT 1") == nil else { return false }
        try database.insert(key)
        try database.log("key.create", of: key.id, by: actor)
        return true
      }
    }

    package func key(_ id: String) async throws -> APIKeyRecord? {
      try await pool.read { try $0.key(id) }
    }

    package func keys(in workspace: String, _ page: PageRequest) async throws -> Page<APIKeyRecord> {
      try await pool.read { database in
        let (rows, total, next) = try database.page(
          page, of: "api_keys", where: "workspace = ?", [workspace], key: "sequence")
        let keys = try rows.map { try database.key($0) }
        return Page(elements: keys, total: total, next: next)
      }
    }

    package func revokeKey(_ id: String, by actor: Actor) async throws {
      try await pool.write { database in
        guard let key = try database.key(id), key.workspace == actor.workspace else { throw StoreError.notFound }
        guard key.revokedAt == nil else { return }
        try database.execute(
          sql: "UPDATE api_keys SET revoked_at = ? WHERE id = ?", arguments: [actor.time.milliseconds, id])
        try database.log("key.revoke", of: id, by: actor)
      }
    }

    package func rotateKey(
      _ id: String, to key: APIKeyRecord, oldExpiresAt: Instant, by actor: Actor
    ) async throws {
      try await pool.write { database in
        guard let old = try database.key(id), old.workspace == actor.workspace else { throw StoreError.notFound }
        let isExpired = old.expiresAt.map { $0 <= actor.time } ?? false
        guard old.revokedAt == nil, !isExpired else { throw StoreError.keyUnusable }
        try database.insert(key)
        try database.execute(
          sql: "UPDATE api_keys SET expires_at = ? WHERE id = ?",
          arguments: [min(oldExpiresAt, old.expiresAt ?? oldExpiresAt).milliseconds, id])
        try database.log("key.rotate", of: id, by: actor)
      }
    }
  }

  extension Database {
    fileprivate func insert(_ key: APIKeyRecord) throws {
      try execute(
        sql: """
          INSERT INTO api_keys (
            id, hash, name, workspace, scopes, tier, concurrency, created_at, expires_at, revoked_at, is_limited)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          key.id, Data(key.hash), Data(key.name.utf8), key.workspace, key.scopes.joined(separator: " "), key.tier,
          key.concurrency, key.createdAt.milliseconds, key.expiresAt?.milliseconds, key.revokedAt?.milliseconds,
          key.resourceTypes != nil,
        ])
      let sequence = lastInsertedRowID
      for (position, type) in (key.resourceTypes ?? []).enumerated() {
        try execute(
          sql: "INSERT INTO api_key_resource_types VALUES (?, ?, ?)",
          arguments: [sequence, position, Data(type.utf8)])
      }
    }

    fileprivate func key(_ id: String) throws -> APIKeyRecord? {
      try Row.fetchOne(self, sql: "SELECT * FROM api_keys WHERE id = ?", arguments: [id]).map { try key($0) }
    }

    fileprivate func key(_ row: Row) throws -> APIKeyRecord {
      var types: [String]?
      let isLimited: Bool = row["is_limited"]
      if isLimited {
        let sequence: Int64 = row["sequence"]
        types = try Row.fetchAll(
          self, sql: "SELECT resource_type FROM api_key_resource_types WHERE api_key = ? ORDER BY position",
          arguments: [sequence]
        ).map { $0.text("resource_type") }
      }
      let scopes: String = row["scopes"]
      return APIKeyRecord(
        id: row["id"], hash: row.bytes("hash"), name: row.text("name"), workspace: row["workspace"],
        scopes: scopes.split(separator: " ").map(String.init), tier: row["tier"], resourceTypes: types,
        concurrency: row["concurrency"], createdAt: row.instant("created_at"),
        expiresAt: row.optionalInstant("expires_at"), revokedAt: row.optionalInstant("revoked_at"))
    }
  }
#endif
