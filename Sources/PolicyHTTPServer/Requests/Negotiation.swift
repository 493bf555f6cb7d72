#if Server
  /// What an `Accept` header asks for (RFC 9110, section 12.5.1).
  struct Negotiation: Sendable {
    static let json = "application/json"
    static let problem = "application/problem+json"

    private var ranges: [(type: Substring, weight: Int)] = []

    /// Reads the header; without one, anything will do.
    init(_ header: String?) {
      for item in (header ?? "").split(separator: ",") {
        let parts = item.split(separator: ";").map(Self.trimmed)
        guard let type = parts.first, !type.isEmpty else { continue }
        var weight = 1000
        for parameter in parts.dropFirst() {
          let lower = parameter.lowercased()
          guard lower.hasPrefix("q=") else { continue }
          weight = Self.weight(lower.dropFirst(2))
        }
        ranges.append((Substring(type.lowercased()), weight))
      }
    }

    /// Thousandths; what is no weight counts as none given.
    private static func weight(_ text: Substring) -> Int {
      guard let value = Double(text), (0...1).contains(value) else { return 1000 }
      return Int(value * 1000)
    }

    private static func trimmed(_ text: Substring) -> Substring {
      var text = text.drop { $0 == " " || $0 == "\t" }
      while let last = text.last, last == " " || last == "\t" { text.removeLast() }
      return text
    }

    /// How much a type is wanted, by the most specific range that names it.
    private func weight(of type: String) -> Int {
      if ranges.isEmpty { return 1000 }
      let family = type.split(separator: "/")[0] + "/*"
      for wanted in [type[...], family[...], "*/*"] {
        if let range = ranges.first(where: { $0.type == wanted }) { return range.weight }
      }
      return 0
    }

    /// Whether an answer of a type can be read.
    ///
    /// Whoever asks for problem details asks for them in place of envelopes, not of answers.
    func accepts(_ type: String) -> Bool {
      weight(of: type) > 0 || type == Self.json && wantsProblem
    }

    /// Whether failures are wanted as RFC 9457 has them.
    var wantsProblem: Bool {
      guard let weight = ranges.first(where: { $0.type == Self.problem })?.weight, weight > 0 else { return false }
      return weight >= (ranges.first { $0.type == Self.json }?.weight ?? 0)
    }
  }
#endif
