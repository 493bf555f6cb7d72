#if Server
  /// Why a change was not made; nothing was written then.
  package enum StoreError: Error, Hashable {
    /// There is none of this id in the workspace.
    case notFound
    /// Another policy of the workspace has the name.
    case nameTaken
    /// The policy is at another revision than was expected.
    case revisionMismatch(current: Int)
    /// The key is revoked or has expired, and cannot be exchanged for another.
    case keyUnusable
    /// The database was migrated by another version of the program.
    case foreignSchema(String)
  }

  /// What the server keeps.
  ///
  /// Whoever sees a write return finds it there after a power cut. Each write is one transaction together with its line in the
  /// audit log. What belongs to another workspace does not exist. Any number of tasks may call at once, and several servers
  /// may share a store: a decision that depends on what is stored is made inside the store.
  package protocol PolicyStore: Sendable {
    /// Keeps a new policy.
    ///
    /// - Throws: `StoreError.nameTaken`.
    func createPolicy(_ draft: PolicyDraft, id: String, by actor: Actor) async throws -> StoredPolicy
    /// A policy, if there is one of the id.
    func policy(_ id: String, in workspace: String) async throws -> StoredPolicy?
    /// Replaces a policy if it still is at a revision.
    ///
    /// - Throws: `StoreError.notFound`, `.revisionMismatch` or `.nameTaken`.
    func updatePolicy(
      _ id: String, to draft: PolicyDraft, expecting revision: Int, by actor: Actor
    ) async throws -> StoredPolicy
    /// Deletes a policy, if it still is at a revision where one is given.
    ///
    /// - Throws: `StoreError.notFound` or `.revisionMismatch`.
    func deletePolicy(_ id: String, expecting revision: Int?, by actor: Actor) async throws
    /// Policies in the order of their creation.
    func policies(in workspace: String, _ filter: PolicyFilter, _ page: PageRequest) async throws -> Page<StoredPolicy>
    /// The versions of a policy, the first first; cursors are revisions.
    ///
    /// - Throws: `StoreError.notFound`.
    func versions(of id: String, in workspace: String, _ page: PageRequest) async throws -> Page<PolicyVersion>

    /// Keeps a new key.
    func createKey(_ key: APIKeyRecord, by actor: Actor) async throws
    /// Keeps the first key, unless there is any: of several servers that start at once, one does it.
    func createFirstKey(_ key: APIKeyRecord, by actor: Actor) async throws -> Bool
    /// A key by the public part, in whatever workspace.
    func key(_ id: String) async throws -> APIKeyRecord?
    /// The keys of a workspace, the first first.
    func keys(in workspace: String, _ page: PageRequest) async throws -> Page<APIKeyRecord>
    /// Revokes a key; one that is revoked stays so from its first time.
    ///
    /// - Throws: `StoreError.notFound`.
    func revokeKey(_ id: String, by actor: Actor) async throws
    /// Keeps a new key in place of another, which expires at a time, if not sooner.
    ///
    /// - Throws: `StoreError.notFound` or `.keyUnusable`.
    func rotateKey(_ id: String, to key: APIKeyRecord, oldExpiresAt: Instant, by actor: Actor) async throws

    /// Keeps a new scan, which runs.
    func createScan(_ scan: StoredScan, by actor: Actor) async throws
    /// A scan, if there is one of the id.
    func scan(_ id: String, in workspace: String) async throws -> StoredScan?
    /// The scans of a workspace, or those alone that a key asked for, the first first.
    func scans(in workspace: String, by author: String?, _ page: PageRequest) async throws -> Page<StoredScan>
    /// Keeps how far a running scan has come, and what it found since.
    ///
    /// - Throws: `StoreError.notFound` for one that is gone, or runs no more: there is nothing left to do then.
    func advanceScan(_ id: String, to progress: ScanProgress, adding violations: [[UInt8]]) async throws
    /// Ends a running scan; what runs no more stays as it is.
    func finishScan(_ id: String, _ status: ScanStatus, reason: String?, at time: Instant) async throws
    /// Fails every scan that runs: for the start of the one server that uses the store, which runs none yet.
    func failRunningScans(reason: String, at time: Instant) async throws
    /// What a scan found, in its order.
    func violations(of id: String, in workspace: String, _ page: PageRequest) async throws -> Page<[UInt8]>
    /// Deletes a scan, and what it found.
    ///
    /// - Throws: `StoreError.notFound`.
    func deleteScan(_ id: String, by actor: Actor) async throws

    /// The maintenance window, past or coming.
    func maintenanceWindow() async throws -> MaintenanceWindow?
    /// Sets the window, or takes it away.
    func setMaintenanceWindow(_ window: MaintenanceWindow?, by actor: Actor) async throws

    /// The last lines of a workspace's audit log, the newest first.
    func auditLog(in workspace: String, limit: Int) async throws -> [AuditEntry]

    /// Whether the store answers.
    ///
    /// - Throws: What is wrong with it.
    func check() async throws
  }
#endif
