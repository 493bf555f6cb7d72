#if Server
  internal import CEL
  internal import DocumentTree
  internal import Hummingbird
  internal import PolicyCortex
  internal import PolicyStorage
  internal import ServiceLifecycle
  internal import Synchronization

  /// Runs scans, and keeps what they find while they run: however large one is, it takes no more memory than a batch.
  final class ScanRunner: Sendable {
    private let tasks = Mutex<[String: Task<Void, Never>]>([:])
    private let count = Mutex(0)

    /// How many run at once; beyond that the server sheds load.
    private static let capacity = 8
    /// After so many resources, or bytes of them, what was found is kept.
    private static let batch = 1024
    private static let batchSize = 4 << 20
    /// How many violations of a scan are kept; the others are only counted.
    static let keptLimit = 100_000

    /// A scan on its way.
    private struct Run {
      let id: String
      let store: any PolicyStore
      let scanner: Scanner
      var tally = ScanTally()
      var kept = 0

      /// Looks at resources, and keeps what was found.
      mutating func scan(_ resources: [ScannedResource]) async throws {
        let found = try await scanner.findings(
          in: resources, first: tally.resources, keeping: ScanRunner.keptLimit - kept)
        tally.add(found)
        kept += found.kept.count
        try await store.advanceScan(id, to: tally.progress, adding: found.kept)
      }
    }

    /// Takes a place among those that run.
    ///
    /// - Throws: 503 when there is none.
    private func enter() throws(ErrorResponse) {
      let isFree = count.withLock { count in
        guard count < Self.capacity else { return false }
        count += 1
        return true
      }
      guard isFree else { throw .unavailable("Service temporarily overloaded", retryAfter: 5) }
    }

    private func leave() { count.withLock { $0 -= 1 } }

    /// Starts to scan the resources of a body that was read, and returns at once.
    ///
    /// - Throws: 503, or the store's error.
    func start(
      _ scan: StoredScan, _ resources: [ScannedResource], _ scanner: Scanner, by actor: Actor, _ service: PolicyService
    ) async throws {
      try enter()
      do { try await service.store.createScan(scan, by: actor) } catch {
        leave()
        throw error
      }
      let run = Run(id: scan.id, store: service.store, scanner: scanner)
      // It takes itself off the list; the list must know it before that.
      tasks.withLock { tasks in
        tasks[scan.id] = Task.detached {
          await self.finish(run, service) { run in
            for start in stride(from: 0, to: resources.count, by: Self.batch) {
              try await run.scan(Array(resources[start..<min(start + Self.batch, resources.count)]))
            }
          }
          _ = self.tasks.withLock { $0.removeValue(forKey: scan.id) }
          self.leave()
        }
      }
    }

    /// Scans the resources of a body while it comes, a line each.
    ///
    /// - Throws: 400 for what is no resource, 409 for a scan that was deleted meanwhile, 503, or the store's error.
    func stream(
      _ scan: StoredScan, _ body: RequestBody, _ scanner: Scanner, by actor: Actor, _ service: PolicyService
    ) async throws {
      try enter()
      defer { leave() }
      try await service.store.createScan(scan, by: actor)
      let run = Run(id: scan.id, store: service.store, scanner: scanner)
      let fault = await finish(run, service) { run in
        var lines = ResourceLines()
        var pieces = body.makeAsyncIterator()
        while let piece = try await BodyReading.next(&pieces) {
          guard !Task.isShuttingDownGracefully else {
            throw ErrorResponse.unavailable("Server is shutting down", retryAfter: 5)
          }
          try lines.add(piece.readableBytesView, taken: run.tally.resources)
          if lines.count >= Self.batch || lines.size >= Self.batchSize { try await run.scan(lines.take()) }
        }
        try lines.end(taken: run.tally.resources)
        try await run.scan(lines.take())
      }
      if let fault { throw fault }
    }

    /// Does the work of a scan, and keeps how it ended, also when nobody waits any more.
    @discardableResult
    private func finish(
      _ run: Run, _ service: PolicyService, _ work: (inout Run) async throws -> Void
    ) async -> (any Error)? {
      var run = run
      var fault: (any Error)?
      var reason: String?
      do { try await work(&run) } catch let error as ErrorResponse {
        fault = error
        if case .string(let field)? = error.details?["field"], !field.isEmpty { reason = "\(field): \(error.message)" }
        reason = reason ?? error.message
      } catch StoreError.notFound {
        return ErrorResponse(.conflict, "Scan was deleted meanwhile")
      } catch {
        fault = error
        reason = error is CancellationError ? "The scan was cancelled" : "What was found could not be kept"
      }
      let status: ScanStatus = reason == nil ? .completed : .failed
      let message = reason
      let store = service.store
      let id = run.id
      let time = service.configuration.now()
      // A task of its own: this one may be cancelled.
      let ending = Task.detached { try await store.finishScan(id, status, reason: message, at: time) }
      do { try await ending.value } catch { fault = fault ?? error }
      return fault
    }

    /// Stops a scan, if it runs here.
    func cancel(_ id: String) { tasks.withLock { $0[id] }?.cancel() }
  }
#endif
