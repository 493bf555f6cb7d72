internal import Diagnostics
internal import DocumentTree
internal import Source

/// Hints on the schema's words that are written in another way than the schema does.
extension PolicyDecoder {
  /// Whether a word is written without capital letters.
  @inline(__always)
  func isCanonical(_ text: TextRange) -> Bool {
    let bytes = text.isDecoded ? document.decodedBytes : bytes
    for index in text.span.range where (0x41...0x5A).contains(bytes[index]) { return false }
    return true
  }

  mutating func adviseCanonical(_ word: some DocumentWord, _ value: Int, in path: FieldPath) {
    advise(
      Diagnostic(
        NoncanonicalValue(
          written: document.text(of: NodeID(value)), canonical: word.rawValue,
          spelling: spelling(word.rawValue, inPlaceOf: value)),
        at: nodes[value].span, in: path))
  }

  /// Says that `effect` is another name of `action`; beside an `action` it is a conflict, and reported as that.
  mutating func adviseAction(inPlaceOf key: Int, _ seen: SeenMembers, at place: ObjectPlace) {
    guard !seen.contains(RuleField.action) else { return }
    let (written, canonical) = (RuleField.effect.key, RuleField.action.key)
    advise(
      Diagnostic(
        NoncanonicalValue(written: written, canonical: canonical, spelling: spelling(canonical, inPlaceOf: key)),
        at: nodes[key].span, in: place.member(written)))
  }

  /// Says that a `deny` has no message; one that could not be read, or whose key is misspelt, is reported as that.
  mutating func adviseMessage(_ object: Int, _ seen: SeenMembers, at place: ObjectPlace) {
    let key = RuleField.message.key
    let isMisspelt = seen.unknown.contains { closestName(to: document.text(of: NodeID($0.key)), among: [key]) != nil }
    guard !isMisspelt else { return }
    advise(Diagnostic(MissingMessage(), at: missingMemberSpan(of: object), in: place.member(key)))
  }
}
