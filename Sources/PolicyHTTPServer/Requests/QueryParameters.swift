#if Server
  internal import PolicyStorage

  /// The parameters of a query, checked like a body: each is known, given once, and of its type.
  struct QueryParameters: Sendable {
    private var values: [(name: String, value: String)] = []

    /// Reads a query.
    ///
    /// - Parameters:
    ///   - query: The query, undecoded.
    ///   - known: The parameters that the route takes.
    /// - Throws: 400.
    init(_ query: Substring?, known: [String]) throws(ErrorResponse) {
      for pair in (query ?? "").split(separator: "&") {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = Target.decoded(parts[0], isForm: true) else {
          throw .wrongFormat(String(parts[0]), expected: "percent-encoded UTF-8")
        }
        guard known.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { throw .unknown(name) }
        guard self[name] == nil else { throw .invalid(name, "duplicate", "Duplicate field: \(name)") }
        guard let value = Target.decoded(parts.count > 1 ? parts[1] : "", isForm: true) else {
          throw .wrongFormat(name, expected: "percent-encoded UTF-8")
        }
        values.append((name, value))
      }
    }

    subscript(name: String) -> String? { values.first { $0.name == name }?.value }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(ErrorResponse) -> Int? {
      guard let text = self[name] else { return nil }
      guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }) else {
        throw .wrongType(name)
      }
      guard let value = Int(text), range.contains(value) else {
        var error = ErrorResponse.invalid(name, "limit", "Invalid value for field: \(name)")
        error.details = [
          "field": .string(name), "type": "limit", "minimum": .integer(range.lowerBound),
          "maximum": .integer(range.upperBound),
        ]
        throw error
      }
      return value
    }

    func boolean(_ name: String) throws(ErrorResponse) -> Bool? {
      switch self[name] {
      case nil: nil
      case "true": true
      case "false": false
      default: throw .wrongType(name)
      }
    }

    func word(_ name: String, among allowed: [String]) throws(ErrorResponse) -> String? {
      guard let text = self[name] else { return nil }
      guard let word = allowed.first(where: { $0 == text.lowercased() }) else {
        throw .wrongValue(name, allowed: allowed)
      }
      return word
    }

    /// What every list takes.
    static let paging = ["limit", "offset", "cursor"]

    /// The part of a list that is asked for.
    func page() throws(ErrorResponse) -> PageRequest {
      let limit = try integer("limit", in: 1...200) ?? 50
      let offset = try integer("offset", in: 0...Int(Int32.max))
      guard let cursor = self["cursor"] else { return PageRequest(limit: limit, start: .offset(offset ?? 0)) }
      guard let place = PageCursor.place(cursor) else {
        throw .wrongFormat("cursor", expected: "the `next_cursor` of a page")
      }
      return PageRequest(limit: limit, start: .cursor(place, offset: offset ?? 0))
    }
  }

  /// Where a list goes on, as a text that means nothing to clients.
  enum PageCursor {
    private static let prefix = "cur_"

    static func text(_ place: Int64) -> String { prefix + String(place, radix: 36) }

    static func place(_ text: String) -> Int64? {
      guard text.hasPrefix(prefix), let place = Int64(text.dropFirst(prefix.utf8.count), radix: 36) else { return nil }
      // One spelling each: what was never given out is no cursor.
      return place >= 0 && Self.text(place) == text ? place : nil
    }
  }

  extension Page {
    /// What the page says of the list.
    func pagination(_ request: PageRequest) -> JSONValue {
      var members = [JSONMember("total", .integer(total)), JSONMember("limit", .integer(request.limit))]
      if case .offset(let offset) = request.start { members.append(JSONMember("offset", .integer(offset))) }
      members.append(JSONMember("has_more", .boolean(next != nil)))
      members.append(JSONMember("next_cursor", .optional(next.map(PageCursor.text))))
      return .object(members)
    }
  }
#endif
