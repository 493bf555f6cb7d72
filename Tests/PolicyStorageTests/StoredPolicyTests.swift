#if Server
  import PolicyStorage
  import Testing

  /// What every store does with policies.
  struct StoredPolicyTests {
    @Test("a policy comes back as it was kept, byte for byte", arguments: StoreUnderTest.allCases)
    func roundTrip(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        let draft = PolicyDraft.named(
          "a\u{0}b", types: ["X::\u{0}Y", "e\u{301}"], severity: "high", isEnabled: false, text: "{\"a\": \"\u{0}é\"}")
        let created = try await store.createPolicy(draft, id: "pol_1", by: .of("a", at: 7))
        #expect(created.revision == 1)
        #expect(created.createdAt == Instant(milliseconds: 7000))
        #expect(try await store.policy("pol_1", in: "a") == created)
        #expect(created.draft == draft)
      }
    }

    @Test("another workspace's policy does not exist", arguments: StoreUnderTest.allCases)
    func workspaces(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        _ = try await store.createPolicy(.named("n"), id: "pol_1", by: .of("a"))
        #expect(try await store.policy("pol_1", in: "b") == nil)
        await #expect(throws: StoreError.notFound) {
          try await store.updatePolicy("pol_1", to: .named("m"), expecting: 1, by: .of("b"))
        }
        await #expect(throws: StoreError.notFound) {
          try await store.deletePolicy("pol_1", expecting: nil, by: .of("b"))
        }
        await #expect(throws: StoreError.notFound) {
          try await store.versions(of: "pol_1", in: "b", PageRequest(limit: 1))
        }
        #expect(try await store.policies(in: "b", PolicyFilter(), PageRequest(limit: 9)).total == 0)
        _ = try await store.createPolicy(.named("n"), id: "pol_2", by: .of("b"))
      }
    }

    @Test("a name is one policy's, by its bytes", arguments: StoreUnderTest.allCases)
    func names(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        _ = try await store.createPolicy(.named("é"), id: "pol_1", by: .of("a"))
        await #expect(throws: StoreError.nameTaken) {
          try await store.createPolicy(.named("é"), id: "pol_2", by: .of("a"))
        }
        _ = try await store.createPolicy(.named("e\u{301}"), id: "pol_2", by: .of("a"))
        await #expect(throws: StoreError.nameTaken) {
          try await store.updatePolicy("pol_2", to: .named("é"), expecting: 1, by: .of("a"))
        }
        _ = try await store.updatePolicy("pol_2", to: .named("e\u{301}", severity: "low"), expecting: 1, by: .of("a"))
        try await store.deletePolicy("pol_1", expecting: nil, by: .of("a"))
        _ = try await store.createPolicy(.named("é"), id: "pol_3", by: .of("a"))
      }
    }

    @Test("of fifty updates of one revision, one is made", arguments: StoreUnderTest.allCases)
    func optimisticConcurrency(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        _ = try await store.createPolicy(.named("n"), id: "pol_1", by: .of("a"))
        let made = await withTaskGroup(of: Bool.self) { group in
          for number in 0..<50 {
            group.addTask {
              do {
                _ = try await store.updatePolicy("pol_1", to: .named("n\(number)"), expecting: 1, by: .of("a"))
                return true
              } catch {
                #expect(error as? StoreError == .revisionMismatch(current: 2))
                return false
              }
            }
          }
          return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(made == 1)
        #expect(try await store.versions(of: "pol_1", in: "a", PageRequest(limit: 9)).total == 2)
      }
    }

    @Test("versions stay as they were, first to last", arguments: StoreUnderTest.allCases)
    func versions(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        _ = try await store.createPolicy(.named("n", text: "{\"v\":1}"), id: "pol_1", by: .of("a", at: 1))
        for revision in 1..<4 {
          let text = "{\"v\":\(revision + 1)}"
          let updated = try await store.updatePolicy(
            "pol_1", to: .named("n", text: text), expecting: revision, by: .of("a", at: Int64(revision) + 1))
          #expect(updated.revision == revision + 1)
          #expect(updated.createdAt == Instant(milliseconds: 1000))
        }
        let first = try await store.versions(of: "pol_1", in: "a", PageRequest(limit: 3))
        #expect(first.elements.map { String(decoding: $0.document, as: UTF8.self) } == (1...3).map { "{\"v\":\($0)}" })
        #expect(first.total == 4)
        let next = try #require(first.next)
        let last = try await store.versions(of: "pol_1", in: "a", PageRequest(limit: 3, start: .cursor(next)))
        #expect(last.elements.map(\.revision) == [4])
        #expect(last.next == nil)
        #expect(last.elements.map(\.author) == ["key1"])
      }
    }

    @Test("a delete that expects another revision is not made", arguments: StoreUnderTest.allCases)
    func deletion(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        _ = try await store.createPolicy(.named("n", types: ["A"]), id: "pol_1", by: .of("a"))
        await #expect(throws: StoreError.revisionMismatch(current: 1)) {
          try await store.deletePolicy("pol_1", expecting: 2, by: .of("a"))
        }
        try await store.deletePolicy("pol_1", expecting: 1, by: .of("a"))
        #expect(try await store.policy("pol_1", in: "a") == nil)
        await #expect(throws: StoreError.notFound) { try await store.deletePolicy("pol_1", expecting: 1, by: .of("a")) }
      }
    }

    @Test("a write and its line in the audit log are one", arguments: StoreUnderTest.allCases)
    func audit(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        _ = try await store.createPolicy(.named("n"), id: "pol_1", by: .of("a", at: 3))
        _ = try? await store.createPolicy(.named("n"), id: "pol_2", by: .of("a", at: 4))
        _ = try await store.updatePolicy("pol_1", to: .named("m"), expecting: 1, by: .of("a", at: 5))
        try await store.deletePolicy("pol_1", expecting: nil, by: .of("a", at: 6))
        _ = try await store.createPolicy(.named("n"), id: "pol_3", by: .of("b"))
        let log = try await store.auditLog(in: "a", limit: 9)
        #expect(log.map(\.action) == ["policy.delete", "policy.update", "policy.create"])
        #expect(log.map(\.subject) == ["pol_1", "pol_1", "pol_1"])
        #expect(log.first?.actor == .of("a", at: 6))
      }
    }
  }
#endif
