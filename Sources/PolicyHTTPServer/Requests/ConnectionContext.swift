#if Server
  internal import HTTPTypes
  package import Hummingbird
  package import NIOCore

  /// What is known of a request's connection.
  package struct ConnectionContext: RequestContext, RemoteAddressRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let remoteAddress: SocketAddress?
    private let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
      coreContext = .init(source: source)
      channel = source.channel
      remoteAddress = channel.remoteAddress
    }

    /// How long what a client still sends is read and thrown away, so that it gets to see the answer.
    private static let patience = TimeAmount.seconds(2)

    /// Ends the connection when the answer has gone out: the framework would read on, however much comes.
    func closeSoon() {
      let channel = channel
      channel.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
    }

    /// The address, without the port; the same for all connections that have none.
    var address: String { remoteAddress?.ipAddress ?? "" }
  }

  extension Request {
    /// Up to so many bytes of a body that nobody wants are read, so that the connection can go on.
    private static let spare = 64 << 10

    /// Whether much of the body may be to come when the request is refused.
    var hasLongBody: Bool {
      headers[.transferEncoding] != nil || (headers[.contentLength].flatMap { Int($0) } ?? 0) > Self.spare
    }

    /// How large the head is, in bytes: its target and its fields as they are sent.
    var headSize: Int {
      headers.reduce((head.path ?? "").utf8.count) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4 }
    }
  }
#endif
