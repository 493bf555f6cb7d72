#if Server
  package import PolicyStorage

  /// What a new key is to be.
  package struct APIKeyDraft: Sendable {
    package var name: String
    package var scopes: [Scope]
    package var tier: Tier
    /// `nil` for any.
    package var resourceTypes: [String]?
    package var concurrency: Int?
    package var expiresAt: Instant?

    package init(name: String, scopes: [Scope], tier: Tier = .free, expiresAt: Instant? = nil) {
      self.name = name
      self.scopes = scopes
      self.tier = tier
      self.expiresAt = expiresAt
    }

    /// What a key is.
    init(_ record: APIKeyRecord) {
      name = record.name
      scopes = record.scopes.compactMap(Scope.init)
      tier = Tier(rawValue: record.tier) ?? .free
      resourceTypes = record.resourceTypes
      concurrency = record.concurrency
      expiresAt = record.expiresAt
    }

    /// Reads the body of a request.
    init(_ bytes: [UInt8], now: Instant) throws(ErrorResponse) {
      let body = try RequestObject(
        bytes,
        known: [
          "name", "scopes", "tier", "resource_types", "max_concurrent_requests", "expires_in", "expires_at",
        ])
      guard let name = try body.string("name", length: 1...128) else { throw .missing("name") }
      guard let words = try body.strings("scopes", count: 1...1000) else { throw .missing("scopes") }
      var scopes: [Scope] = []
      for (index, word) in words.enumerated() {
        guard let scope = Scope(rawValue: word) else {
          throw .wrongValue("scopes[\(index)]", allowed: Scope.allCases.map(\.rawValue))
        }
        if !scopes.contains(scope) { scopes.append(scope) }
      }
      self.init(name: name, scopes: scopes)
      if let word = try body.string("tier", length: 0...64) {
        guard let tier = Tier(rawValue: word) else { throw .wrongValue("tier", allowed: Tier.allCases.map(\.rawValue)) }
        self.tier = tier
      }
      resourceTypes = try body.strings("resource_types", count: 1...1000)
      concurrency = try body.integer("max_concurrent_requests", in: 1...10_000)
      let lifetime = try body.string("expires_in", length: 0...64)
      let end = try body.string("expires_at", length: 0...64)
      switch (lifetime, end) {
      case (_?, _?): throw .invalid("expires_at", "duplicate", "Conflicting fields: expires_in, expires_at")
      case (let text?, nil):
        guard let lifetime = Lifetime(text), lifetime.seconds > 0 else {
          throw .wrongFormat("expires_in", expected: "90d")
        }
        expiresAt = now.adding(seconds: lifetime.seconds)
      case (nil, let text?):
        guard let end = Instant(text) else { throw .wrongFormat("expires_at", expected: "2030-01-31T12:00:00Z") }
        guard end > now else { throw .unprocessable("expires_at", "Time is past") }
        expiresAt = end
      case (nil, nil): break
      }
    }

    /// - Throws: 403 for a key that would be able to do more than whoever asks for it.
    func require(grantedBy caller: APIKeyRecord) throws(ErrorResponse) {
      for scope in scopes { try caller.require(scope) }
      let held = Tier(rawValue: caller.tier) ?? .free
      if tier > held { try caller.require(.administer) }
      if caller.resourceTypes != nil { try caller.require(.administerKeys, types: resourceTypes ?? []) }
    }

    /// What is kept of a key.
    package func record(of key: APIKey, workspace: String, createdAt: Instant) -> APIKeyRecord {
      APIKeyRecord(
        id: key.id, hash: key.hash, name: name, workspace: workspace, scopes: scopes.map(\.rawValue),
        tier: tier.rawValue, resourceTypes: resourceTypes, concurrency: concurrency, createdAt: createdAt,
        expiresAt: expiresAt)
    }
  }
#endif
