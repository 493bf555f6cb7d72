#if Server
  import HTTPTypes
  import NIOCore
  import PolicyStorage
  import Synchronization
  import Testing

  @testable import PolicyHTTPServer

  /// What bounds requests before they are understood, and the file that sets the bounds.
  struct LimitTests {
    @Test("an address from which too many bad keys came is refused, and good keys cost it nothing")
    func addresses() async throws {
      let limit = RateLimit(count: 3, window: Lifetime(seconds: 60))
      try await ServerUnderTest.run({ $0.addressLimit = limit }) { server in
        let key = try await server.key()
        for _ in 0..<10 { #expect(try await server.send(.get, "/v1/policies", key: key).status == 200) }
        for _ in 0..<3 {
          #expect(try await server.send(.get, "/v1/policies", key: APIKey().text).status == 401)
          #expect(try await server.send(.get, "/v1/status").status == 200)
        }
        for authorization in [key, APIKey().text] {
          let reply = try await server.send(.get, "/v1/policies", key: authorization)
          #expect(reply.status == 429)
          #expect(reply["details", "limit"] == "3")
          #expect(reply.headers[.retryAfter] == "20")
        }
        #expect(try await server.send(.get, "/healthz").status == 200)
        server.clock.advance(milliseconds: 20_000)
        #expect(try await server.send(.get, "/v1/policies", key: key).status == 200)
        #expect(try await server.send(.get, "/v1/policies").status == 401)
        #expect(try await server.send(.get, "/v1/policies", key: key).status == 429)
      }
    }

    @Test("a head that is too large is 431 in the envelope")
    func heads() async throws {
      try await ServerUnderTest.run({ $0.headLimit = 1000 }) { server in
        #expect(
          try await server.send(.get, "/healthz", headers: [.userAgent: String(repeating: "x", count: 900)]).status
            == 200)
        let reply = try await server.send(.get, "/healthz", headers: [.userAgent: String(repeating: "x", count: 1000)])
        #expect(reply.status == 431)
        #expect(
          reply.text
            == #"{"error":"Request Header Fields Too Large","message":"Request header fields too large","code":431,"details":{"limit":1000}}"#
        )
        #expect(try await server.send(.get, "/" + String(repeating: "x", count: 1000)).status == 431)
      }
    }

    @Test("a body that trickles in is cut off, and one that is in time is not")
    func slowBodies() async throws {
      let clock = StandingClock()
      let reading = BodyReading(limit: 10, timeout: Lifetime(seconds: 60)) { clock.now.milliseconds * 1000 }
      func body(_ count: Int, every milliseconds: Int64) -> AsyncStream<ByteBuffer> {
        let rest = Mutex(count)
        return AsyncStream {
          let isOver = rest.withLock { rest in
            rest -= 1
            return rest < 0
          }
          guard !isOver else { return nil }
          clock.advance(milliseconds: milliseconds)
          return ByteBuffer(string: "x")
        }
      }
      #expect(try await reading.bytes(of: body(3, every: 20_000), length: nil) == Array("xxx".utf8))
      let slow = await #expect(throws: ErrorResponse.self) {
        _ = try await reading.bytes(of: body(4, every: 20_000), length: nil)
      }
      #expect(slow?.status == .requestTimeout)
      let large = await #expect(throws: ErrorResponse.self) {
        _ = try await reading.bytes(of: body(11, every: 0), length: nil)
      }
      #expect(large?.status == .contentTooLarge)
      let broken = await #expect(throws: ErrorResponse.self) {
        _ = try await reading.bytes(of: AsyncThrowingStream { throw CancellationError() }, length: nil)
      }
      #expect(broken?.status == .badRequest)
      let declared = await #expect(throws: ErrorResponse.self) {
        _ = try await reading.bytes(of: body(1, every: 0), length: "11")
      }
      #expect(declared?.status == .contentTooLarge)
    }

    @Test("a connection ends with a refusal of what has much to come, and goes on otherwise")
    func refusals() async throws {
      try await ServerUnderTest.run { server in
        let key = try await server.key()
        let long = policy("p", #","metadata":{"x":"\#(String(repeating: "x", count: 70_000))"}"#)
        #expect(try await server.send(.post, "/v1/policies", long).headers[.connection] == "close")
        #expect(try await server.send(.post, "/v1/policies", policy("p")).headers[.connection] == nil)
        let stream = try await server.send(
          .post, "/v1/scans", key: key, "{}", type: "application/x-ndjson", headers: [.transferEncoding: "chunked"])
        #expect(stream.status == 422)
        #expect(stream.headers[.connection] == "close")
        #expect(try await server.send(.post, "/v1/policies", key: key, long).headers[.connection] == nil)
      }
    }

    @Test("a file of options is YAML or JSON, and says where it is wrong")
    func files() throws {
      let yaml = "port: 9000 # as text\nrate_limit:\n- 10/1h\n- pro=unlimited\nhost: \"::1\"\n"
      let file = try ConfigurationFile(Array(yaml.utf8), name: "a.yaml")
      #expect(file["port"] == ["9000"])
      #expect(file["rate_limit"] == ["10/1h", "pro=unlimited"])
      #expect(file["host"] == ["::1"])
      #expect(file["database"] == nil)
      #expect(try ConfigurationFile(Array(#"{"port": 1}"#.utf8), name: "a.json")["port"] == ["1"])
      for (text, message) in [
        ("prot: 1\n", "c.yaml:1:1: unknown option `prot`"), ("host: [\n", "c.yaml:"), ("- 1\n", "c.yaml:1:1: options"),
        ("host: a\nport: {}\n", "c.yaml:2:7: `port` is"), ("host: a\nhost: b\n", "c.yaml:2:1: duplicate"),
        ("", "c.yaml:1:1:"),
      ] {
        let fault = #expect(throws: ConfigurationFault.self) { try ConfigurationFile(Array(text.utf8), name: "c.yaml") }
        #expect(fault?.description.hasPrefix(message) == true, "\(text): \(fault?.description ?? "")")
      }
      let missing = #expect(throws: ConfigurationFault.self) { try ConfigurationFile(path: "/nonexistent.yaml") }
      #expect(missing?.description == "cannot read `/nonexistent.yaml`")
    }
  }
#endif
