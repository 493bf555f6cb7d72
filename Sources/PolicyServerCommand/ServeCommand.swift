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

        Every option can be given as a variable of the environment, --rate-limit as POLICYCORTEX_RATE_LIMIT, and in the \
        file of --config, as rate_limit. The command line goes before the environment, and that before the file.
        """)

    @OptionGroup var storage: DatabaseOption

    @Option(help: "The address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port; 0 for one that is free. (default: 8080)")
    var port: String?

    @Option(
      help: "JSON Schemas of the resource types that policies may name: a file, or a directory of them.",
      completion: .directory)
    var resourceTypes: String?

    @Option(
      name: .customLong("rate-limit"),
      help: "How much keys of a tier may do: 1000/1h (tier free), pro=10000/1h, enterprise=unlimited; repeatable.")
    var rateLimits: [String] = []

    @Option(help: "How many requests without a good key an address may send; `unlimited`. (default: 300/1m)")
    var addressLimit: String?

    @Option(help: "How many requests are answered at once; beyond that, 503. (default: 1024)")
    var capacity: String?

    @Option(help: "How long a body may take, but for resources a line each. (default: 60s)")
    var bodyTimeout: String?

    @Flag(help: "Print what the options come to and who says so, and do nothing else.")
    var printConfig = false

    func run() async throws {
      let options = try EffectiveOptions(self)
      guard !printConfig else { return StandardStreams.write(options.printed) }
      let host = options.host.text
      let store = try storage.store()
      let logger = Logger(label: "policycortex-server") { _ in JSONLogHandler() }
      let firstKey = try await FirstKey.create(in: store)
      if let firstKey { StandardStreams.write(firstKey.text) }
      let application = try await PolicyServer.application(
        store, options.configuration, host: host, port: options.portNumber, logger: logger
      ) { port in
        logger.info("listening on http://\(host.contains(":") ? "[\(host)]" : host):\(port)")
        if let firstKey { logger.info("made the first API key", metadata: ["key_id": "\(firstKey.id)"]) }
      }
      try await application.runService()
    }
  }
#endif
