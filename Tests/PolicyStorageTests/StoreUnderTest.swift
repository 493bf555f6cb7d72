#if Server
  import Foundation
  import PolicyStorage

  /// A backend of the store, and a fresh database of it.
  ///
  /// A new backend is a case here: the whole suite runs against each.
  enum StoreUnderTest: CaseIterable {
    case sqlite

    /// Runs a test on an empty store.
    func run(_ test: (any PolicyStore) async throws -> Void) async throws {
      switch self {
      case .sqlite:
        let folder = TemporaryFolder()
        try await test(SQLiteStore(path: folder.path + "/store.db"))
      }
    }
  }

  /// A folder that goes with the value.
  final class TemporaryFolder {
    let path: String

    init() {
      path = NSTemporaryDirectory() + "policycortex-" + UUID().uuidString
      try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  extension Actor {
    /// Somebody of a workspace, at a time in seconds.
    static func of(_ workspace: String, at seconds: Int64 = 1) -> Actor {
      Actor(name: "key1", workspace: workspace, time: Instant(milliseconds: seconds * 1000))
    }
  }

  extension PolicyDraft {
    /// A policy of a name.
    static func named(
      _ name: String, types: [String] = [], severity: String? = nil, isEnabled: Bool = true, text: String = "{}"
    ) -> PolicyDraft {
      PolicyDraft(
        name: name, document: Array(text.utf8), resourceTypes: types, severity: severity, isEnabled: isEnabled)
    }
  }

  extension APIKeyRecord {
    /// A key of an id.
    static func of(_ id: String, in workspace: String = "a") -> APIKeyRecord {
      APIKeyRecord(
        id: id, hash: [1, 2, 0, 255], name: "ci", workspace: workspace, scopes: ["policies:read", "keys:admin"],
        tier: "free", resourceTypes: ["AWS::S3::Bucket"], concurrency: 3, createdAt: Instant(milliseconds: 5),
        expiresAt: Instant(milliseconds: 9_000_000))
    }
  }
#endif
