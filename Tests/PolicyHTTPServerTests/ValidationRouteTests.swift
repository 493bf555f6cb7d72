#if Server
  import HTTPTypes
  import PolicyCortex
  import PolicyStorage
  import Testing

  @testable import PolicyHTTPServer

  /// What the engine says over HTTP.
  struct ValidationRouteTests {
    @Test("validating is 200 whatever is found, with the engine's diagnostics")
    func validate() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key([.readPolicies])
        let bodies = [
          policy("n"), "{", "", #"[{"name":"a","rules":[]},{"name":"a"}]"#,
          #"{"name":"n","rules":[{"condition":"resource.a or x","action":"deny"}]}"#,
        ]
        for body in bodies {
          let report = PolicyValidator().validate(Array(body.utf8), name: "policy.json")
          let reply = try await server.send(.post, "/v1/policies/validate", key: key, body)
          #expect(reply.status == 200)
          #expect(reply["valid"] == String(report.status == .valid))
          #expect(reply["status"] == String(report.status.rawValue))
          let codes = report.diagnostics.map(\.code)
          guard case .array(let found)? = reply.json["diagnostics"] else {
            Issue.record("no diagnostics: \(reply.text)")
            continue
          }
          #expect(
            found.map { if case .string(let code)? = $0["code"] { code } else { "" } } == codes, "\(body)")
        }
        let yaml = try await server.send(
          .post, "/v1/policies/validate", key: key, "name: n\nrules: [{condition: \"true\", action: dney}]\n", type: nil
        )
        #expect(yaml["status"] == "400")
        #expect(yaml["diagnostics", "0", "range", "start", "line"] == "2")
      }
    }

    @Test("of several policies, those that are valid are kept, and each has its result")
    func bulk() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let body = """
          [\(policy("a")), {"name": "b"}, 3, \(policy("c")), {"name": "d", "rules": [{"condition": "x", "action": "deny"}]}]
          """
        let reply = try await server.send(.post, "/v1/policies/bulk", key: key, body)
        #expect(reply.status == 200)
        #expect(reply["summary"] == #"{"created":2,"failed":3}"#)
        for (index, status) in [201, 400, 400, 201, 422].enumerated() {
          #expect(reply["results", "\(index)", "index"] == "\(index)")
          #expect(reply["results", "\(index)", "status"] == "\(status)")
        }
        #expect(reply["results", "1", "error", "message"] == "Missing required field: [1].rules")
        #expect(reply["results", "4", "error", "details", "field"] == "[4].rules[0].condition")
        let id = try #require(reply["results", "3", "id"])
        #expect(try await server.send(.get, "/v1/policies/\(id)", key: key)["name"] == "c")
        let again = try await server.send(.post, "/v1/policies/bulk", key: key, "[\(policy("a")),\(policy("e"))]")
        #expect(again["results", "0", "error", "details", "error"] == "Conflicting resource state")
        #expect(again["summary"] == #"{"created":1,"failed":1}"#)
        #expect(try await server.send(.post, "/v1/policies/bulk", key: key, "[\(policy("f")),").status == 400)
        #expect(try await server.send(.post, "/v1/policies/bulk", key: key, "[]").status == 400)
        #expect(try await server.send(.get, "/v1/policies", key: key)["pagination", "total"] == "3")
      }
    }

    @Test("the sandbox decides, shows why, and keeps nothing")
    func sandbox() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key([.readPolicies])
        let body = #"{"resource":{"public":true},"policy":\#(policy("n"))}"#
        let reply = try await server.send(.post, "/v1/sandbox/evaluate", key: key, body)
        #expect(reply.status == 200)
        #expect(reply["decision"] == "deny")
        #expect(reply["rules", "0", "outcome"] == "applies")
        #expect(reply["trace", "0", "condition"] == "resource.public == true")
        #expect(reply["trace", "0", "values", "0", "value"] != nil)
        #expect(reply["diagnostics", "0", "code"] == "missing-message")
        let text =
          #"{"resource":{"public":false},"policy":"name: n\nrules:\n- {condition: resource.public, action: deny}\n"}"#
        let yaml = try await server.send(.post, "/v1/sandbox/evaluate", key: key, text)
        #expect(yaml["decision"] == "allow")
        #expect(try await server.send(.get, "/v1/policies", key: key)["pagination", "total"] == "0")
      }
    }

    @Test("the sandbox says what is wrong with policy and resource, and where in the body")
    func sandboxFaults() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key([.readPolicies])
        let rows: [(String, Int, String, String)] = [
          ("{}", 400, "policy", "required"), (#"{"policy":1,"resource":{}}"#, 400, "policy", "type"),
          (#"{"policy":\#(policy("n"))}"#, 400, "resource", "required"),
          (#"{"policy":\#(policy("n")),"resource":{},"now":"today"}"#, 400, "now", "type"),
          (#"{"policy":\#(policy("n")),"resource":{},"resorce":{}}"#, 400, "resorce", "unknown"),
          (#"{"policy":{"name":"n"},"resource":{}}"#, 400, "rules", "required"), ("[1]", 400, "", "type"),
          ("", 400, "", "json"), (#"{"policy":\#(policy("n")),"policy":1,"resource":{}}"#, 400, "policy", "duplicate"),
        ]
        for (body, status, field, type) in rows {
          let reply = try await server.send(.post, "/v1/sandbox/evaluate", key: key, body)
          #expect(reply.status == status, "\(body)")
          #expect(reply["details", "field"] == field, "\(body)")
          #expect(reply["details", "type"] == type, "\(body)")
        }
        let body =
          "{\"resource\": {},\n \"policy\": {\"name\": \"n\", \"rules\": [{\"condition\": \"foo\", \"action\": \"deny\"}]}}"
        let reply = try await server.send(.post, "/v1/sandbox/evaluate", key: key, body)
        #expect(reply.status == 422)
        let offset = try #require(body.utf8.firstRange(of: "\"foo\"".utf8)).lowerBound.utf16Offset(in: body) + 1
        #expect(reply["details", "diagnostics", "0", "range", "start", "line"] == "2")
        #expect(reply["details", "diagnostics", "0", "range", "start", "offset"] == "\(offset)")
      }
    }
  }
#endif
