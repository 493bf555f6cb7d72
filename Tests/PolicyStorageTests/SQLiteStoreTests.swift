#if Server
  import GRDB
  import Testing

  @testable import PolicyStorage

  /// What is SQLite's own.
  struct SQLiteStoreTests {
    @Test("commits are on the disk when they return, and readers do not wait")
    func durability() async throws {
      let folder = TemporaryFolder()
      let store = try SQLiteStore(path: folder.path + "/store.db")
      let (synchronous, journal) = try await store.pool.write { database in
        (
          try Int.fetchOne(database, sql: "PRAGMA synchronous"),
          try String.fetchOne(database, sql: "PRAGMA journal_mode")
        )
      }
      #expect(synchronous == 2)
      #expect(journal == "wal")
    }

    @Test("a store opened again has what it had")
    func reopening() async throws {
      let folder = TemporaryFolder()
      let path = folder.path + "/store.db"
      do { _ = try await SQLiteStore(path: path).createPolicy(.named("n"), id: "pol_1", by: .of("a")) }
      #expect(try await SQLiteStore(path: path).policy("pol_1", in: "a")?.draft.name == "n")
    }

    @Test("a version can be neither changed nor deleted, not even by SQL")
    func immutability() async throws {
      let folder = TemporaryFolder()
      let store = try SQLiteStore(path: folder.path + "/store.db")
      _ = try await store.createPolicy(.named("n"), id: "pol_1", by: .of("a"))
      for sql in ["UPDATE policy_versions SET document = x''", "DELETE FROM policy_versions"] {
        await #expect(throws: DatabaseError.self) { try await store.pool.write { try $0.execute(sql: sql) } }
      }
    }

    @Test("a database of an edited or a newer program is refused")
    func migrations() async throws {
      let folder = TemporaryFolder()
      let store = try SQLiteStore(path: folder.path + "/store.db")
      let known = Migrations.all
      let first = try #require(known.first)
      let edited = Migration(name: first.name, sql: first.sql + "\n")
      let next = Migration(name: "9999-next", sql: "CREATE TABLE next (a INTEGER) STRICT")
      try await store.pool.writeWithoutTransaction { database in
        #expect(throws: StoreError.foreignSchema(first.name)) { try Migrations.run([edited], on: database) }
        try Migrations.run(known + [next], on: database)
        try Migrations.run(known + [next], on: database)
        #expect(throws: StoreError.foreignSchema("9999-next")) { try Migrations.run(on: database) }
        let broken = Migration(name: "9999-broken", sql: "CREATE TABLE half (a INTEGER) STRICT; CREATE NONSENSE")
        #expect(throws: DatabaseError.self) { try Migrations.run(known + [next, broken], on: database) }
        #expect(try database.tableExists("half") == false)
      }
      #expect(throws: StoreError.foreignSchema("9999-next")) {
        try SQLiteStore(path: folder.path + "/store.db")
      }
    }
  }
#endif
