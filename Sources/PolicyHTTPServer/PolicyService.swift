#if Server
  internal import PolicyCortex
  internal import PolicyStorage

  /// What answering requests needs; one for all of them.
  struct PolicyService: Sendable {
    let store: any PolicyStore
    let configuration: ServerConfiguration
    let validator: PolicyValidator
    let authentication: Authentication
    let limiter = RateLimiter()
    let addresses: AddressGuard
    let concurrency: ConcurrencyLimit
    let maintenance = MaintenanceSchedule()
    let metrics = ServerMetrics()
    let compiled = CompiledPolicies()
    let scans = ScanRunner()

    /// - Throws: When the store does not answer.
    init(_ store: any PolicyStore, _ configuration: ServerConfiguration) async throws {
      self.store = store
      self.configuration = configuration
      validator = PolicyValidator(resourceTypes: configuration.resourceTypes)
      authentication = Authentication(store: store)
      addresses = AddressGuard(limit: configuration.addressLimit)
      concurrency = ConcurrencyLimit(capacity: configuration.capacity)
      maintenance.set(try await store.maintenanceWindow())
    }
  }
#endif
