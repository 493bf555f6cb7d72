#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The places at which a text stands in another, in bytes and from the first on, in linear time for all of them.
///
/// An empty text stands before each code point and at the end.
struct TextOccurrences {
  private let text: ByteView
  private let part: ByteView
  private let overlap: Bool
  /// Where the next search starts.
  private var index = 0
  /// How many bytes were compared at all places looked at so far.
  private var work = 0
  /// Filled in when comparing at each place turns out to be too much work: for each start of the part, how much of its
  /// end is a start as well (Knuth, Morris, Pratt).
  private var borders: [Int32] = []
  /// How much of the part stands right before `index`.
  private var matched = 0

  /// - Parameters:
  ///   - part: What is looked for.
  ///   - text: Where.
  ///   - overlap: Whether an occurrence may start inside the one before.
  init(of part: ByteView, in text: ByteView, overlap: Bool = false) {
    self.text = text
    self.part = part
    self.overlap = overlap
  }

  /// The place of the next occurrence.
  mutating func next() -> Int? {
    if part.count == 0 { return nextBoundary() }
    if borders.isEmpty, work > 4 * text.count + 1_024 { prepare() }
    return borders.isEmpty ? nextByComparing() : nextByBorders()
  }

  private mutating func nextBoundary() -> Int? {
    guard index <= text.count else { return nil }
    let place = index
    index = place < text.count ? text.codePointEnd(place) : place + 1
    return place
  }

  private mutating func nextByComparing() -> Int? {
    guard let wanted = unsafe part.buffer.baseAddress, let base = unsafe text.buffer.baseAddress else { return nil }
    let first = Int32(unsafe wanted[0])
    while index <= text.count - part.count {
      guard let found = unsafe memchr(base + index, first, text.count - part.count - index + 1) else {
        index = text.count
        return nil
      }
      let place = unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
      work &+= part.count
      if unsafe memcmp(base + place, wanted, part.count) == 0 {
        index = place + (overlap ? 1 : part.count)
        return place
      }
      index = place + 1
      if work > 4 * text.count + 1_024 {
        prepare()
        return nextByBorders()
      }
    }
    return nil
  }

  private mutating func prepare() {
    borders = [Int32](repeating: 0, count: part.count)
    var length = 0
    for index in 1..<part.count {
      while length > 0, part[index] != part[length] { length = Int(borders[length - 1]) }
      if part[index] == part[length] { length += 1 }
      borders[index] = Int32(truncatingIfNeeded: length)
    }
  }

  private mutating func nextByBorders() -> Int? {
    while index < text.count {
      let byte = text[index]
      while matched > 0, byte != part[matched] { matched = Int(borders[matched - 1]) }
      if byte == part[matched] { matched += 1 }
      index += 1
      if matched == part.count {
        matched = overlap ? Int(borders[matched - 1]) : 0
        return index - part.count
      }
    }
    return nil
  }
}
