#if Server
  import PolicyStorage
  import Testing

  /// What every store does with keys and maintenance windows.
  struct StoredKeyTests {
    @Test("a key comes back as it was kept", arguments: StoreUnderTest.allCases)
    func roundTrip(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        try await store.createKey(.of("AAAAAAAA"), by: .of("a"))
        var plain = APIKeyRecord.of("BBBBBBBB")
        plain.resourceTypes = nil
        plain.concurrency = nil
        plain.expiresAt = nil
        try await store.createKey(plain, by: .of("a"))
        #expect(try await store.key("AAAAAAAA") == .of("AAAAAAAA"))
        #expect(try await store.key("BBBBBBBB") == plain)
        #expect(try await store.key("CCCCCCCC") == nil)
        let keys = try await store.keys(in: "a", PageRequest(limit: 1))
        #expect(keys.elements.map(\.id) == ["AAAAAAAA"])
        #expect(keys.total == 2)
        #expect(try await store.keys(in: "b", PageRequest(limit: 1)).total == 0)
      }
    }

    @Test("a key that may see no type at all is not one that may see any", arguments: StoreUnderTest.allCases)
    func emptyLimit(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        var key = APIKeyRecord.of("AAAAAAAA")
        key.resourceTypes = []
        try await store.createKey(key, by: .of("a"))
        #expect(try await store.key("AAAAAAAA")?.resourceTypes == [])
      }
    }

    @Test("of many first keys at once, one is kept", arguments: StoreUnderTest.allCases)
    func firstKey(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        let kept = try await withThrowingTaskGroup(of: Bool.self) { group in
          for number in 0..<20 {
            group.addTask { try await store.createFirstKey(.of("KEY0000\(number)"), by: .of("a")) }
          }
          return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(kept == 1)
        #expect(try await store.keys(in: "a", PageRequest(limit: 9)).total == 1)
      }
    }

    @Test("revoking is once and for its own workspace", arguments: StoreUnderTest.allCases)
    func revocation(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        try await store.createKey(.of("AAAAAAAA"), by: .of("a"))
        await #expect(throws: StoreError.notFound) { try await store.revokeKey("AAAAAAAA", by: .of("b")) }
        await #expect(throws: StoreError.notFound) { try await store.revokeKey("BBBBBBBB", by: .of("a")) }
        try await store.revokeKey("AAAAAAAA", by: .of("a", at: 2))
        try await store.revokeKey("AAAAAAAA", by: .of("a", at: 3))
        #expect(try await store.key("AAAAAAAA")?.revokedAt == Instant(milliseconds: 2000))
      }
    }

    @Test("a rotated key lives on for a while, and no longer than it would have", arguments: StoreUnderTest.allCases)
    func rotation(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        try await store.createKey(.of("AAAAAAAA"), by: .of("a"))
        let soon = Instant(milliseconds: 60_000)
        try await store.rotateKey("AAAAAAAA", to: .of("BBBBBBBB"), oldExpiresAt: soon, by: .of("a"))
        #expect(try await store.key("AAAAAAAA")?.expiresAt == soon)
        #expect(try await store.key("BBBBBBBB") == .of("BBBBBBBB"))
        let late = Instant(milliseconds: 90_000_000)
        try await store.rotateKey("BBBBBBBB", to: .of("CCCCCCCC"), oldExpiresAt: late, by: .of("a"))
        #expect(try await store.key("BBBBBBBB")?.expiresAt == APIKeyRecord.of("B").expiresAt)
        await #expect(throws: StoreError.keyUnusable) {
          try await store.rotateKey("AAAAAAAA", to: .of("DDDDDDDD"), oldExpiresAt: soon, by: .of("a", at: 60))
        }
        #expect(try await store.key("DDDDDDDD") == nil)
      }
    }

    @Test("there is one maintenance window", arguments: StoreUnderTest.allCases)
    func maintenance(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        #expect(try await store.maintenanceWindow() == nil)
        for minute in 1...2 {
          let window = MaintenanceWindow(
            start: Instant(milliseconds: 1), end: Instant(milliseconds: Int64(minute) * 60_000), message: "é\u{0}")
          try await store.setMaintenanceWindow(window, by: .of("a"))
          #expect(try await store.maintenanceWindow() == window)
        }
        try await store.setMaintenanceWindow(nil, by: .of("a"))
        #expect(try await store.maintenanceWindow() == nil)
      }
    }
  }
#endif
