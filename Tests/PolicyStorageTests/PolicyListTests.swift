#if Server
  import MarkedSource
  import PolicyStorage
  import Testing

  /// What every store does with lists of policies.
  struct PolicyListTests {
    @Test("filters are met together", arguments: StoreUnderTest.allCases)
    func filters(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        let drafts: [PolicyDraft] = [
          .named("p0", types: ["A"], severity: "low"), .named("p1", types: ["A", "B"], severity: "high"),
          .named("p2", types: ["B"], severity: "high", isEnabled: false), .named("p3", severity: "high"),
        ]
        for (number, draft) in drafts.enumerated() {
          _ = try await store.createPolicy(draft, id: "pol_\(number)", by: .of("a"))
        }
        let rows: [(PolicyFilter, [String])] = [
          (PolicyFilter(), ["p0", "p1", "p2", "p3"]),
          (PolicyFilter(resourceType: "A"), ["p0", "p1"]),
          (PolicyFilter(resourceType: "a"), []),
          (PolicyFilter(severity: "high"), ["p1", "p2", "p3"]),
          (PolicyFilter(isEnabled: false), ["p2"]),
          (PolicyFilter(severity: "high", isEnabled: true), ["p1", "p3"]),
          (PolicyFilter(resourceType: "B", severity: "high", isEnabled: true), ["p1"]),
          (PolicyFilter(withinTypes: ["A"]), ["p0"]),
          (PolicyFilter(withinTypes: ["A", "B"]), ["p0", "p1", "p2"]),
          (PolicyFilter(withinTypes: []), []),
        ]
        for (filter, names) in rows {
          let page = try await store.policies(in: "a", filter, PageRequest(limit: 9))
          #expect(page.elements.map(\.draft.name) == names, "\(filter)")
          #expect(page.total == names.count)
        }
      }
    }

    @Test("cursors visit every policy once while others come and go", arguments: StoreUnderTest.allCases)
    func cursors(_ backend: StoreUnderTest) async throws {
      var generator = SeededGenerator(seed: 7)
      try await backend.run { store in
        for number in 0..<40 {
          _ = try await store.createPolicy(.named("p\(number)"), id: "pol_\(number)", by: .of("a"))
        }
        var seen: [String] = []
        var start = PageRequest.Start.offset(0)
        while true {
          let page = try await store.policies(
            in: "a", PolicyFilter(), PageRequest(limit: Int.random(in: 1...7, using: &generator), start: start))
          seen += page.elements.map(\.id)
          guard let next = page.next else { break }
          // What was seen goes away: with offsets, as many would now be left out.
          if let last = seen.last { try await store.deletePolicy(last, expecting: nil, by: .of("a")) }
          start = .cursor(next)
        }
        #expect(seen == (0..<40).map { "pol_\($0)" })
      }
    }

    @Test("offsets beyond the end give nothing, and the total", arguments: StoreUnderTest.allCases)
    func offsets(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        for number in 0..<5 {
          _ = try await store.createPolicy(.named("p\(number)"), id: "pol_\(number)", by: .of("a"))
        }
        let middle = try await store.policies(in: "a", PolicyFilter(), PageRequest(limit: 2, start: .offset(2)))
        #expect(middle.elements.map(\.id) == ["pol_2", "pol_3"])
        #expect(middle.total == 5)
        let end = try await store.policies(in: "a", PolicyFilter(), PageRequest(limit: 2, start: .offset(9)))
        #expect(end.elements.isEmpty)
        #expect(end.total == 5)
        #expect(end.next == nil)
      }
    }
  }
#endif
