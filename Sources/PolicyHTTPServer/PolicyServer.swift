#if Server
  package import Hummingbird
  package import Logging
  internal import NIOCore
  package import PolicyStorage

  /// The server as it listens on a socket.
  package enum PolicyServer {
    /// How long a connection may be silent, within a request or between two.
    private static let idleTimeout = TimeAmount.seconds(30)
    /// The largest head of a request that is read, in bytes, so that it can be refused in form; beyond it the connection
    /// ends with a bare answer, or none.
    private static let headLimit = 64 << 10

    /// Makes the application.
    ///
    /// - Parameters:
    ///   - store: What it keeps.
    ///   - configuration: How it behaves.
    ///   - host: The address it listens on.
    ///   - port: The port; 0 for one that is free.
    ///   - logger: Where its log goes.
    ///   - onListening: Called with the port once it listens.
    /// - Returns: The application, to be run.
    /// - Throws: When the store does not answer.
    package static func application(
      _ store: any PolicyStore, _ configuration: ServerConfiguration, host: String, port: Int, logger: Logger,
      onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) async throws -> Application<PolicyResponder> {
      try await store.failRunningScans(reason: "The server was restarted", at: configuration.now())
      let responder = try await PolicyResponder(store, configuration, logger: logger)
      // What the framework says of its own would come before what the server says first.
      var quiet = logger
      quiet.logLevel = .warning
      return Application(
        responder: responder,
        server: .http1(
          configuration: .init(
            idleTimeout: idleTimeout,
            httpDecoderConfiguration: .init(
              maxHeaderFieldSize: headLimit, maxHeaderListSize: headLimit, maxHeaderFieldCount: 200))),
        configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
        onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
        logger: quiet)
    }
  }
#endif
