#if Server
  /// The entity tag of a policy: its revision (RFC 9110, section 8.8.3).
  enum EntityTag {
    static func of(revision: Int) -> String { "\"\(revision)\"" }

    /// Whether a list of tags, or `*`, names a revision.
    ///
    /// - Parameters:
    ///   - list: The value of `If-Match` or `If-None-Match`.
    ///   - revision: The revision.
    ///   - isWeak: Whether `W/"1"` counts as `"1"`; a change needs a strong one.
    /// - Returns: Whether it is named.
    static func names(_ list: String, revision: Int, isWeak: Bool) -> Bool {
      for item in list.split(separator: ",") {
        var tag = item.drop { $0 == " " || $0 == "\t" }
        while let last = tag.last, last == " " || last == "\t" { tag.removeLast() }
        if tag == "*" { return true }
        if isWeak, tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
        if tag == of(revision: revision) { return true }
      }
      return false
    }
  }
#endif
