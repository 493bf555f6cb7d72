#if Server
  internal import PolicyStorage

  /// Finds out who sends a request.
  struct Authentication: Sendable {
    let store: any PolicyStore

    private static let scheme = "Bearer "

    /// The key that a request bears.
    ///
    /// - Throws: 401.
    func key(_ authorization: String?, now: Instant) async throws -> APIKeyRecord {
      guard let authorization, !authorization.isEmpty else { throw ErrorResponse.unauthorized("API key required") }
      guard authorization.count > Self.scheme.count,
        authorization.prefix(Self.scheme.count).lowercased() == Self.scheme.lowercased()
      else { throw Self.wrongForm }
      let text = authorization.dropFirst(Self.scheme.count).drop { $0 == " " }
      guard text.hasPrefix(APIKey.prefix) else { throw Self.wrongForm }
      guard let key = APIKey(String(text)), let record = try await store.key(key.id), key.matches(record.hash),
        record.revokedAt == nil
      else { throw ErrorResponse.unauthorized("Invalid API key") }
      if let end = record.expiresAt, end <= now {
        throw ErrorResponse.unauthorized("API key expired", details: ["expired_at": .string(end.text)])
      }
      return record
    }

    private static let wrongForm = ErrorResponse.unauthorized(
      "Invalid API key format", details: ["expected_format": "Bearer pc_api_key_..."])
  }

  extension APIKeyRecord {
    /// - Throws: 403, unless the key has a scope.
    func require(_ scope: Scope) throws(ErrorResponse) {
      guard scopes.contains(scope.rawValue) else { throw .forbidden(scope.rawValue, held: scopes) }
    }

    /// - Throws: 403, unless the key may have to do with policies for these types; no types stand for all.
    func require(_ scope: Scope, types: [String]) throws(ErrorResponse) {
      guard let resourceTypes else { return }
      for type in types where !resourceTypes.contains(where: { $0.utf8.elementsEqual(type.utf8) }) {
        throw .forbidden(scope.rawValue, held: scopes, resourceType: type)
      }
      if types.isEmpty { throw .forbidden(scope.rawValue, held: scopes, resourceType: "*") }
    }
  }
#endif
