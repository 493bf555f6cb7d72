#if Server
  internal import HTTPTypes
  internal import Hummingbird
  internal import Logging

  /// What becomes known of a request while it is answered, for its log entry and its answer's headers.
  struct RequestTrail: Sendable {
    /// The route's pattern; paths of unknown routes are not told, since they may hold anything.
    var route = "unknown"
    /// The public part of its key.
    var key: String?
    /// The headers of whatever answer there will be.
    var headers = HTTPFields()

    /// Writes the request's log entry.
    func log(
      _ request: Request, _ response: Response, _ requestID: String, microseconds: Int64, _ logger: Logger
    ) {
      var metadata: Logger.Metadata = [
        "request_id": "\(requestID)", "method": "\(request.method.rawValue)", "route": "\(route)",
        "status": "\(response.status.code)", "duration_ms": "\(Double(microseconds) / 1000)",
      ]
      if let key { metadata["key_id"] = "\(key)" }
      if let parent = request.headers[.traceParent], Self.isTraceParent(parent) {
        metadata["traceparent"] = "\(parent)"
      }
      logger.info("request", metadata: metadata)
    }

    /// Whether a text is what the header holds (W3C Trace Context, version 00), and can be logged as it is.
    private static func isTraceParent(_ text: String) -> Bool {
      let counts = text.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
      return counts == [2, 32, 16, 2]
        && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) || $0 == 0x2D }
    }
  }
#endif
