#if Server
  import PolicyStorage
  import Testing

  /// What every store does with scans.
  struct StoredScanTests {
    private func scan(_ id: String, by actor: Actor = .of("a"), total: Int? = nil) -> StoredScan {
      StoredScan(
        id: id, by: actor, policies: Array("[]".utf8), total: total, progress: ScanProgress(summary: Array("{}".utf8)))
    }

    private func progress(_ resources: Int, _ violations: Int) -> ScanProgress {
      ScanProgress(resources: resources, violations: violations, summary: Array("{\"n\":\(violations)}".utf8))
    }

    @Test("a scan goes from running to its end, and then changes no more", arguments: StoreUnderTest.allCases)
    func life(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        var scan = scan("scan_1", total: 9)
        try await store.createScan(scan, by: .of("a"))
        #expect(try await store.scan("scan_1", in: "a") == scan)
        try await store.advanceScan("scan_1", to: progress(4, 1), adding: [Array("1".utf8)])
        try await store.advanceScan("scan_1", to: progress(9, 3), adding: [Array("2".utf8), Array("3".utf8)])
        let end = Instant(milliseconds: 7)
        try await store.finishScan("scan_1", .completed, reason: nil, at: end)
        scan.progress = progress(9, 3)
        scan.status = .completed
        scan.finishedAt = end
        #expect(try await store.scan("scan_1", in: "a") == scan)
        try await store.finishScan("scan_1", .failed, reason: "late", at: Instant(milliseconds: 8))
        await #expect(throws: StoreError.notFound) {
          try await store.advanceScan("scan_1", to: progress(10, 4), adding: [[1]])
        }
        #expect(try await store.scan("scan_1", in: "a") == scan)
        let page = try await store.violations(of: "scan_1", in: "a", PageRequest(limit: 2))
        #expect(page.elements.map { String(decoding: $0, as: UTF8.self) } == ["1", "2"])
        #expect(page.total == 3)
        let next = try #require(page.next)
        let rest = try await store.violations(of: "scan_1", in: "a", PageRequest(limit: 2, start: .cursor(next)))
        #expect(rest.elements.map { String(decoding: $0, as: UTF8.self) } == ["3"])
        #expect(rest.next == nil)
      }
    }

    @Test("scans are their workspace's, and can be had by key", arguments: StoreUnderTest.allCases)
    func workspaces(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        for (id, actor) in [
          ("scan_1", Actor.of("a")), ("scan_2", .of("b")),
          ("scan_3", Actor(name: "key2", workspace: "a", time: Instant(milliseconds: 3))),
        ] {
          try await store.createScan(scan(id, by: actor), by: actor)
        }
        let request = PageRequest(limit: 10)
        #expect(try await store.scans(in: "a", by: nil, request).elements.map(\.id) == ["scan_1", "scan_3"])
        #expect(try await store.scans(in: "a", by: "key2", request).elements.map(\.id) == ["scan_3"])
        #expect(try await store.scans(in: "b", by: nil, request).total == 1)
        #expect(try await store.scan("scan_2", in: "a") == nil)
        await #expect(throws: StoreError.notFound) {
          _ = try await store.violations(of: "scan_2", in: "a", request)
        }
        await #expect(throws: StoreError.notFound) { try await store.deleteScan("scan_2", by: .of("a")) }
        #expect(try await store.scan("scan_2", in: "b") != nil)
      }
    }

    @Test("a deleted scan takes what it found along, and cannot go on", arguments: StoreUnderTest.allCases)
    func deletion(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        try await store.createScan(scan("scan_1"), by: .of("a"))
        try await store.advanceScan("scan_1", to: progress(1, 1), adding: [[1]])
        try await store.deleteScan("scan_1", by: .of("a", at: 2))
        #expect(try await store.scan("scan_1", in: "a") == nil)
        await #expect(throws: StoreError.notFound) {
          try await store.advanceScan("scan_1", to: progress(2, 2), adding: [[2]])
        }
        try await store.finishScan("scan_1", .completed, reason: nil, at: Instant(milliseconds: 9))
        #expect(try await store.scans(in: "a", by: nil, PageRequest(limit: 1)).total == 0)
        #expect(try await store.auditLog(in: "a", limit: 9).map(\.action) == ["scan.delete", "scan.create"])
      }
    }

    @Test("what ran when the server stopped has failed, and says why", arguments: StoreUnderTest.allCases)
    func restart(_ backend: StoreUnderTest) async throws {
      try await backend.run { store in
        for id in ["scan_1", "scan_2"] { try await store.createScan(scan(id), by: .of("a")) }
        try await store.advanceScan("scan_1", to: progress(5, 1), adding: [[1]])
        try await store.finishScan("scan_2", .completed, reason: nil, at: Instant(milliseconds: 2))
        try await store.failRunningScans(reason: "restarted", at: Instant(milliseconds: 3))
        let failed = try #require(try await store.scan("scan_1", in: "a"))
        #expect(failed.status == .failed)
        #expect(failed.reason == "restarted")
        #expect(failed.finishedAt == Instant(milliseconds: 3))
        #expect(failed.progress == progress(5, 1))
        #expect(try await store.violations(of: "scan_1", in: "a", PageRequest(limit: 1)).total == 1)
        #expect(try await store.scan("scan_2", in: "a")?.status == .completed)
      }
    }
  }
#endif
