#if Server
  internal import ArgumentParser
  internal import Glibc
  internal import PolicyHTTPServer
  internal import PolicyStorage

  /// Where options come from besides the command line, and where the database is.
  struct DatabaseOption: ParsableArguments {
    @Option(help: "The database, a file of SQLite. (default: policycortex.db)")
    var database: String?

    @Option(
      help: "A file of options, YAML or JSON; flags and the environment go before it. (default: $POLICYCORTEX_CONFIG)")
    var config: String?

    /// Where options are looked up.
    func sources() throws -> OptionSources {
      guard let path = config ?? OptionSources.environmentValue("config") else {
        return OptionSources(file: ConfigurationFile())
      }
      do { return OptionSources(file: try ConfigurationFile(path: path)) } catch { throw ValidationError("\(error)") }
    }

    /// The path of the database.
    func path(_ sources: OptionSources) -> OptionSources.Found {
      sources.value("database", flag: database, default: "policycortex.db")
    }

    /// Opens the store.
    func store() throws -> SQLiteStore {
      let path = path(try sources()).text
      guard !path.contains("://") else {
        throw ValidationError("`\(OptionSources.hidingPassword(path))`: only files of SQLite are supported yet")
      }
      do { return try SQLiteStore(path: path) } catch StoreError.foreignSchema(let name) {
        throw ValidationError("`\(path)` belongs to another version of the program: `\(name)`")
      } catch {
        throw ValidationError("cannot open `\(path)`: \(error)")
      }
    }
  }

  /// Looks options up: the command line goes before the environment, that before the file.
  struct OptionSources {
    let file: ConfigurationFile

    /// What an option is, and who says so.
    struct Found {
      var texts: [String]
      var source: String

      var text: String { texts.joined(separator: ",") }
    }

    /// The value of an option that is given once.
    func value(_ name: String, flag: String?, default text: String) -> Found {
      values(name, flags: flag.map { [$0] } ?? []) ?? Found(texts: [text], source: "default")
    }

    /// The values of an option; `nil` if nobody says any.
    func values(_ name: String, flags: [String]) -> Found? {
      if !flags.isEmpty { return Found(texts: flags, source: "command line") }
      if let text = Self.environmentValue(name) { return Found(texts: [text], source: "environment") }
      return file[name].map { Found(texts: $0, source: "file") }
    }

    /// The value of a variable `POLICYCORTEX_…` of the environment; `nil` for one that is empty.
    static func environmentValue(_ name: String) -> String? {
      guard let value = unsafe getenv("POLICYCORTEX_" + name.uppercased()) else { return nil }
      let text = unsafe String(cString: value)
      return text.isEmpty ? nil : text
    }

    /// An address without the password in it.
    static func hidingPassword(_ text: String) -> String {
      guard let scheme = text.firstRange(of: "://"), let end = text.lastIndex(of: "@"), end >= scheme.upperBound,
        let colon = text[scheme.upperBound..<end].firstIndex(of: ":")
      else { return text }
      return text[...colon] + "***" + text[end...]
    }
  }

  /// A limit of a tier as an option has it: `1000/1h` is the free tier's, `pro=10000/1h` another's, `pro=unlimited` none.
  struct TierLimit {
    let tier: Tier
    let limit: RateLimit?

    init?(_ text: String) {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
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
