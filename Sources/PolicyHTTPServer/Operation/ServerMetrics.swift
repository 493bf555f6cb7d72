#if Server
  internal import HTTPTypes
  internal import Synchronization

  /// What the server counts, in the text format of Prometheus.
  final class ServerMetrics: Sendable {
    private struct Series: Hashable {
      let method: String
      let route: String
      let status: Int
    }

    private struct Counts {
      var requests: [Series: Int] = [:]
      var buckets = Array(repeating: 0, count: ServerMetrics.bounds.count)
      var count = 0
      var microseconds: Int64 = 0
    }

    private let counts = Mutex(Counts())
    /// Of the histogram of durations, in microseconds, as they are told in seconds.
    private static let bounds: [(microseconds: Int64, text: String)] = [
      (500, "0.0005"), (1000, "0.001"), (2500, "0.0025"), (5000, "0.005"), (10_000, "0.01"), (25_000, "0.025"),
      (50_000, "0.05"), (100_000, "0.1"), (250_000, "0.25"), (500_000, "0.5"), (1_000_000, "1"), (5_000_000, "5"),
    ]
    /// Clients may send any word as a method: others than these are counted as one.
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    func count(_ method: HTTPRequest.Method, _ route: String, _ status: HTTPResponse.Status, microseconds: Int64) {
      let name = Self.methods.contains(method.rawValue) ? method.rawValue : "other"
      counts.withLock { counts in
        counts.requests[Series(method: name, route: route, status: status.code), default: 0] += 1
        counts.count += 1
        counts.microseconds += microseconds
        for (index, bound) in Self.bounds.enumerated() where microseconds <= bound.microseconds {
          counts.buckets[index] += 1
        }
      }
    }

    /// The exposition, given how many requests are being answered.
    func text(inFlight: Int) -> String {
      counts.withLock { counts in
        var lines = [
          "# HELP policycortex_http_requests_total Requests answered.",
          "# TYPE policycortex_http_requests_total counter",
        ]
        let series = counts.requests.map { series, count in
          "policycortex_http_requests_total{method=\"\(series.method)\",route=\"\(series.route)\","
            + "status=\"\(series.status)\"} \(count)"
        }
        lines += series.sorted()
        lines += [
          "# HELP policycortex_http_request_duration_seconds Time from a request's head to its answer.",
          "# TYPE policycortex_http_request_duration_seconds histogram",
        ]
        for (bound, count) in zip(Self.bounds, counts.buckets) {
          lines.append("policycortex_http_request_duration_seconds_bucket{le=\"\(bound.text)\"} \(count)")
        }
        lines += [
          "policycortex_http_request_duration_seconds_bucket{le=\"+Inf\"} \(counts.count)",
          "policycortex_http_request_duration_seconds_sum \(Double(counts.microseconds) / 1_000_000)",
          "policycortex_http_request_duration_seconds_count \(counts.count)",
          "# HELP policycortex_http_requests_in_flight Requests being answered.",
          "# TYPE policycortex_http_requests_in_flight gauge",
          "policycortex_http_requests_in_flight \(inFlight)", "",
        ]
        return lines.joined(separator: "\n")
      }
    }
  }
#endif
