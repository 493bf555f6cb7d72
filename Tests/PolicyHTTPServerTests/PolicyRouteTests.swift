#if Server
  import HTTPTypes
  import NIOCore
  import PolicyStorage
  import Testing

  @testable import PolicyHTTPServer

  /// Policies over HTTP.
  struct PolicyRouteTests {
    @Test("a policy is created, read, changed and deleted")
    func life() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let created = try await server.send(
          .post, "/api/v1/policies", key: key, policy("n", #","id":"own","severity":"HIGH","metadata":{"x":1.50}"#))
        #expect(created.status == 201)
        let id = try #require(created["id"])
        #expect(created.headers[.location] == "/api/v1/policies/\(id)")
        #expect(created.headers[.eTag] == "\"1\"")
        #expect(
          created.text
            == #"{"id":"\#(id)","name":"n","rules":[{"condition":"resource.public == true","action":"deny"}],"policy_id":"own","severity":"HIGH","metadata":{"x":1.50},"revision":1,"created_at":"2024-09-15T14:30:00Z","updated_at":"2024-09-15T14:30:00Z"}"#
        )
        let read = try await server.send(.get, "/v1/policies/\(id)", key: key)
        #expect(read.status == 200)
        #expect(read.text == created.text)
        server.clock.advance(milliseconds: 1500)
        let put = try await server.send(.put, "/v1/policies/\(id)", key: key, #"{"description":"d","tags":["t"]}"#)
        #expect(put.status == 200)
        #expect(put["name"] == "n")
        #expect(put["description"] == "d")
        #expect(put["revision"] == "2")
        #expect(put["updated_at"] == "2024-09-15T14:30:01.500Z")
        #expect(put.headers[.eTag] == "\"2\"")
        let patch = try await server.send(
          .patch, "/v1/policies/\(id)", key: key, #"{"description":null,"metadata":{"y":{"z":null,"w":2}}}"#,
          type: "application/merge-patch+json")
        #expect(patch["description"] == nil)
        #expect(patch["metadata"] == #"{"x":1.50,"y":{"w":2}}"#)
        #expect(patch["tags"] == #"["t"]"#)
        let versions = try await server.send(.get, "/v1/policies/\(id)/versions?limit=2", key: key)
        #expect(versions["versions", "0", "revision"] == "1")
        #expect(versions["versions", "1", "policy", "description"] == "d")
        #expect(versions["versions", "0", "policy", "id"] == "own")
        #expect(versions["pagination"] == #"{"total":3,"limit":2,"offset":0,"has_more":true,"next_cursor":"cur_2"}"#)
        let deleted = try await server.send(.delete, "/v1/policies/\(id)", key: key)
        #expect(deleted.status == 204)
        #expect(deleted.text.isEmpty)
        #expect(try await server.send(.get, "/v1/policies/\(id)", key: key).status == 404)
        #expect(try await server.send(.get, "/v1/policies/\(id)/versions", key: key).status == 404)
      }
    }

    @Test("what was read can be sent back")
    func roundTrip() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let created = try await server.send(.post, "/v1/policies", key: key, policy("n", #","id":"own""#))
        let id = try #require(created["id"])
        let put = try await server.send(.put, "/v1/policies/\(id)", key: key, created.text)
        #expect(put.status == 200)
        #expect(put["policy_id"] == "own")
        #expect(put["revision"] == "2")
      }
    }

    @Test("a change that would spoil the policy is refused, and changes nothing")
    func invalidChanges() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let id = try #require(try await server.send(.post, "/v1/policies", key: key, policy("n"))["id"])
        let rows: [(String, Int, String)] = [
          (#"{"rules":[]}"#, 400, "rules"), (#"{"ruels":[]}"#, 400, "ruels"), (#"{"enabled":1}"#, 400, "enabled"),
          (#"{"rules":[{"condition":"foo","action":"deny"}]}"#, 422, "rules[0].condition"),
          (#"{"name":"a","name":"b"}"#, 400, "name"), ("[]", 400, ""), ("{", 400, ""),
        ]
        for (body, status, field) in rows {
          let reply = try await server.send(.put, "/v1/policies/\(id)", key: key, body)
          #expect(reply.status == status, "\(body)")
          #expect(reply["details", "field"] == field, "\(body)")
        }
        let patch = try await server.send(
          .patch, "/v1/policies/\(id)", key: key, #"{"rules":null}"#, type: "application/merge-patch+json")
        #expect(patch["message"] == "Missing required field: rules")
        #expect(try await server.send(.get, "/v1/policies/\(id)", key: key)["revision"] == "1")
      }
    }

    @Test("If-Match guards changes, and If-None-Match spares answers")
    func preconditions() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let id = try #require(try await server.send(.post, "/v1/policies", key: key, policy("n"))["id"])
        let path = "/v1/policies/\(id)"
        func put(_ match: String) async throws -> Reply {
          try await server.send(.put, path, key: key, #"{"tags":["a"]}"#, headers: [.ifMatch: match])
        }
        #expect(try await put("\"1\"").status == 200)
        let stale = try await put("\"1\"")
        #expect(stale.status == 412)
        #expect(
          stale.text
            == #"{"error":"Precondition Failed","message":"Policy was changed meanwhile","code":412,"details":{"current_etag":"\"2\""}}"#
        )
        for match in ["W/\"2\"", "2", "", "\"02\""] { #expect(try await put(match).status == 412, "\(match)") }
        #expect(try await put("\"9\", \"2\"").status == 200)
        #expect(try await put("*").status == 200)
        #expect(try await server.send(.delete, path, key: key, headers: [.ifMatch: "\"1\""]).status == 412)
        for tag in ["\"4\"", "W/\"4\"", "*"] {
          let reply = try await server.send(.get, path, key: key, headers: [.ifNoneMatch: tag])
          #expect(reply.status == 304)
          #expect(reply.text.isEmpty)
          #expect(reply.headers[.eTag] == "\"4\"")
        }
        #expect(try await server.send(.get, path, key: key, headers: [.ifNoneMatch: "\"3\""]).status == 200)
      }
    }

    @Test("of fifty changes with one tag, one is made; without a tag, none is lost")
    func parallelChanges() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let id = try #require(try await server.send(.post, "/v1/policies", key: key, policy("n"))["id"])
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
          for number in 0..<50 {
            group.addTask {
              try await server.send(
                .put, "/v1/policies/\(id)", key: key, #"{"tags":["\#(number)"]}"#, headers: [.ifMatch: "\"1\""]
              ).status
            }
          }
          return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [200: 1, 412: 49])
        try await withThrowingTaskGroup(of: Int.self) { group in
          for number in 0..<8 {
            group.addTask {
              try await server.send(
                .patch, "/v1/policies/\(id)", key: key, #"{"metadata":{"m\#(number)":true}}"#,
                type: "application/merge-patch+json"
              ).status
            }
          }
          for try await status in group { #expect(status == 200) }
        }
        let members = (0..<8).map { "\"m\($0)\":true" }
        let metadata = try #require(try await server.send(.get, "/v1/policies/\(id)", key: key)["metadata"])
        for member in members { #expect(metadata.contains(member)) }
      }
    }

    @Test("a second policy of a name is a conflicting state")
    func conflicts() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let envelope =
          #"{"error":"Unprocessable Entity","message":"Policy validation failed","code":422,"details":{"field":"name","error":"Conflicting resource state"}}"#
        _ = try await server.send(.post, "/v1/policies", key: key, policy("n"))
        let second = try await server.send(.post, "/v1/policies", key: key, policy("n"))
        #expect(second.status == 422)
        #expect(second.text == envelope)
        let id = try #require(try await server.send(.post, "/v1/policies", key: key, policy("m"))["id"])
        #expect(try await server.send(.put, "/v1/policies/\(id)", key: key, #"{"name":"n"}"#).text == envelope)
        let other = try await server.key(in: "b")
        #expect(try await server.send(.post, "/v1/policies", key: other, policy("n")).status == 201)
        #expect(try await server.send(.get, "/v1/policies/\(id)", key: other).status == 404)
      }
    }

    @Test("YAML is taken, and kept as what it means")
    func yaml() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let text = """
          name: y
          rules:
          - &a {condition: "resource.x == 1", action: deny}
          metadata: {octal: 0o17, hex: 0x1F, zeros: 012, plus: +1.5, dot: .5, inf: .inf, no: no, big: 1e3, nothing: ~}
          """
        for type in ["application/yaml", "text/yaml", nil] {
          let name = "name: y-\(type ?? "sniffed")".replacing("/", with: "-")
          let reply = try await server.send(
            .post, "/v1/policies", key: key, text.replacing("name: y", with: name), type: type)
          #expect(reply.status == 201, "\(reply.text)")
          #expect(
            reply["metadata"]
              == #"{"octal":15,"hex":31,"zeros":12,"plus":1.5,"dot":0.5,"inf":".inf","no":"no","big":1e3,"nothing":null}"#
          )
        }
        let several = try await server.send(
          .post, "/v1/policies", key: key, "\(text)\n---\n\(text)".replacing("y\n---", with: "z\n---"),
          type: "text/yaml")
        #expect(several.status == 400)
      }
    }

    @Test("lists are filtered, and paged by offset and by cursor")
    func lists() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        for number in 0..<7 {
          let more = number % 2 == 0 ? #","resource_type":"A::B","severity":"High","enabled":false"# : ""
          _ = try await server.send(.post, "/v1/policies", key: key, policy("p\(number)", more))
        }
        func names(_ query: String) async throws -> (names: [String], reply: Reply) {
          let reply = try await server.send(.get, "/v1/policies?\(query)", key: key)
          guard case .array(let policies)? = reply.json["policies"] else { return ([], reply) }
          return (policies.compactMap { if case .string(let name)? = $0["name"] { name } else { nil } }, reply)
        }
        #expect(try await names("limit=3&offset=5").names == ["p5", "p6"])
        #expect(try await names("resource_type=A::B&severity=HIGH&enabled=false").names == ["p0", "p2", "p4", "p6"])
        #expect(try await names("enabled=true").names == ["p1", "p3", "p5"])
        var (seen, reply) = try await names("limit=3")
        while let cursor = reply["pagination", "next_cursor"], cursor != "null" {
          let next = try await names("limit=3&cursor=\(cursor)")
          #expect(next.reply["pagination", "total"] == "7")
          seen += next.names
          reply = next.reply
        }
        #expect(seen == (0..<7).map { "p\($0)" })
      }
    }

    @Test("a key for some types sees and changes only policies for these")
    func resourceTypes() async throws {
      try await ServerUnderTest.run { server in
        let all = try await server.key()
        let some = try await server.key(
          [.readPolicies, .writePolicies, .deletePolicies], { $0.resourceTypes = ["A", "B"] })
        let allowed = try await server.send(.post, "/v1/policies", key: some, policy("a", #","resource_type":"A""#))
        #expect(allowed.status == 201)
        let other = try await server.send(.post, "/v1/policies", key: all, policy("c", #","resource_types":["A","C"]"#))
        let id = try #require(other["id"])
        let forbidden =
          #"{"error":"Forbidden","message":"Insufficient permissions","code":403,"details":{"required_permission":"policies:read","user_permissions":["policies:read","policies:write","policies:delete"],"resource_type":"C"}}"#
        #expect(try await server.send(.get, "/v1/policies/\(id)", key: some).text == forbidden)
        #expect(try await server.send(.get, "/v1/policies?resource_type=C", key: some).text == forbidden)
        #expect(try await server.send(.delete, "/v1/policies/\(id)", key: some).status == 403)
        #expect(try await server.send(.post, "/v1/policies", key: some, policy("x"))["details", "resource_type"] == "*")
        let mine = try #require(allowed["id"])
        let moved = try await server.send(.put, "/v1/policies/\(mine)", key: some, #"{"resource_types":["C"]}"#)
        #expect(moved.status == 403)
        #expect(try await server.send(.get, "/v1/policies", key: some)["pagination", "total"] == "1")
        #expect(try await server.send(.get, "/v1/policies", key: all)["pagination", "total"] == "2")
      }
    }

    @Test("HEAD is GET without the body")
    func head() async throws {
      try await ServerUnderTest.run { server in
        let reply = try await server.send(.head, "/v1/status")
        #expect(reply.status == 200)
        #expect(reply.text.isEmpty)
        #expect(reply.headers[.contentType] == "application/json")
      }
    }
  }
#endif
