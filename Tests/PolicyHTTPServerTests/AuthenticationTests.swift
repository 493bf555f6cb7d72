#if Server
  import HTTPTypes
  import PolicyStorage
  import Testing

  @testable import PolicyHTTPServer

  /// Every route with every kind of key.
  struct AuthenticationTests {
    /// The request of a route, with a body of a type that it takes.
    private func send(_ route: Route, _ server: ServerUnderTest, authorization: String?) async throws -> Reply {
      let path =
        (route.isAtRoot ? "" : "/v1")
        + route.path.replacing("{id}", with: route.isAtRoot ? "missing-field" : "pol_nonexistent")
      return try await server.send(
        route.method, path, route.body.types.isEmpty ? nil : "{}", type: route.body.types.first,
        headers: authorization.map { [.authorization: $0] } ?? [:])
    }

    @Test("each route lets in exactly those keys that it must", arguments: RouteTable.all.map(\.path).indices)
    func matrix(_ index: Int) async throws {
      try await ServerUnderTest.run { server in
        let route = RouteTable.all[index]
        guard let scope = route.scope else {
          for authorization in [nil, "Bearer x", "Bearer \(APIKey().text)"] {
            let reply = try await self.send(route, server, authorization: authorization)
            #expect(reply.status == route.success.code, "\(route.method) \(route.path)")
          }
          return
        }
        let others = Scope.allCases.filter { $0 != scope }
        let right = try await server.key([scope])
        let lacking = try await server.key(others)
        let expired = try await server.key([scope], { $0.expiresAt = server.clock.now })
        let revoked = try await server.key([scope])
        let revokedID = try #require(APIKey(revoked)).id
        try await server.store.revokeKey(revokedID, by: Actor(name: "t", workspace: "a", time: server.clock.now))
        let required = #"{"error":"Unauthorized","message":"API key required","code":401}"#
        let form = #"""
          {"error":"Unauthorized","message":"Invalid API key format","code":401,"details":{"expected_format":"Bearer pc_api_key_..."}}
          """#
        let invalid = #"{"error":"Unauthorized","message":"Invalid API key","code":401}"#
        let past = #"""
          {"error":"Unauthorized","message":"API key expired","code":401,"details":{"expired_at":"2024-09-15T14:30:00Z"}}
          """#
        let held = others.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
        let forbidden = #"""
          {"error":"Forbidden","message":"Insufficient permissions","code":403,"details":{"required_permission":"\#(scope.rawValue)","user_permissions":[\#(held)]}}
          """#
        let rows: [(authorization: String?, status: Int, text: String)] = [
          (nil, 401, required), ("", 401, required), ("Bearer", 401, form), ("Basic \(right)", 401, form),
          (right, 401, form), ("Bearer sk_\(right)", 401, form), ("Bearer pc_api_key_short", 401, invalid),
          ("Bearer \(APIKey().text)", 401, invalid), ("Bearer \(right.dropLast())0", 401, invalid),
          ("Bearer \(expired)", 401, past), ("Bearer \(revoked)", 401, invalid), ("Bearer \(lacking)", 403, forbidden),
        ]
        for row in rows where row.authorization != "Bearer \(right)" {
          let reply = try await self.send(route, server, authorization: row.authorization)
          #expect(reply.status == row.status, "\(route.method) \(route.path) \(row.authorization ?? "-")")
          #expect(reply.text == row.text)
          #expect((reply.headers[.wwwAuthenticate] == "Bearer") == (row.status == 401))
        }
        for scheme in ["Bearer", "bearer", "Bearer "] {
          let reply = try await self.send(route, server, authorization: "\(scheme) \(right)")
          #expect(![401, 403, 500].contains(reply.status), "\(route.method) \(route.path) \(reply.text)")
        }
      }
    }

    @Test("a key has its form, and one wrong character spoils it")
    func checksum() throws {
      let key = APIKey()
      #expect(key.text.utf8.count == 11 + 8 + 1 + 32 + 6)
      #expect(APIKey(key.text)?.id == key.id)
      for index in key.text.indices {
        let other: Character = key.text[index] == "x" ? "y" : "x"
        var text = key.text
        text.replaceSubrange(index...index, with: [other])
        #expect(APIKey(text) == nil, "\(text)")
      }
      // CRC-32 of "123456789" is 0xCBF43926, the check value of the standard.
      #expect(APIKey.checksum(of: "123456789") == Base62.text(0xCBF4_3926, count: 6))
      #expect(Base62.text(0xCBF4_3926, count: 6) == "3jZRME")
    }

    @Test("what is stored is the hash alone")
    func hash() async throws {
      try await ServerUnderTest.run { server in
        let key = try #require(APIKey(try await server.key()))
        let record = try #require(try await server.store.key(key.id))
        #expect(record.hash.count == 32)
        #expect(key.matches(record.hash))
        #expect(!APIKey().matches(record.hash))
      }
    }

    @Test("a first key is made once")
    func firstKey() async throws {
      try await ServerUnderTest.run { server in
        let key = try #require(try await FirstKey.create(in: server.store))
        #expect(try await FirstKey.create(in: server.store) == nil)
        #expect(try await server.send(.get, "/v1/auth/api-keys", key: key.text).status == 200)
      }
    }
  }
#endif
