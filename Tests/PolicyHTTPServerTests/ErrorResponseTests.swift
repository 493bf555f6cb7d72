#if Server
  import HTTPTypes
  import NIOCore
  import PolicyCortex
  import PolicyStorage
  import Testing

  @testable import PolicyHTTPServer

  /// Every failure is the envelope.
  struct ErrorResponseTests {
    @Test("what has no route is 404, and another method than a route's is 405")
    func routes() async throws {
      try await ServerUnderTest.run { server in
        let rows: [(HTTPRequest.Method, String, Int, String?)] = [
          (.get, "/x", 404, nil), (.get, "/v2/policies", 404, nil), (.get, "/v1/policies/", 404, nil),
          (.get, "/v1/policies/a/b", 404, nil), (.get, "/v1/policies/%zz", 404, nil), (.get, "/v1/%ff", 404, nil),
          (.get, "/v1/Status", 404, nil), (.get, "//v1/status", 404, nil),
          (.delete, "/v1/policies", 405, "GET, HEAD, POST"), (.get, "/api/v1/sandbox/evaluate", 405, "POST"),
          (.post, "/healthz", 405, "GET, HEAD"), (.post, "/v1/policies/x", 405, "DELETE, GET, HEAD, PATCH, PUT"),
          (.options, "/v1/maintenance", 405, "DELETE, GET, HEAD, PUT"),
          (.put, "/v1/policies/validate", 405, "POST"), (.options, "/v1/policies/bulk", 405, "POST"),
        ]
        for (method, path, status, allow) in rows {
          let reply = try await server.send(method, path)
          #expect(reply.status == status, "\(method) \(path)")
          #expect(reply.headers[.allow] == allow)
          #expect(reply["code"] == String(status))
          #expect(reply.headers[.contentType] == "application/json")
        }
        let reply = try await server.send(.get, "/nowhere")
        #expect(reply.text == #"{"error":"Not Found","message":"Route not found","code":404}"#)
      }
    }

    @Test("a policy that is not there is named")
    func missingPolicy() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let envelope = #"""
          {"error":"Not Found","message":"Policy not found","code":404,"resource":"policy","id":"pol_nonexistent"}
          """#
        for base in ["/api/v1", "/v1"] {
          for method in [HTTPRequest.Method.get, .delete] {
            let reply = try await server.send(method, base + "/policies/pol_nonexistent", key: key)
            #expect(reply.text == envelope)
          }
          #expect(try await server.send(.put, base + "/policies/pol_nonexistent", key: key, "{}").text == envelope)
        }
      }
    }

    @Test("400 and 422 are what the engine says, and its diagnostics are all there")
    func engine() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let bodies = [
          "", "{", "[]", "null", #"{"name":"n"}"#, #"{"name":"n","rules":[{"condtion":"a","action":"deny"}]}"#,
          #"{"name":"Test Policy","rules":[{"condition":"invalid_syntax_here","action":"deny"}]}"#,
          #"{"name":"n","rules":[{"condition":"resource.a == ","action":"dny"},{"condition":"x()","action":"deny"}]}"#,
        ]
        for body in bodies {
          let report = PolicyValidator().validate(Array(body.utf8), name: "policy.json")
          let expected = String(decoding: report.responseBody(), as: UTF8.self)
          let reply = try await server.send(.post, "/v1/policies", key: key, body)
          #expect(reply.status == report.status.rawValue, "\(body)")
          #expect(reply.text == expected)
        }
        let reply = try await server.send(.post, "/v1/policies", key: key, bodies[6])
        #expect(reply.status == 422)
        #expect(reply["message"] == "Policy validation failed")
        #expect(reply["details", "field"] == "rules[0].condition")
        #expect(reply["details", "error"] == "Invalid condition syntax")
      }
    }

    @Test("whoever prefers problem details gets them, with the same facts")
    func problems() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let path = "/v1/policies/pol_nonexistent"
        let rows: [(accept: String, isProblem: Bool)] = [
          ("application/problem+json", true), ("application/json, application/problem+json", true),
          ("application/json, application/problem+json;q=0.5", false), ("*/*", false), ("application/json", false),
          ("application/problem+json;q=0, */*", false), ("text/html, APPLICATION/PROBLEM+JSON ; Q=1", true),
        ]
        for row in rows {
          let reply = try await server.send(.get, path, key: key, headers: [.accept: row.accept])
          #expect(reply.status == 404, "\(row.accept)")
          #expect(
            reply.headers[.contentType] == (row.isProblem ? "application/problem+json" : "application/json"),
            "\(row.accept)")
          #expect((reply["detail"] == "Policy not found") == row.isProblem)
          #expect(reply["id"] == "pol_nonexistent")
        }
      }
    }

    @Test("an answer that the client cannot read is 406")
    func negotiation() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        for (accept, status) in [
          ("text/html", 406), ("application/json;q=0", 406), ("application/xml, text/*;q=0.9", 406),
          ("application/*", 200), ("*/*;q=0.1", 200), ("application/problem+json", 200), ("", 200),
        ] {
          let reply = try await server.send(.get, "/v1/policies", key: key, headers: [.accept: accept])
          #expect(reply.status == status, "\(accept)")
          if status == 406 {
            #expect(
              reply.text
                == #"{"error":"Not Acceptable","message":"Not acceptable","code":406,"details":{"supported_types":["application/json"]}}"#
            )
          }
        }
      }
    }

    @Test("a body of another type is 415, and says which types there are")
    func mediaTypes() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        for (type, status) in [
          ("application/x-www-form-urlencoded", 415), ("text/plain", 415), ("application/json; charset=latin1", 415),
          ("", 415), ("application/json; charset=utf-8", 400), ("Application/JSON", 400),
        ] {
          #expect(try await server.send(.post, "/v1/policies", key: key, "{}", type: type).status == status, "\(type)")
        }
        let id = try #require(try await server.send(.post, "/v1/policies", key: key, policy("n"))["id"])
        let reply = try await server.send(.patch, "/v1/policies/\(id)", key: key, "{}")
        #expect(reply.status == 415)
        #expect(reply.headers[.acceptPatch] == "application/merge-patch+json")
      }
    }

    @Test("a body over the limit is 413, whether or not it says so before")
    func bodyLimit() async throws {
      try await ServerUnderTest.run({ $0.bodyLimit = 100 }) { server in
        let key = try await server.key()
        let body = String(repeating: " ", count: 101)
        let reply = try await server.send(.post, "/v1/policies/validate", key: key, body)
        #expect(reply.status == 413)
        #expect(
          reply.text
            == #"{"error":"Payload Too Large","message":"Request body too large","code":413,"details":{"limit":100}}"#)
        let exact = try await server.send(.post, "/v1/policies/validate", key: key, String(body.dropLast()))
        #expect(exact.status == 200)
      }
    }

    @Test("what nobody thought of is 500, with an id and nothing of the inside")
    func unexpected() async throws {
      try await ServerUnderTest.run(store: BrokenStore()) { server in
        let reply = try await server.send(.get, "/v1/policies", key: APIKey().text)
        #expect(reply.status == 500)
        let id = try #require(reply.headers[.requestID])
        #expect(
          reply.text
            == #"{"error":"Internal Server Error","message":"Service temporarily unavailable","code":500,"request_id":"\#(id)"}"#
        )
        #expect(Base62.isIdentifier(id, prefix: "req_", count: 12))
        let readiness = try await server.send(.get, "/readyz")
        #expect(readiness.status == 503)
        #expect(readiness.headers[.retryAfter] == readiness["retry_after"])
        #expect(try await server.send(.get, "/healthz").status == 200)
      }
    }

    @Test("query parameters are checked like bodies")
    func queries() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let rows: [(query: String, field: String, type: String)] = [
          ("limit=abc", "limit", "type"), ("limit=", "limit", "type"), ("limit", "limit", "type"),
          ("limit=0", "limit", "limit"), ("limit=201", "limit", "limit"), ("offset=-1", "offset", "limit"),
          ("limit=99999999999999999999", "limit", "limit"), ("limit=1.5", "limit", "type"),
          ("limit=1&limit=2", "limit", "duplicate"), ("lmit=1", "lmit", "unknown"), ("enabled=yes", "enabled", "type"),
          ("severity=huge", "severity", "enum"), ("cursor=x", "cursor", "format"),
          ("cursor=cur_-1", "cursor", "format"),
          ("cursor=cur_01", "cursor", "format"), ("cursor=cur_1&offset=x", "offset", "type"),
          ("resource_type=%ff", "resource_type", "format"), ("resource_type=%4", "resource_type", "format"),
        ]
        for row in rows {
          let reply = try await server.send(.get, "/v1/policies?\(row.query)", key: key)
          #expect(reply.status == 400, "\(row.query)")
          #expect(reply["details", "field"] == row.field)
          #expect(reply["details", "type"] == row.type)
        }
        #expect(try await server.send(.get, "/v1/policies?limit=1&resource_type=A%3A%3AB&", key: key).status == 200)
        #expect(try await server.send(.get, "/v1/status?x=1").status == 400)
      }
    }
  }

  /// A store whose disk is full of holes.
  struct BrokenStore: PolicyStore {
    struct Broken: Error { let secret = "/var/lib/secret.db" }

    func createPolicy(_ draft: PolicyDraft, id: String, by actor: Actor) async throws -> StoredPolicy { throw Broken() }
    func policy(_ id: String, in workspace: String) async throws -> StoredPolicy? { throw Broken() }
    func updatePolicy(
      _ id: String, to draft: PolicyDraft, expecting revision: Int, by actor: Actor
    ) async throws -> StoredPolicy { throw Broken() }
    func deletePolicy(_ id: String, expecting revision: Int?, by actor: Actor) async throws { throw Broken() }
    func policies(in workspace: String, _ filter: PolicyFilter, _ page: PageRequest) async throws -> Page<StoredPolicy>
    {
      throw Broken()
    }
    func versions(of id: String, in workspace: String, _ page: PageRequest) async throws -> Page<PolicyVersion> {
      throw Broken()
    }
    func createKey(_ key: APIKeyRecord, by actor: Actor) async throws { throw Broken() }
    func createFirstKey(_ key: APIKeyRecord, by actor: Actor) async throws -> Bool { throw Broken() }
    func key(_ id: String) async throws -> APIKeyRecord? { throw Broken() }
    func keys(in workspace: String, _ page: PageRequest) async throws -> Page<APIKeyRecord> { throw Broken() }
    func revokeKey(_ id: String, by actor: Actor) async throws { throw Broken() }
    func rotateKey(_ id: String, to key: APIKeyRecord, oldExpiresAt: Instant, by actor: Actor) async throws {
      throw Broken()
    }
    func createScan(_ scan: StoredScan, by actor: Actor) async throws { throw Broken() }
    func scan(_ id: String, in workspace: String) async throws -> StoredScan? { throw Broken() }
    func scans(in workspace: String, by author: String?, _ page: PageRequest) async throws -> Page<StoredScan> {
      throw Broken()
    }
    func advanceScan(_ id: String, to progress: ScanProgress, adding violations: [[UInt8]]) async throws {
      throw Broken()
    }
    func finishScan(_ id: String, _ status: ScanStatus, reason: String?, at time: Instant) async throws {
      throw Broken()
    }
    func failRunningScans(reason: String, at time: Instant) async throws { throw Broken() }
    func violations(of id: String, in workspace: String, _ page: PageRequest) async throws -> Page<[UInt8]> {
      throw Broken()
    }
    func deleteScan(_ id: String, by actor: Actor) async throws { throw Broken() }
    func maintenanceWindow() async throws -> MaintenanceWindow? { nil }
    func setMaintenanceWindow(_ window: MaintenanceWindow?, by actor: Actor) async throws { throw Broken() }
    func auditLog(in workspace: String, limit: Int) async throws -> [AuditEntry] { throw Broken() }
    func check() async throws { throw Broken() }
  }
#endif
