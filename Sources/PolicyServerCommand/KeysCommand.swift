#if Server
  internal import ArgumentParser
  internal import PolicyHTTPServer
  internal import PolicyStorage

  /// `keys`: API keys, without a server.
  struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "keys", abstract: "Make, list and revoke API keys.",
      subcommands: [CreateKeyCommand.self, ListKeysCommand.self, RevokeKeyCommand.self])
  }

  /// Whose keys.
  struct WorkspaceOption: ParsableArguments {
    @Option(help: "The workspace, which sees only its own policies.")
    var workspace = "default"

    var actor: Actor { Actor(name: "command line", workspace: workspace, time: .current()) }

    func validate() throws {
      let isName =
        !workspace.isEmpty && workspace.utf8.count <= 64
        && workspace.unicodeScalars.allSatisfy {
          $0.isASCII && ($0.properties.isAlphabetic || "0123456789._-".unicodeScalars.contains($0))
        }
      guard isName else { throw ValidationError("a workspace is named by letters, digits, `.`, `_` and `-`") }
    }
  }

  /// `keys create`: the key alone on the standard output.
  struct CreateKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create", abstract: "Make a key, and print it: it is not shown again.")

    @OptionGroup var storage: DatabaseOption
    @OptionGroup var owner: WorkspaceOption

    @Option(help: "What people call the key.")
    var name: String

    @Option(
      name: [.customLong("scopes"), .customLong("scope")], parsing: .singleValue,
      help: "What it may do: \(Scope.allCases.map(\.rawValue).joined(separator: ", ")); with commas, or repeated.")
    var scopes: [String]

    @Option(help: "How long it works: 90d, 12h. (default: until it is revoked)")
    var expiresIn: LifetimeOption?

    @Option(help: "How much it may do: free, pro, enterprise.")
    var tier = "free"

    @Option(
      name: .customLong("resource-type"), parsing: .singleValue,
      help: "Limits it to policies for this type; repeatable.")
    var resourceTypes: [String] = []

    @Option(help: "How many of its requests are answered at once.")
    var maxConcurrentRequests: Int?

    func run() async throws {
      guard let tier = Tier(rawValue: tier) else { throw ValidationError("there is no tier `\(tier)`") }
      guard 1...128 ~= name.unicodeScalars.count else { throw ValidationError("a name has 1 to 128 characters") }
      if let maxConcurrentRequests, maxConcurrentRequests < 1 {
        throw ValidationError("--max-concurrent-requests is at least 1")
      }
      var granted: [Scope] = []
      for word in scopes.flatMap({ $0.split(separator: ",") }) {
        guard let scope = Scope(rawValue: String(word)) else { throw ValidationError("there is no scope `\(word)`") }
        if !granted.contains(scope) { granted.append(scope) }
      }
      guard !granted.isEmpty else { throw ValidationError("a key has at least one scope") }
      let actor = owner.actor
      let key = APIKey()
      var draft = APIKeyDraft(
        name: name, scopes: granted, tier: tier,
        expiresAt: expiresIn.map { actor.time.adding(seconds: $0.lifetime.seconds) })
      if !resourceTypes.isEmpty { draft.resourceTypes = resourceTypes }
      draft.concurrency = maxConcurrentRequests
      try await storage.store()
        .createKey(draft.record(of: key, workspace: actor.workspace, createdAt: actor.time), by: actor)
      StandardStreams.write(key.text)
    }
  }

  /// `keys list`: a line of JSON each, without the keys themselves.
  struct ListKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List a workspace's keys.")

    @OptionGroup var storage: DatabaseOption
    @OptionGroup var owner: WorkspaceOption

    func run() async throws {
      let store = try storage.store()
      var request = PageRequest(limit: 200)
      while true {
        let page = try await store.keys(in: owner.workspace, request)
        for key in page.elements { StandardStreams.write(key.line) }
        guard let next = page.next else { return }
        request.start = .cursor(next)
      }
    }
  }

  /// `keys revoke`: from now on the key is refused.
  struct RevokeKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "revoke", abstract: "Revoke a key.")

    @OptionGroup var storage: DatabaseOption
    @OptionGroup var owner: WorkspaceOption

    @Argument(help: "The key's id: the 8 characters behind pc_api_key_.")
    var id: String

    func run() async throws {
      do { try await storage.store().revokeKey(id, by: owner.actor) } catch StoreError.notFound {
        throw ValidationError("there is no key `\(id)` in the workspace `\(owner.workspace)`")
      }
    }
  }
#endif
