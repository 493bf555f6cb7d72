#if Server
  import Foundation
  import PolicyStorage
  import Testing

  @testable import PolicyHTTPServer

  /// The built server, over loopback.
  @Suite(.serialized)
  struct ServerProcessTests {
    @Test("the server starts with a key, answers, drains, and tells no secret in its log")
    func life() async throws {
      let folder = TemporaryFolder()
      let server = try await ServerProcess(database: folder.path + "/a.db")
      let key = try server.output.trimmingCharacters(in: .newlines)
      #expect(APIKey(key) != nil)
      let first = try #require(try server.log.split(separator: "\n").first)
      #expect(first.contains("listening on http://127.0.0.1:\(server.port)"))
      #expect(try server.send("GET", "/healthz", key: nil).hasPrefix("HTTP/1.1 200"))
      let created = try server.send("POST", "/v1/policies", key: key, policy("secret-name"))
      #expect(created.hasPrefix("HTTP/1.1 201"), "\(created)")
      let denied = try server.send("GET", "/v1/policies?secret-query=1", key: nil)
      #expect(denied.hasPrefix("HTTP/1.1 401"))
      #expect(denied.lowercased().contains("www-authenticate: bearer"))
      #expect(server.end(SIGTERM) == 0)
      let log = try server.log
      for line in log.split(separator: "\n") {
        #expect(JSONValue(reading: Array(line.utf8))["level"] != nil, "\(line)")
      }
      #expect(log.contains(#""route":"/v1/policies","status":"201""#))
      #expect(!log.contains("secret"))
      #expect(!log.contains(key))
    }

    @Test("what was acknowledged is there after a kill, and no second first key is made")
    func durability() async throws {
      let folder = TemporaryFolder()
      var key = ""
      for round in 0..<3 {
        let server = try await ServerProcess(database: folder.path + "/a.db")
        if round == 0 { key = try server.output.trimmingCharacters(in: .newlines) }
        let output = try server.output
        #expect(output.isEmpty == (round > 0))
        let list = try server.send("GET", "/v1/policies", key: key)
        #expect(list.contains(#""total":\#(round * 5)"#), "\(list)")
        for number in 0..<5 {
          #expect(
            try server.send("POST", "/v1/policies", key: key, policy("p\(round)-\(number)")).hasPrefix("HTTP/1.1 201"))
        }
        #expect(server.end(SIGKILL) == -SIGKILL)
      }
    }

    @Test("what is no HTTP gets a bare 400, and the server goes on")
    func garbage() async throws {
      let folder = TemporaryFolder()
      let server = try await ServerProcess(database: folder.path + "/a.db")
      for text in ["garbage\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"] {
        #expect(try server.exchange(text).hasPrefix("HTTP/1.1 400"), "\(text)")
      }
      let large = String(repeating: "x", count: 40_000)
      let head = try server.exchange("GET / HTTP/1.1\r\nHost: a\r\nX-Large: \(large)\r\n\r\n")
      #expect(head.hasPrefix("HTTP/1.1 431") && head.contains(#""code":431"#), "\(head)")
      let huge = try server.exchange("GET / HTTP/1.1\r\nHost: a\r\nX-Large: \(large)\(large)\r\n\r\n")
      #expect(huge.isEmpty || huge.hasPrefix("HTTP/1.1 400"), "\(huge)")
      let declared = "POST /v1/policies/validate HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
      let key = try server.output.trimmingCharacters(in: .newlines)
      let tooLarge = try server.exchange(
        "\(declared)Authorization: Bearer \(key)\r\nContent-Length: 999999999\r\n\r\n{")
      #expect(tooLarge.hasPrefix("HTTP/1.1 413"), "\(tooLarge)")
      #expect(try server.send("GET", "/readyz", key: nil).hasPrefix("HTTP/1.1 200"))
      #expect(server.end(SIGINT) == 0)
    }

    @Test("the command line goes before the environment, and that before the file")
    func configuration() throws {
      let folder = TemporaryFolder()
      let file = folder.path + "/server.yaml"
      try "port: 1\nhost: filehost\ncapacity: 7\ndatabase: postgres://ann:secret@db/x\n"
        .write(toFile: file, atomically: true, encoding: .utf8)
      let run = try ServerProcess.run(
        ["serve", "--print-config", "--config", file, "--port", "3"],
        environment: ["POLICYCORTEX_PORT": "2", "POLICYCORTEX_HOST": "envhost", "POLICYCORTEX_RATE_LIMIT": "5/1m"])
      #expect(run.status == 0, "\(run.error)")
      #expect(!run.output.contains("secret"))
      let options = JSONValue(reading: Array(run.output.utf8))
      for (name, value, source) in [
        ("port", "3", "command line"), ("host", "envhost", "environment"), ("capacity", "7", "file"),
        ("database", "postgres://ann:***@db/x", "file"), ("body_timeout", "60s", "default"),
        ("rate_limit", "free=5/1m,pro=10000/1h,enterprise=unlimited", "environment"),
      ] {
        let expected: JSONValue = ["value": .string(value), "source": .string(source)]
        #expect(options[name]?.bytes == expected.bytes, "\(name)")
      }
      for wrong in [
        ["--address-limit", "many"], ["--capacity", "0"], ["--body-timeout", "0s"], ["--config", "/none"],
      ] {
        #expect(try ServerProcess.run(["serve", "--print-config"] + wrong).status == 2, "\(wrong)")
      }
      #expect(try ServerProcess.run(["keys", "list", "--config", file]).error.contains("postgres://ann:***@db/x"))
    }

    @Test("a scan that runs when the server is killed has failed at the next start")
    func scans() async throws {
      let folder = TemporaryFolder()
      let path = folder.path + "/a.db"
      let store = try SQLiteStore(path: path)
      let actor = Actor(name: "t", workspace: "default", time: .current())
      try await store.createScan(
        StoredScan(
          id: "scan_0123456789abcdef", by: actor, policies: Array("[]".utf8), total: 3, progress: ScanTally().progress),
        by: actor)
      let server = try await ServerProcess(database: path)
      let key = try server.output.trimmingCharacters(in: .newlines)
      let scan = try server.send("GET", "/v1/scans/scan_0123456789abcdef", key: key)
      #expect(scan.contains(#""status":"failed","reason":"The server was restarted""#), "\(scan)")
    }

    @Test("keys are made, listed and revoked on the command line")
    func keys() async throws {
      let folder = TemporaryFolder()
      let database = ["--database", folder.path + "/a.db"]
      let created = try ServerProcess.run(
        ["keys", "create", "--name", "ci", "--scopes", "policies:read,policies:write", "--expires-in", "90d"] + database
      )
      #expect(created.status == 0, "\(created.error)")
      let key = try #require(APIKey(created.output.trimmingCharacters(in: .newlines)))
      let listed = try ServerProcess.run(["keys", "list"] + database)
      #expect(listed.output.contains(#"{"id":"\#(key.id)","name":"ci","workspace":"default","#))
      #expect(!listed.output.contains(key.text))
      let server = try await ServerProcess(database: folder.path + "/a.db")
      let output = try server.output
      #expect(output.isEmpty)
      #expect(try server.send("GET", "/v1/policies", key: key.text).hasPrefix("HTTP/1.1 200"))
      let revoked = try ServerProcess.run(["keys", "revoke", key.id] + database)
      #expect(revoked.status == 0)
      #expect(try server.send("GET", "/v1/policies", key: key.text).hasPrefix("HTTP/1.1 401"))
      for wrong in [
        ["keys", "revoke", "AAAAAAAA"], ["keys", "create", "--name", "x", "--scopes", "all"],
        ["keys", "create", "--name", "x"], ["serve", "--port", "x"], ["serve", "--rate-limit", "many"], ["frobnicate"],
      ] {
        let run = try ServerProcess.run(wrong + (wrong[0] == "frobnicate" ? [] : database))
        #expect(run.status == 2, "\(wrong)")
        #expect(run.error.hasPrefix("Error:"), "\(run.error)")
      }
    }
  }
#endif
