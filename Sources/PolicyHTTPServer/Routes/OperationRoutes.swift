#if Server
  internal import HTTPTypes
  internal import PolicyStorage

  /// What says how the server is.
  enum OperationRoutes {
    static let all: [Route] = [
      Route(
        method: .get, path: "/status", scope: nil, summary: "Whether the service is up, and when it will not be",
        isAlwaysOpen: true, answer: status),
      Route(
        method: .get, path: "/openapi.json", scope: nil, summary: "This document", isAlwaysOpen: true, answer: openAPI),
      Route(
        method: .get, path: "/healthz", scope: nil, summary: "Whether the process answers", isAtRoot: true,
        isAlwaysOpen: true
      ) { _ in Answer(["status": "ok"]) },
      Route(
        method: .get, path: "/readyz", scope: nil, summary: "Whether the store answers", isAtRoot: true,
        isAlwaysOpen: true, answer: readiness),
      Route(
        method: .get, path: "/metrics", scope: nil, summary: "Counters for Prometheus", isAtRoot: true,
        isAlwaysOpen: true, type: "text/plain"
      ) { call in
        let text = call.service.metrics.text(inFlight: call.service.concurrency.current)
        return Answer(text: text, type: "text/plain; version=0.0.4; charset=utf-8")
      },
    ]

    @Sendable private static func status(_ call: Call) async throws -> Answer {
      let window = call.service.maintenance.current.flatMap { $0.end > call.now ? $0 : nil }
      let isOpen = window.map { call.now < $0.start } ?? true
      return Answer([
        "status": .string(isOpen ? "operational" : "maintenance"),
        "maintenance": window?.representation ?? .null, "time": .string(call.now.text),
      ])
    }

    @Sendable private static func readiness(_ call: Call) async throws -> Answer {
      do { try await call.service.store.check() } catch {
        throw ErrorResponse.unavailable("Storage is not available", retryAfter: 5)
      }
      return Answer(["status": "ok"])
    }

    @Sendable private static func openAPI(_ call: Call) async throws -> Answer {
      Answer(OpenAPIDocument.written)
    }
  }
#endif
