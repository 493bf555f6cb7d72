internal import Diagnostics
internal import Source

/// The edits that make one text of another: one at most, which leaves alone what both start and end with.
func wholeTextEdits(from old: [UInt8], to new: [UInt8]) -> [SourceEdit] {
  if old == new { return [] }
  let shared = min(old.count, new.count)
  var start = 0
  while start < shared, old[start] == new[start] { start += 1 }
  var end = 0
  while end < shared - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
  // Characters stay whole.
  func isInside(_ text: [UInt8], _ index: Int) -> Bool { index < text.count && text[index] & 0xC0 == 0x80 }
  while start > 0, isInside(old, start) || isInside(new, start) { start -= 1 }
  while end > 0, isInside(old, old.count - end) || isInside(new, new.count - end) { end -= 1 }
  let text = String(decoding: new[start..<(new.count - end)], as: UTF8.self)
  return [SourceEdit(span: SourceSpan(start, old.count - end), text: text)]
}
