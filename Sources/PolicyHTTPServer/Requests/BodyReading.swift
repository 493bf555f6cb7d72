#if Server
  internal import HTTPTypes
  internal import NIOCore

  /// Reads a body that is needed as a whole, which may neither be too large nor take for ever.
  ///
  /// A client that is silent is cut off by the connection's idle timeout; this is for one that sends a byte now and then.
  struct BodyReading: Sendable {
    /// In bytes.
    let limit: Int
    let timeout: Lifetime
    /// In microseconds.
    let ticks: @Sendable () -> Int64

    /// The bytes.
    ///
    /// - Throws: 413, 408, or what the connection throws.
    func bytes<Body: AsyncSequence>(
      of body: Body, length: String?
    ) async throws -> [UInt8] where Body.Element == ByteBuffer {
      // What says that it is too large need not be read.
      if let length = length.flatMap({ Int($0) }), length > limit { throw ErrorResponse.tooLarge(limit: limit) }
      let end = ticks() + timeout.seconds * 1_000_000
      var bytes: [UInt8] = []
      var buffers = body.makeAsyncIterator()
      while let buffer = try await Self.next(&buffers) {
        guard bytes.count + buffer.readableBytes <= limit else { throw ErrorResponse.tooLarge(limit: limit) }
        guard ticks() <= end else { throw ErrorResponse.tooSlow(limit: timeout) }
        bytes += buffer.readableBytesView
      }
      return bytes
    }

    /// The next piece of a body.
    ///
    /// - Throws: 400 for a body that breaks off, or whose chunks are none: what the framework throws of them is no fault of
    ///   the server's.
    static func next<Iterator: AsyncIteratorProtocol>(
      _ buffers: inout Iterator
    ) async throws -> ByteBuffer? where Iterator.Element == ByteBuffer {
      do { return try await buffers.next(isolation: #isolation) } catch {
        throw ErrorResponse(
          .badRequest, "Request body could not be read", details: ["field": "", "type": "format"],
          headers: [.connection: "close"])
      }
    }
  }
#endif
