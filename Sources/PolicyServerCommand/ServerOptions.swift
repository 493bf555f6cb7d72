#if Server
  internal import ArgumentParser
  internal import Glibc
  internal import PolicyHTTPServer
  internal import PolicyStorage

  /// Where the database is.
  struct DatabaseOption: ParsableArguments {
    @Option(help: "The database, a file of SQLite. (default: $POLICYCORTEX_DATABASE, else policycortex.db)")
    var database: String?

    /// Opens the store.
    func store() throws -> SQLiteStore {
      let path = database ?? environmentValue("DATABASE") ?? "policycortex.db"
      guard !path.contains("://") else { throw ValidationError("`\(path)`: only files of SQLite are supported yet") }
      do { return try SQLiteStore(path: path) } catch StoreError.foreignSchema(let name) {
        throw ValidationError("`\(path)` belongs to another version of the program: `\(name)`")
      } catch {
        throw ValidationError("cannot open `\(path)`: \(error)")
      }
    }
  }

  /// The value of a variable `POLICYCORTEX_…` of the environment; `nil` for one that is empty.
  func environmentValue(_ name: String) -> String? {
    guard let value = unsafe getenv("POLICYCORTEX_" + name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// A limit of a tier as an option has it: `1000/1h` is the free tier's, `pro=10000/1h` another's, `pro=unlimited` none.
  struct TierLimit: ExpressibleByArgument {
    let tier: Tier
    let limit: RateLimit?

    init?(argument: String) {
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      guard let text = parts.last, let tier = parts.count == 2 ? Tier(rawValue: parts[0]) : .free else { return nil }
      self.tier = tier
      limit = RateLimit(text)
      if limit == nil, text != "unlimited" { return nil }
    }
  }

  /// A span of time as an option has it.
  struct LifetimeOption: ExpressibleByArgument {
    let lifetime: Lifetime

    init?(argument: String) {
      guard let lifetime = Lifetime(argument), lifetime.seconds > 0 else { return nil }
      self.lifetime = lifetime
    }
  }
#endif
