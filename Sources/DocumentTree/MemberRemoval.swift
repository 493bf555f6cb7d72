package import Diagnostics
internal import Source

extension Document {
  /// The edit that takes a member out of an object, with the comma or the lines that belong to it.
  ///
  /// Comments before and behind the member stay.
  ///
  /// - Parameters:
  ///   - key: The member's key.
  ///   - object: The object, which has other members too.
  /// - Returns: `nil` where the object's members do not all stand in it, where something else may refer to the member, or
  ///   where it shares its line with something else.
  package func removal(ofMember key: NodeID, from object: NodeID) -> SourceEdit? {
    var members: [(start: Int, end: Int)] = []
    var place: Int?
    forEachMember(of: object) { memberKey, value in
      if memberKey == key { place = members.count }
      members.append((self[memberKey].span.start, self[value].span.end))
    }
    let outer = self[object].span
    let areInOrder = zip(members, members.dropFirst()).allSatisfy { $0.end <= $1.start }
    guard let place, members.count > 1, areInOrder, members[0].start >= outer.start,
      members[members.count - 1].end <= outer.end, !mayBeReferredTo(members[place].start..<members[place].end)
    else { return nil }
    let start = members[place].start
    if source.bytes[outer.start] == UInt8(ascii: "{") {
      let span =
        place + 1 < members.count
        ? SourceSpan(start, members[place + 1].start) : SourceSpan(members[place - 1].end, members[place].end)
      return SourceEdit(span: span, text: "")
    }
    return linesRemoval(start..<members[place].end)
  }

  /// Whether a part of the document has an anchor, or the document aliases at all.
  private func mayBeReferredTo(_ range: Range<Int>) -> Bool {
    guard format == .yaml else { return false }
    if nodes.contains(where: { $0.kind == .alias }) { return true }
    var before: UInt8 = 0x20
    for index in range {
      let byte = source.bytes[index]
      let next = index + 1 < source.bytes.count ? source.bytes[index + 1] : 0
      if byte == UInt8(ascii: "&"), before == 0x20 || before == 0x09, next != UInt8(ascii: "&"), next > 0x20 {
        return true
      }
      before = byte
    }
    return false
  }

  /// Takes out whole lines, if nothing else stands on them.
  private func linesRemoval(_ range: Range<Int>) -> SourceEdit? {
    let bytes = source.bytes
    var start = range.lowerBound
    while start > 0, bytes[start - 1] == 0x20 { start -= 1 }
    guard start == 0 || isLineEnd(bytes[start - 1]) else { return nil }
    var end = range.upperBound
    if end > start, isLineEnd(bytes[end - 1]) { return SourceEdit(span: SourceSpan(start, end), text: "") }
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: "#") {
      while end < bytes.count, !isLineEnd(bytes[end]) { end += 1 }
    }
    guard end == bytes.count || isLineEnd(bytes[end]) else { return nil }
    if end < bytes.count {
      end += bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A ? 2 : 1
    }
    return SourceEdit(span: SourceSpan(start, end), text: "")
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
