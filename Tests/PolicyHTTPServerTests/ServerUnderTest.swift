#if Server
  import Foundation
  import HTTPTypes
  import Hummingbird
  import HummingbirdTesting
  import Logging
  import NIOCore
  import PolicyCortex
  import PolicyStorage
  import Synchronization
  import Testing

  @testable import PolicyHTTPServer

  /// A server with a store of its own and a clock that stands until it is moved.
  struct ServerUnderTest: Sendable {
    let client: any TestClientProtocol
    let store: any PolicyStore
    let clock: StandingClock

    /// Runs a test on a new server.
    ///
    /// - Parameters:
    ///   - configure: Changes how it behaves.
    ///   - store: Its store, in place of an empty one of SQLite.
    ///   - test: What is done with it.
    /// - Throws: What the test throws.
    static func run(
      _ configure: (inout ServerConfiguration) -> Void = { _ in }, store: (any PolicyStore)? = nil,
      _ test: @escaping @Sendable (ServerUnderTest) async throws -> Void
    ) async throws {
      let folder = TemporaryFolder()
      let store = try store ?? SQLiteStore(path: folder.path + "/store.db")
      let clock = StandingClock()
      var configuration = ServerConfiguration()
      configuration.now = { clock.now }
      configuration.ticks = { clock.now.milliseconds * 1000 }
      configuration.rateLimits = [:]
      configure(&configuration)
      let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      let responder = try await PolicyResponder(store, configuration, logger: logger)
      try await Application(responder: responder, logger: logger).test(.router) { client in
        try await test(ServerUnderTest(client: client, store: store, clock: clock))
      }
    }

    /// Keeps a new key, and returns it in clear.
    func key(
      _ scopes: [Scope] = Scope.allCases, _ change: (inout APIKeyDraft) -> Void = { _ in }, in workspace: String = "a"
    )
      async throws -> String
    {
      let key = APIKey()
      var draft = APIKeyDraft(name: "test", scopes: scopes)
      change(&draft)
      try await store.createKey(
        draft.record(of: key, workspace: workspace, createdAt: clock.now),
        by: Actor(name: "test", workspace: workspace, time: clock.now))
      return key.text
    }

    /// Sends a request.
    func send(
      _ method: HTTPRequest.Method, _ path: String, key: String? = nil, _ body: String? = nil,
      type: String? = "application/json", headers: HTTPFields = [:]
    ) async throws -> Reply {
      var fields = headers
      if let key { fields[.authorization] = "Bearer \(key)" }
      if let type, body != nil { fields[.contentType] = type }
      let response = try await client.executeRequest(
        uri: path, method: method, headers: fields, body: body.map { ByteBuffer(string: $0) })
      return Reply(
        status: response.status.code, headers: response.headers, text: String(buffer: response.body))
    }
  }

  /// What a server answered.
  struct Reply: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    var json: JSONValue { JSONValue(reading: Array(text.utf8)) }

    /// The text of a member, a way of keys and indexes.
    subscript(path: String...) -> String? {
      var value: JSONValue? = json
      for step in path {
        if case .array(let elements)? = value, let index = Int(step) {
          value = elements.indices.contains(index) ? elements[index] : nil
        } else {
          value = value?[step]
        }
      }
      switch value {
      case nil: return nil
      case .string(let text): return text
      case .some(let other): return String(decoding: other.bytes, as: UTF8.self)
      }
    }
  }

  /// A clock that stands: 2024-09-15T14:30:00Z unless moved.
  final class StandingClock: Sendable {
    private let time = Mutex(Instant(milliseconds: 1_726_410_600_000))

    var now: Instant { time.withLock { $0 } }

    func advance(milliseconds: Int64) {
      time.withLock { $0 = Instant(milliseconds: $0.milliseconds + milliseconds) }
    }
  }

  /// A folder that goes with the value.
  final class TemporaryFolder: Sendable {
    let path: String

    init() {
      path = NSTemporaryDirectory() + "policycortex-" + UUID().uuidString
      try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  /// A policy in which nothing is wrong.
  func policy(_ name: String, _ more: String = "") -> String {
    #"{"name":"\#(name)","rules":[{"condition":"resource.public == true","action":"deny"}]\#(more)}"#
  }
#endif
