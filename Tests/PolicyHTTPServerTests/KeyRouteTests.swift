#if Server
  import HTTPTypes
  import PolicyStorage
  import Testing

  @testable import PolicyHTTPServer

  /// API keys over HTTP.
  struct KeyRouteTests {
    @Test("a key is shown once, works, is listed without itself, and ends")
    func life() async throws {
      try await ServerUnderTest.run { server in
        let admin = try await server.key()
        let created = try await server.send(
          .post, "/v1/auth/api-keys", key: admin,
          #"{"name":"ci","scopes":["policies:read"],"expires_in":"90d","max_concurrent_requests":2}"#)
        #expect(created.status == 201)
        #expect(created.headers[.cacheControl] == "no-store")
        #expect(created["expires_at"] == "2024-12-14T14:30:00Z")
        let key = try #require(created["key"])
        let id = try #require(created["id"])
        #expect(try await server.send(.get, "/v1/policies", key: key).status == 200)
        let list = try await server.send(.get, "/v1/auth/api-keys", key: admin)
        #expect(list["api_keys", "1", "id"] == id)
        #expect(!list.text.contains(key))
        #expect(!list.text.contains("hash"))
        #expect(try await server.send(.delete, "/v1/auth/api-keys/\(id)", key: admin).status == 204)
        #expect(try await server.send(.get, "/v1/policies", key: key).status == 401)
        #expect(try await server.send(.delete, "/v1/auth/api-keys/\(id)", key: admin).status == 204)
        #expect(try await server.send(.delete, "/v1/auth/api-keys/AAAAAAAA", key: admin).status == 404)
        let other = try await server.key(in: "b")
        #expect(try await server.send(.delete, "/v1/auth/api-keys/\(id)", key: other).status == 404)
        #expect(try await server.send(.post, "/v1/auth/api-keys/\(id)/rotate", key: other).status == 404)
      }
    }

    @Test("a rotated key works beside the new one for a while")
    func rotation() async throws {
      try await ServerUnderTest.run { server in
        let admin = try await server.key()
        let old = try await server.key([.readPolicies])
        let id = try #require(APIKey(old)).id
        let reply = try await server.send(
          .post, "/v1/auth/api-keys/\(id)/rotate", key: admin, #"{"overlap":"10m"}"#)
        #expect(reply.status == 201)
        let new = try #require(reply["key"])
        for key in [old, new] { #expect(try await server.send(.get, "/v1/policies", key: key).status == 200) }
        server.clock.advance(milliseconds: 600_000)
        let expired = try await server.send(.get, "/v1/policies", key: old)
        #expect(expired["message"] == "API key expired")
        #expect(try await server.send(.get, "/v1/policies", key: new).status == 200)
        let again = try await server.send(.post, "/v1/auth/api-keys/\(id)/rotate", key: admin)
        #expect(again.status == 409)
        #expect(
          again.text == #"{"error":"Conflict","message":"API key is revoked or expired","code":409}"#)
      }
    }

    @Test("no key makes one that may do more than itself")
    func escalation() async throws {
      try await ServerUnderTest.run { server in
        let limited = try await server.key([.administerKeys, .readPolicies], { $0.resourceTypes = ["A"] })
        let rows: [(String, Int, String?)] = [
          (#"{"name":"x","scopes":["policies:write"]}"#, 403, "policies:write"),
          (#"{"name":"x","scopes":["policies:read"],"tier":"pro","resource_types":["A"]}"#, 403, "admin"),
          (#"{"name":"x","scopes":["policies:read"]}"#, 403, "keys:admin"),
          (#"{"name":"x","scopes":["policies:read"],"resource_types":["A","B"]}"#, 403, "keys:admin"),
          (#"{"name":"x","scopes":["policies:read"],"resource_types":["A"]}"#, 201, nil),
        ]
        for (body, status, required) in rows {
          let reply = try await server.send(.post, "/v1/auth/api-keys", key: limited, body)
          #expect(reply.status == status, "\(body)")
          #expect(reply["details", "required_permission"] == required)
        }
        let strong = try await server.key()
        let id = try #require(APIKey(strong)).id
        #expect(try await server.send(.post, "/v1/auth/api-keys/\(id)/rotate", key: limited).status == 403)
      }
    }

    @Test("a body that describes no key is 400, and says why")
    func faults() async throws {
      try await ServerUnderTest.run { server in
        let admin = try await server.key()
        let rows: [(String, String, String)] = [
          ("{}", "name", "required"), (#"{"name":"x"}"#, "scopes", "required"), (#"{"name":1}"#, "name", "type"),
          (#"{"name":"","scopes":["admin"]}"#, "name", "length"), (#"{"name":"x","scopes":[]}"#, "scopes", "length"),
          (#"{"name":"x","scopes":["a"]}"#, "scopes[0]", "enum"),
          (#"{"name":"x","scopes":["admin",2]}"#, "scopes[1]", "type"),
          (#"{"name":"x","scopes":["admin"],"tier":"gold"}"#, "tier", "enum"),
          (#"{"name":"x","scopes":["admin"],"expires_in":"soon"}"#, "expires_in", "format"),
          (#"{"name":"x","scopes":["admin"],"expires_in":"99999999999999999999d"}"#, "expires_in", "format"),
          (#"{"name":"x","scopes":["admin"],"expires_at":"yesterday"}"#, "expires_at", "format"),
          (
            #"{"name":"x","scopes":["admin"],"expires_at":"2030-01-01T00:00:00Z","expires_in":"1d"}"#, "expires_at",
            "duplicate"
          ),
          (#"{"name":"x","scopes":["admin"],"max_concurrent_requests":0}"#, "max_concurrent_requests", "limit"),
          (#"{"name":"x","scopes":["admin"],"max_concurrent_requests":1.5}"#, "max_concurrent_requests", "type"),
          (#"{"name":"x","scope":["admin"]}"#, "scope", "unknown"), (#"{"name":"x","name":"y"}"#, "name", "duplicate"),
          (#"{"name":"x","scopes":null}"#, "scopes", "type"), ("x", "", "json"), ("3", "", "type"),
        ]
        for (body, field, type) in rows {
          let reply = try await server.send(.post, "/v1/auth/api-keys", key: admin, body)
          #expect(reply.status == 400, "\(body)")
          #expect(reply["details", "field"] == field, "\(body)")
          #expect(reply["details", "type"] == type, "\(body)")
        }
        let past = try await server.send(
          .post, "/v1/auth/api-keys", key: admin,
          #"{"name":"x","scopes":["admin"],"expires_at":"2024-09-15T14:30:00Z"}"#)
        #expect(past.status == 422)
        #expect(past["details"] == #"{"field":"expires_at","error":"Time is past"}"#)
        let whole = try await server.send(
          .post, "/v1/auth/api-keys", key: admin, #"{"name":"x","scopes":["admin"],"max_concurrent_requests":7.0}"#)
        #expect(whole["max_concurrent_requests"] == "7")
      }
    }
  }
#endif
