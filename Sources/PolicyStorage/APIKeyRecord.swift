#if Server
  /// What is kept of an API key; the key itself is not.
  package struct APIKeyRecord: Hashable, Sendable {
    /// The public part of the key, by which it is found and named.
    package let id: String
    /// SHA-256 of the whole key.
    package let hash: [UInt8]
    package var name: String
    package var workspace: String
    package var scopes: [String]
    package var tier: String
    /// The only types that the key may have to do with; `nil` for any.
    package var resourceTypes: [String]?
    /// How many requests at once; `nil` for the server's own limit.
    package var concurrency: Int?
    package var createdAt: Instant
    package var expiresAt: Instant?
    package var revokedAt: Instant?

    package init(
      id: String, hash: [UInt8], name: String, workspace: String, scopes: [String], tier: String,
      resourceTypes: [String]? = nil, concurrency: Int? = nil, createdAt: Instant, expiresAt: Instant? = nil,
      revokedAt: Instant? = nil
    ) {
      self.id = id
      self.hash = hash
      self.name = name
      self.workspace = workspace
      self.scopes = scopes
      self.tier = tier
      self.resourceTypes = resourceTypes
      self.concurrency = concurrency
      self.createdAt = createdAt
      self.expiresAt = expiresAt
      self.revokedAt = revokedAt
    }
  }

  /// When the server is out of service on purpose.
  package struct MaintenanceWindow: Hashable, Sendable {
    package let start: Instant
    package let end: Instant
    package let message: String?

    package init(start: Instant, end: Instant, message: String? = nil) {
      self.start = start
      self.end = end
      self.message = message
    }
  }

  /// Who does something, and when.
  package struct Actor: Hashable, Sendable {
    /// The public part of the key, or the name of a command.
    package let name: String
    package let workspace: String
    package let time: Instant

    package init(name: String, workspace: String, time: Instant) {
      self.name = name
      self.workspace = workspace
      self.time = time
    }
  }

  /// A line of the audit log.
  package struct AuditEntry: Hashable, Sendable {
    package let actor: Actor
    /// What was done, such as `policy.create`.
    package let action: String
    /// What it was done to, by id.
    package let subject: String

    package init(actor: Actor, action: String, subject: String) {
      self.actor = actor
      self.action = action
      self.subject = subject
    }
  }
#endif
