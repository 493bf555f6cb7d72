#if Server
  internal import ArgumentParser
  internal import PolicyCortex
  internal import PolicyHTTPServer

  /// What the options of `serve` come to, checked.
  struct EffectiveOptions {
    let host: OptionSources.Found
    let portNumber: Int
    let configuration: ServerConfiguration
    /// Each option with its value and who says it, in the order in which they are printed.
    private let found: [(name: String, value: OptionSources.Found)]

    /// - Throws: `ValidationError` for a value that is none.
    init(_ command: ServeCommand) throws {
      let sources = try command.storage.sources()
      var configuration = ServerConfiguration()
      host = sources.value("host", flag: command.host, default: "127.0.0.1")
      let port = sources.value("port", flag: command.port, default: "8080")
      portNumber = try Self.number(port, "a port", 0...65_535)
      let limits = sources.values("rate_limit", flags: command.rateLimits)
      for item in limits?.text.split(separator: ",") ?? [] {
        guard let limit = TierLimit(String(item)) else {
          throw ValidationError("`\(item)` is no limit such as 1000/1h or pro=10000/1h")
        }
        configuration.rateLimits[limit.tier] = limit.limit
      }
      let address = sources.value("address_limit", flag: command.addressLimit, default: "300/1m")
      guard let addressLimit = TierLimit(address.text), !address.text.contains("=") else {
        throw ValidationError("`\(address.text)` is no limit such as 300/1m")
      }
      configuration.addressLimit = addressLimit.limit
      let capacity = sources.value("capacity", flag: command.capacity, default: "1024")
      configuration.capacity = try Self.number(capacity, "a capacity", 1...1_000_000)
      let timeout = sources.value("body_timeout", flag: command.bodyTimeout, default: "60s")
      guard let lifetime = Lifetime(timeout.text), lifetime.seconds > 0 else {
        throw ValidationError("`\(timeout.text)` is no time such as 60s")
      }
      configuration.bodyTimeout = lifetime
      let types = sources.values("resource_types", flags: command.resourceTypes.map { [$0] } ?? [])
      if let types {
        do { configuration.resourceTypes = try .load(from: types.text) } catch { throw ValidationError("\(error)") }
      }
      self.configuration = configuration
      var database = command.storage.path(sources)
      database.texts = database.texts.map(OptionSources.hidingPassword)
      let tiers = Tier.allCases.map { tier in
        "\(tier.rawValue)=\(configuration.rateLimits[tier]?.text ?? "unlimited")"
      }
      found = [
        ("database", database), ("host", host), ("port", port),
        ("resource_types", types ?? .init(texts: [], source: "default")),
        ("rate_limit", .init(texts: tiers, source: limits?.source ?? "default")), ("address_limit", address),
        ("capacity", capacity), ("body_timeout", timeout),
      ]
    }

    private static func number(
      _ found: OptionSources.Found, _ name: String, _ range: ClosedRange<Int>
    ) throws -> Int {
      guard let number = Int(found.text), range.contains(number) else {
        throw ValidationError("\(name) is a number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }

    /// A line of JSON, in which no secret is.
    var printed: String { PrintedOptions.line(found.map { ($0.name, $0.value.text, $0.value.source) }) }
  }
#endif
