#if Server
  internal import HTTPTypes
  internal import PolicyStorage

  /// The maintenance window.
  enum MaintenanceRoutes {
    static let all: [Route] = [
      Route(
        method: .get, path: "/maintenance", scope: .administer, summary: "Read the maintenance window",
        isAlwaysOpen: true, answer: read),
      Route(
        method: .put, path: "/maintenance", scope: .administer, summary: "Set the maintenance window", body: .object,
        isAlwaysOpen: true, answer: set),
      Route(
        method: .delete, path: "/maintenance", scope: .administer, summary: "Take the maintenance window away",
        success: .noContent, isAlwaysOpen: true, answer: clear),
    ]

    @Sendable private static func read(_ call: Call) async throws -> Answer {
      guard let window = call.service.maintenance.current else {
        throw ErrorResponse(.notFound, "Maintenance window not found", members: [JSONMember("resource", "maintenance")])
      }
      return Answer(window.representation)
    }

    @Sendable private static func set(_ call: Call) async throws -> Answer {
      let body = try RequestObject(call.body, known: ["start", "end", "message"])
      let start = try time("start", in: body)
      let end = try time("end", in: body)
      guard start < end else {
        throw ErrorResponse.unprocessable("end", "Ends before it starts")
      }
      let window = MaintenanceWindow(start: start, end: end, message: try body.string("message", length: 0...1000))
      try await call.service.store.setMaintenanceWindow(window, by: try call.actor())
      call.service.maintenance.set(window)
      return Answer(window.representation)
    }

    private static func time(_ name: String, in body: RequestObject) throws(ErrorResponse) -> Instant {
      guard let text = try body.string(name, length: 0...64) else { throw .missing(name) }
      guard let time = Instant(text) else { throw .wrongFormat(name, expected: "2030-01-31T12:00:00Z") }
      return time
    }

    @Sendable private static func clear(_ call: Call) async throws -> Answer {
      try await call.service.store.setMaintenanceWindow(nil, by: try call.actor())
      call.service.maintenance.set(nil)
      return Answer(empty: .noContent)
    }
  }

  extension MaintenanceWindow {
    var representation: JSONValue {
      ["start": .string(start.text), "end": .string(end.text), "message": .optional(message)]
    }
  }
#endif
