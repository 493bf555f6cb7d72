#if Server
  internal import HTTPTypes
  package import Hummingbird
  package import NIOCore

  /// What is known of a request's connection.
  package struct ConnectionContext: RequestContext, RemoteAddressRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let remoteAddress: SocketAddress?

    package init(source: ApplicationRequestContextSource) {
      coreContext = .init(source: source)
      remoteAddress = source.channel.remoteAddress
    }

    /// The address, without the port; the same for all connections that have none.
    var address: String { remoteAddress?.ipAddress ?? "" }
  }

  extension Request {
    /// How large the head is, in bytes: its target and its fields as they are sent.
    var headSize: Int {
      headers.reduce((head.path ?? "").utf8.count) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4 }
    }
  }
#endif
