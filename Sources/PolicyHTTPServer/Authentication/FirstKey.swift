#if Server
  package import PolicyStorage

  /// The key that a new store starts with: without one, nobody could make any.
  package enum FirstKey {
    /// Makes the first key, with every scope, unless there is any key.
    ///
    /// - Returns: The key, to be shown once.
    package static func create(in store: any PolicyStore) async throws -> APIKey? {
      let key = APIKey()
      let now = Instant.current()
      let record = APIKeyRecord(
        id: key.id, hash: key.hash, name: "first key", workspace: "default", scopes: Scope.allCases.map(\.rawValue),
        tier: Tier.free.rawValue, createdAt: now)
      let actor = Actor(name: "bootstrap", workspace: "default", time: now)
      return try await store.createFirstKey(record, by: actor) ? key : nil
    }
  }
#endif
