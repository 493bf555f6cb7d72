#if Server
  internal import ArgumentParser
  internal import Hummingbird
  internal import Logging
  internal import PolicyCortex
  internal import PolicyHTTPServer
  internal import PolicyStorage

  /// `serve`: listens until it is told to stop.
  struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "serve",
      abstract: "Answer requests until SIGTERM or SIGINT.",
      discussion: """
        With a new database, a first key with every scope is written to the standard output, once. The log goes to the \
        standard error, one JSON object a line; its first entry says where the server listens.

        Every option can be given as a variable of the environment: --rate-limit as POLICYCORTEX_RATE_LIMIT.
        """)

    @OptionGroup var storage: DatabaseOption

    @Option(help: "The address to listen on. (default: $POLICYCORTEX_HOST, else 127.0.0.1)")
    var host: String?

    @Option(help: "The port; 0 for one that is free. (default: $POLICYCORTEX_PORT, else 8080)")
    var port: Int?

    @Option(
      help: "JSON Schemas of the resource types that policies may name: a file, or a directory of them.",
      completion: .directory)
    var resourceTypes: String?

    @Option(
      name: .customLong("rate-limit"),
      help: "How much keys of a tier may do: 1000/1h (tier free), pro=10000/1h, enterprise=unlimited; repeatable.")
    var rateLimits: [TierLimit] = []

    func run() async throws {
      let configuration = try configuration()
      let port = try portNumber()
      let host = host ?? environmentValue("HOST") ?? "127.0.0.1"
      let store = try storage.store()
      let logger = Logger(label: "policycortex-server") { _ in JSONLogHandler() }
      let firstKey = try await FirstKey.create(in: store)
      if let firstKey { StandardStreams.write(firstKey.text) }
      let application = try await PolicyServer.application(
        store, configuration, host: host, port: port, logger: logger
      ) { port in
        logger.info("listening on http://\(host.contains(":") ? "[\(host)]" : host):\(port)")
        if let firstKey { logger.info("made the first API key", metadata: ["key_id": "\(firstKey.id)"]) }
      }
      try await application.runService()
    }

    private func portNumber() throws -> Int {
      guard let port = port ?? environmentValue("PORT").map({ Int($0) ?? -1 }) ?? 8080 as Int?, 0...65_535 ~= port
      else { throw ValidationError("a port is a number from 0 to 65535") }
      return port
    }

    private func configuration() throws -> ServerConfiguration {
      var configuration = ServerConfiguration()
      var limits = rateLimits
      if limits.isEmpty, let text = environmentValue("RATE_LIMIT") {
        for item in text.split(separator: ",") {
          guard let limit = TierLimit(argument: String(item)) else {
            throw ValidationError("`\(item)` is no limit such as 1000/1h or pro=10000/1h")
          }
          limits.append(limit)
        }
      }
      for limit in limits { configuration.rateLimits[limit.tier] = limit.limit }
      if let path = resourceTypes ?? environmentValue("RESOURCE_TYPES") {
        do { configuration.resourceTypes = try .load(from: path) } catch { throw ValidationError("\(error)") }
      }
      return configuration
    }
  }
#endif
