#if Server
  import HTTPTypes
  import PolicyStorage
  import Testing

  @testable import PolicyHTTPServer

  /// Scans over HTTP.
  struct ScanRouteTests {
    private static let encryption = #"""
      {"name":"encryption","resource_type":"T::Bucket","severity":"high","compliance_frameworks":["SOC 2","HIPAA"],
       "compliance_mapping":[{"framework":"HIPAA","control":"1"}],
       "rules":[{"id":"r1","condition":"resource.encrypted != true","action":"deny","message":"{{resource.id}} is open"},
                {"condition":"resource.size > 5","action":"warn","severity":"low"},
                {"condition":"resource.encrypted == true","action":"allow"}]}
      """#
    private static let gate = #"""
      {"name":"gate","default_action":"deny","rules":[{"condition":"resource.owner == 'me'","action":"allow"}]}
      """#

    /// Creates a policy.
    private func create(_ text: String, _ server: ServerUnderTest, _ key: String) async throws -> String {
      try #require(try await server.send(.post, "/v1/policies", key: key, text)["id"])
    }

    /// The scan of a location once it runs no more.
    private func finished(_ reply: Reply, _ server: ServerUnderTest, _ key: String) async throws -> Reply {
      let location = try #require(reply.headers[.location], "\(reply.text)")
      for _ in 0..<2000 {
        let scan = try await server.send(.get, location, key: key)
        if scan["status"] != "running" { return scan }
        try await Task.sleep(for: .milliseconds(5))
      }
      Issue.record("the scan does not end")
      return reply
    }

    @Test("a scan says which rule of which policy is violated by which resource, and sums up")
    func findings() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let id = try await create(Self.encryption, server, key)
        _ = try await create(Self.gate, server, key)
        let body = #"""
          {"resources":[{"id":"a","type":"T::Bucket","owner":"me","encrypted":true,"size":1},
                        {"id":"b","type":"T::Bucket","owner":"me","encrypted":false,"size":9},
                        {"type":"T::Other","owner":"you"},
                        {"id":"d","type":"T::Bucket","owner":"me","encrypted":true,"size":"big"}]}
          """#
        let reply = try await server.send(.post, "/v1/scans", key: key, body)
        #expect(reply.status == 202)
        let location = try #require(reply.headers[.location])
        #expect(location == "/v1/scans/\(reply["id"] ?? "")")
        let scan = try await finished(reply, server, key)
        #expect(scan["status"] == "completed")
        #expect(scan["reason"] == "null")
        #expect(scan["progress"] == #"{"resources":4,"total":4}"#)
        #expect(
          scan["summary"] == #"""
            {"violations":4,"by_severity":{"low":2,"medium":0,"high":1,"critical":0,"info":0,"unspecified":1},"by_framework":{"HIPAA":3,"SOC 2":3}}
            """#)
        #expect(scan["policies", "0"] == #"{"id":"\#(id)","name":"encryption","revision":1}"#)
        #expect(
          scan["violations", "0"] == #"""
            {"resource":{"index":1,"id":"b","type":"T::Bucket"},"policy":{"id":"\#(id)","name":"encryption","revision":1},"rule":{"index":0,"id":"r1"},"field":"rules[0].condition","action":"deny","severity":"high","message":"b is open","error":null,"frameworks":["SOC 2","HIPAA"]}
            """#)
        #expect(scan["violations", "1", "field"] == "rules[1].condition")
        #expect(scan["violations", "1", "severity"] == "low")
        #expect(scan["violations", "2", "field"] == "default_action")
        #expect(scan["violations", "2", "resource", "index"] == "2")
        #expect(scan["violations", "2", "rule"] == "null")
        #expect(scan["violations", "3", "resource", "id"] == "d")
        #expect(scan["violations", "3", "error"] != "null")
        let paged = try await server.send(.get, location + "?limit=1&offset=2", key: key)
        #expect(paged["violations", "0", "field"] == "default_action")
        #expect(paged["pagination", "total"] == "4")
        let list = try await server.send(.get, "/v1/scans", key: key)
        #expect(list["scans", "0", "status"] == "completed")
        #expect(list["scans", "0", "violations"] == nil)
      }
    }

    @Test("resources may come a line each, in any number, and are told in their order")
    func lines() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        _ = try await create(policy("p"), server, key)
        let lines = (0..<3000).map { #"{"id":"r\#($0)","public":\#($0 % 3 == 0)}"# }.joined(separator: "\r\n")
        let reply = try await server.send(.post, "/v1/scans", key: key, "\n \n" + lines, type: "application/x-ndjson")
        #expect(reply.status == 202, "\(reply.text)")
        #expect(reply["status"] == "completed")
        #expect(reply["progress"] == #"{"resources":3000,"total":null}"#)
        #expect(reply["summary", "violations"] == "1000")
        let location = try #require(reply.headers[.location])
        var ids: [String] = []
        var cursor = ""
        while true {
          let page = try await server.send(.get, location + "?limit=200" + cursor, key: key)
          for index in 0..<200 { if let id = page["violations", "\(index)", "resource", "id"] { ids.append(id) } }
          guard let next = page["pagination", "next_cursor"], next != "null" else { break }
          cursor = "&cursor=\(next)"
        }
        #expect(ids == (0..<1000).map { "r\($0 * 3)" })
        let empty = try await server.send(.post, "/v1/scans", key: key, "", type: "application/x-ndjson")
        #expect(empty.status == 202)
        #expect(empty["progress", "resources"] == "0")
      }
    }

    @Test("what is no resource fails the scan, which says where")
    func faults() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        _ = try await create(policy("p"), server, key)
        let long = #"{"a":""# + String(repeating: "x", count: ResourceLines.limit) + "\"}"
        let rows: [(body: String, field: String, type: String)] = [
          ("{}\n[1]\n", "resources[1]", "type"), ("{}\n{\n", "resources[1]", "json"),
          ("nonsense", "resources[0]", "json"),
          (#"{"a":1,"a":2}"#, "resources[0]", "duplicate"), ("{}\n{}\n" + long, "resources[2]", "limit"),
        ]
        for row in rows {
          let reply = try await server.send(.post, "/v1/scans", key: key, row.body, type: "application/x-ndjson")
          #expect(reply.status == 400)
          #expect(reply["details", "field"] == row.field)
          #expect(reply["details", "type"] == row.type)
        }
        let scans = try await server.send(.get, "/v1/scans", key: key)
        for index in rows.indices {
          #expect(scans["scans", "\(index)", "status"] == "failed")
          #expect(scans["scans", "\(index)", "reason"]?.hasPrefix(rows[index].field) == true)
        }
        for (body, field, type) in [
          ("{}", "resources", "required"), (#"{"resources":{}}"#, "resources", "type"),
          (#"{"resources":[{},3]}"#, "resources[1]", "type"), (#"{"resources":[],"x":1}"#, "x", "unknown"),
          (#"{"resources":[],"policy_ids":[]}"#, "policy_ids", "length"), ("[", "", "json"),
        ] {
          let reply = try await server.send(.post, "/v1/scans", key: key, body)
          #expect(reply.status == 400, "\(body)")
          #expect(reply["details", "field"] == field)
          #expect(reply["details", "type"] == type)
        }
        #expect(try await server.send(.post, "/v1/scans", key: key, "a", type: "text/csv").status == 415)
        #expect(try await server.send(.get, "/v1/scans", key: key)["pagination", "total"] == "\(rows.count)")
      }
    }

    @Test("policies can be named; disabled ones are left out otherwise, and without any there is no scan")
    func selection() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let none = try await server.send(.post, "/v1/scans", key: key, #"{"resources":[]}"#)
        #expect(none.status == 422)
        #expect(none["details"] == #"{"field":"policy_ids","error":"No policies to scan with"}"#)
        let first = try await create(policy("p1"), server, key)
        let second = try await create(policy("p2"), server, key)
        let disabled = try await create(policy("p3", #","enabled":false"#), server, key)
        let all = try await server.send(.post, "/v1/scans", key: key, #"{"resources":[]}"#)
        #expect(all["policies", "1", "id"] == second)
        #expect(all["policies", "2"] == nil)
        let body = #"{"resources":[{"public":true}],"policy_ids":["\#(second)","\#(disabled)","\#(second)"]}"#
        let named = try await finished(try await server.send(.post, "/v1/scans", key: key, body), server, key)
        #expect(named["policies", "0", "id"] == second)
        #expect(named["policies", "1", "id"] == disabled)
        #expect(named["policies", "2"] == nil)
        #expect(named["summary", "violations"] == "1")
        let query = try await server.send(
          .post, "/v1/scans?policy_ids=\(first)", key: key, #"{"public":true}"#, type: "application/x-ndjson")
        #expect(query["policies", "0", "id"] == first)
        #expect(query["policies", "1"] == nil)
        let unknown = try await server.send(
          .post, "/v1/scans", key: key, #"{"resources":[],"policy_ids":["\#(first)","pol_nonexistent"]}"#)
        #expect(unknown.status == 422)
        #expect(unknown["details"] == #"{"field":"policy_ids[1]","error":"Policy not found"}"#)
      }
    }

    @Test("a policy that changed is compiled anew")
    func compilation() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let id = try await create(policy("p"), server, key)
        let line = #"{"public":true}"#
        for (change, count) in [("", "1"), ("resource.public == false", "0"), ("true", "1")] {
          if !change.isEmpty {
            let body = #"{"rules":[{"condition":"\#(change)","action":"deny"}]}"#
            #expect(try await server.send(.put, "/v1/policies/\(id)", key: key, body).status == 200)
          }
          let scan = try await server.send(.post, "/v1/scans", key: key, line, type: "application/x-ndjson")
          #expect(scan["summary", "violations"] == count)
        }
      }
    }

    @Test("nobody sees another workspace's scans, nor a limited key those of others")
    func workspaces() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let other = try await server.key(in: "b")
        let limited = try await server.key { $0.resourceTypes = ["T::A"] }
        let untyped = try await create(policy("p"), server, key)
        let typed = try await create(policy("q", #","resource_type":"T::A""#), server, key)
        let scan = try await server.send(.post, "/v1/scans", key: key, #"{"resources":[{}]}"#)
        let location = try #require(scan.headers[.location])
        for stranger in [other, limited] {
          #expect(try await server.send(.get, location, key: stranger).status == 404)
          #expect(try await server.send(.delete, location, key: stranger).status == 404)
          #expect(try await server.send(.get, "/v1/scans", key: stranger)["pagination", "total"] == "0")
        }
        let foreign = try await server.send(
          .post, "/v1/scans", key: other, #"{"resources":[],"policy_ids":["\#(typed)"]}"#)
        #expect(foreign.status == 422)
        let own = try await server.send(.post, "/v1/scans", key: limited, #"{"resources":[]}"#)
        #expect(own["policies", "0", "id"] == typed)
        #expect(own["policies", "1"] == nil)
        #expect(try await server.send(.get, "/v1/scans", key: limited)["pagination", "total"] == "1")
        let denied = try await server.send(
          .post, "/v1/scans", key: limited, #"{"resources":[],"policy_ids":["\#(untyped)"]}"#)
        #expect(denied.status == 403)
        #expect(denied["details", "required_permission"] == "scans:write")
        let missing = try await server.send(.get, "/v1/scans/scan_nonexistent", key: key)
        #expect(
          missing.text
            == #"{"error":"Not Found","message":"Scan not found","code":404,"resource":"scan","id":"scan_nonexistent"}"#
        )
      }
    }

    @Test("violations hold no more of a text than its start")
    func excerpts() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let rule = #"{"condition":"true","action":"deny","message":"{{resource.a}}"}"#
        _ = try await create(#"{"name":"p","rules":[\#(rule)]}"#, server, key)
        for (count, isCut) in [(Scanner.excerptLimit, false), (Scanner.excerptLimit + 1, true)] {
          let text = String(repeating: "é", count: count)
          let line = #"{"a":"\#(text)","id":"\#(text)"}"#
          let scan = try await server.send(.post, "/v1/scans", key: key, line, type: "application/x-ndjson")
          let found = try await server.send(.get, try #require(scan.headers[.location]), key: key)
          let expected = isCut ? text.dropLast() + "…" : text[...]
          #expect(found["violations", "0", "message"] == String(expected))
          #expect(found["violations", "0", "resource", "id"] == String(expected))
        }
      }
    }

    @Test("deleting a scan stops it")
    func cancellation() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        _ = try await create(policy("p"), server, key)
        let resources = Array(repeating: #"{"public":true}"#, count: 40_000).joined(separator: ",")
        let reply = try await server.send(.post, "/v1/scans", key: key, "{\"resources\":[\(resources)]}")
        let location = try #require(reply.headers[.location])
        #expect(try await server.send(.delete, location, key: key).status == 204)
        #expect(try await server.send(.get, location, key: key).status == 404)
        #expect(try await server.send(.delete, location, key: key).status == 404)
        #expect(try await server.send(.get, "/v1/scans", key: key)["pagination", "total"] == "0")
      }
    }
  }
#endif
