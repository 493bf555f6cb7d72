#if Server
  import HTTPTypes
  import PolicyStorage
  import Testing

  @testable import PolicyHTTPServer

  /// Maintenance, status, metrics, the API's description.
  struct OperationTests {
    @Test("while a maintenance window lasts, everything else answers 503")
    func maintenance() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        #expect(try await server.send(.get, "/v1/maintenance", key: key).status == 404)
        let set = try await server.send(
          .put, "/v1/maintenance", key: key,
          #"{"start":"2024-09-15T14:30:00Z","end":"2024-09-15T16:30:00+00:30","message":"disks"}"#)
        #expect(set.status == 200)
        #expect(set.text == #"{"start":"2024-09-15T14:30:00Z","end":"2024-09-15T16:00:00Z","message":"disks"}"#)
        server.clock.advance(milliseconds: 1_800_000)
        for authorization in [nil, key] {
          let reply = try await server.send(.get, "/v1/policies", key: authorization)
          #expect(reply.status == 503)
          #expect(
            reply.text
              == #"{"error":"Service Unavailable","message":"Service under maintenance","code":503,"retry_after":3600,"maintenance_window":"2024-09-15T14:30:00Z to 2024-09-15T16:00:00Z"}"#
          )
          #expect(reply.headers[.retryAfter] == "3600")
        }
        let status = try await server.send(.get, "/v1/status")
        #expect(status["status"] == "maintenance")
        #expect(status["maintenance", "message"] == "disks")
        for path in ["/healthz", "/readyz", "/metrics", "/v1/openapi.json"] {
          #expect(try await server.send(.get, path).status == 200)
        }
        server.clock.advance(milliseconds: 3_600_000)
        #expect(try await server.send(.get, "/v1/policies", key: key).status == 200)
        #expect(try await server.send(.get, "/v1/status")["maintenance"] == "null")
        #expect(try await server.send(.delete, "/v1/maintenance", key: key).status == 204)
        #expect(try await server.send(.get, "/v1/maintenance", key: key).status == 404)
      }
    }

    @Test("a window that a server finds at its start holds")
    func startInMaintenance() async throws {
      let folder = TemporaryFolder()
      let store = try SQLiteStore(path: folder.path + "/store.db")
      try await store.setMaintenanceWindow(
        MaintenanceWindow(start: Instant(milliseconds: 0), end: Instant(milliseconds: 4_000_000_000_000)),
        by: Actor(name: "t", workspace: "a", time: .current()))
      try await ServerUnderTest.run(store: store) { server in
        let reply = try await server.send(.get, "/v1/policies")
        #expect(reply.status == 503)
      }
    }

    @Test("a window has a start, and an end behind it")
    func windows() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let rows: [(String, String, String)] = [
          ("{}", "start", "required"), (#"{"start":"2024-09-15T14:30:00Z"}"#, "end", "required"),
          (#"{"start":"now","end":"later"}"#, "start", "format"),
          (#"{"start":"2024-09-15T14:30:00Z","end":"2024-09-15T15:30:00Z","x":1}"#, "x", "unknown"),
        ]
        for (body, field, type) in rows {
          let reply = try await server.send(.put, "/v1/maintenance", key: key, body)
          #expect(reply.status == 400)
          #expect(reply["details", "field"] == field)
          #expect(reply["details", "type"] == type)
        }
        let empty = try await server.send(
          .put, "/v1/maintenance", key: key, #"{"start":"2024-09-15T14:30:00Z","end":"2024-09-15T14:30:00Z"}"#)
        #expect(empty.status == 422)
        #expect(empty["details"] == #"{"field":"end","error":"Ends before it starts"}"#)
      }
    }

    @Test("metrics count by route and status, and hold nothing of requests")
    func metrics() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        _ = try await server.send(.get, "/v1/policies", key: key)
        _ = try await server.send(.get, "/v1/policies/pol_secret", key: key)
        _ = try await server.send(.init("SECRET") ?? .get, "/secret?secret=1")
        let reply = try await server.send(.get, "/metrics")
        #expect(reply.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        for line in [
          #"policycortex_http_requests_total{method="GET",route="/v1/policies",status="200"} 1"#,
          #"policycortex_http_requests_total{method="GET",route="/v1/policies/{id}",status="404"} 1"#,
          #"policycortex_http_requests_total{method="other",route="unknown",status="404"} 1"#,
          "policycortex_http_request_duration_seconds_count 3", "policycortex_http_requests_in_flight 0",
        ] {
          #expect(reply.text.split(separator: "\n").contains(line[...]), "\(line)")
        }
        #expect(!reply.text.lowercased().contains("secret"))
      }
    }

    @Test("the description has each route once, and refers to schemas that it has")
    func openAPI() async throws {
      try await ServerUnderTest.run { server in
        let reply = try await server.send(.get, "/api/v1/openapi.json")
        #expect(reply["openapi"] == "3.1.0")
        guard case .object(let paths)? = reply.json["paths"] else {
          Issue.record("no paths")
          return
        }
        let operations = paths.flatMap { path in
          if case .object(let members) = path.value { members.map { "\($0.key) \(path.key)" } } else { [String]() }
        }
        let routes = RouteTable.all.map {
          "\($0.method.rawValue.lowercased()) \($0.isAtRoot ? "" : "/api/v1")\($0.path)"
        }
        #expect(operations.sorted() == routes.sorted())
        #expect(Set(operations).count == operations.count)
        // A link names an operation too, without a comma behind it that is followed by a summary.
        let ids = reply.text.matches(of: /"operationId":"([A-Za-z]+)","summary"/).map { String($0.1) }
        #expect(ids.count == routes.count)
        #expect(Set(ids).count == ids.count, "\(ids.sorted())")
        for part in reply.text.split(separator: "#/components/schemas/").dropFirst() {
          let name = String(part.prefix { $0 != "\"" })
          #expect(reply["components", "schemas", name] != nil, "\(name)")
        }
      }
    }
  }
#endif
