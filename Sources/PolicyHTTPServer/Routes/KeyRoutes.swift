#if Server
  internal import HTTPTypes
  package import PolicyStorage

  /// API keys of the caller's workspace.
  enum KeyRoutes {
    static let all: [Route] = [
      Route(
        method: .get, path: "/auth/api-keys", scope: .administerKeys, summary: "List API keys",
        query: QueryParameters.paging, answer: list),
      Route(
        method: .post, path: "/auth/api-keys", scope: .administerKeys, summary: "Create an API key", body: .object,
        success: .created, answer: create),
      Route(
        method: .delete, path: "/auth/api-keys/{id}", scope: .administerKeys, summary: "Revoke an API key",
        success: .noContent, answer: revoke),
      Route(
        method: .post, path: "/auth/api-keys/{id}/rotate", scope: .administerKeys,
        summary: "Exchange an API key for a new one", body: .object, success: .created, answer: rotate),
    ]

    /// How long a rotated key works beside the new one, unless the request says otherwise.
    private static let overlap = Lifetime(seconds: 3600)

    @Sendable private static func list(_ call: Call) async throws -> Answer {
      let request = try call.query.page()
      let page = try await call.service.store.keys(in: try call.caller().workspace, request)
      return Answer([
        "api_keys": .array(page.elements.map { .object($0.representation) }), "pagination": page.pagination(request),
      ])
    }

    @Sendable private static func create(_ call: Call) async throws -> Answer {
      let caller = try call.caller()
      let draft = try APIKeyDraft(call.body, now: call.now)
      try draft.require(grantedBy: caller)
      let key = APIKey()
      let record = draft.record(of: key, workspace: caller.workspace, createdAt: call.now)
      try await call.service.store.createKey(record, by: try call.actor())
      return shown(key, record, call)
    }

    /// The only answer that ever holds the key.
    private static func shown(_ key: APIKey, _ record: APIKeyRecord, _ call: Call) -> Answer {
      Answer(
        .created, .object([JSONMember("key", .string(key.text))] + record.representation),
        headers: [.location: "\(call.base)/auth/api-keys/\(record.id)", .cacheControl: "no-store"])
    }

    @Sendable private static func revoke(_ call: Call) async throws -> Answer {
      try await changing(call) { try await call.service.store.revokeKey(call.id, by: try call.actor()) }
      return Answer(empty: .noContent)
    }

    @Sendable private static func rotate(_ call: Call) async throws -> Answer {
      let body = try RequestObject(call.body, known: ["overlap"], mayBeEmpty: true)
      var overlap = overlap
      if let text = try body.string("overlap", length: 0...64) {
        guard let given = Lifetime(text) else { throw ErrorResponse.wrongFormat("overlap", expected: "24h") }
        overlap = given
      }
      guard Base62.isIdentifier(call.id, prefix: "", count: 8), let old = try await call.service.store.key(call.id),
        old.workspace == (try call.caller().workspace)
      else {
        throw ErrorResponse.notFound("api_key", "API key", id: call.id)
      }
      // Who exchanges a key holds it afterwards.
      try APIKeyDraft(old).require(grantedBy: try call.caller())
      let key = APIKey()
      let record = APIKeyDraft(old).record(of: key, workspace: old.workspace, createdAt: call.now)
      try await changing(call) {
        try await call.service.store.rotateKey(
          old.id, to: record, oldExpiresAt: call.now.adding(seconds: overlap.seconds), by: try call.actor())
      }
      return shown(key, record, call)
    }

    private static func changing(_ call: Call, _ change: () async throws -> Void) async throws {
      do {
        guard Base62.isIdentifier(call.id, prefix: "", count: 8) else { throw StoreError.notFound }
        try await change()
      } catch StoreError.notFound {
        throw ErrorResponse.notFound("api_key", "API key", id: call.id)
      } catch StoreError.keyUnusable {
        throw ErrorResponse(.conflict, "API key is revoked or expired")
      }
    }
  }

  extension APIKeyRecord {
    /// What is told of a key on the command line.
    package var line: String { String(decoding: JSONValue.object(representation).bytes, as: UTF8.self) }

    /// What the API tells of a key.
    var representation: [JSONMember] {
      [
        JSONMember("id", .string(id)), JSONMember("name", .string(name)),
        JSONMember("workspace", .string(workspace)), JSONMember("scopes", .strings(scopes)),
        JSONMember("tier", .string(tier)), JSONMember("resource_types", resourceTypes.map { .strings($0) } ?? .null),
        JSONMember("max_concurrent_requests", concurrency.map { .integer($0) } ?? .null),
        JSONMember("created_at", .string(createdAt.text)), JSONMember("expires_at", .optional(expiresAt?.text)),
        JSONMember("revoked_at", .optional(revokedAt?.text)),
      ]
    }
  }
#endif
