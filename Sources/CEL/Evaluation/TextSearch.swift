#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

// Looking for a text in another, in linear time whatever the two are.
extension ByteView {
  /// Where a text first stands, in bytes, from `start` on; an empty one stands everywhere.
  package func firstIndex(of part: ByteView, from start: Int = 0) -> Int? {
    guard start >= 0, start <= count, part.count <= count - start else { return nil }
    guard let wanted = unsafe part.buffer.baseAddress, let base = unsafe buffer.baseAddress, part.count > 0 else {
      return start
    }
    let first = Int32(unsafe wanted[0])
    var index = start
    // Comparing at each place is fastest on all texts but those that repeat themselves.
    var work = 0
    while index <= count - part.count {
      guard let found = unsafe memchr(base + index, first, count - part.count - index + 1) else { return nil }
      index = unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if unsafe memcmp(base + index, wanted, part.count) == 0 { return index }
      index += 1
      work += part.count
      if work > 4 * count + 1_024 { return firstIndexByPrefixes(of: part, from: index) }
    }
    return nil
  }

  /// The same by Knuth, Morris and Pratt, which looks at each byte once.
  private func firstIndexByPrefixes(of part: ByteView, from start: Int) -> Int? {
    let wanted = unsafe part.buffer
    var borders = [Int](repeating: 0, count: part.count)
    var length = 0
    for index in 1..<part.count {
      while length > 0, unsafe wanted[index] != wanted[length] { length = borders[length - 1] }
      if unsafe wanted[index] == wanted[length] { length += 1 }
      borders[index] = length
    }
    length = 0
    let text = unsafe buffer
    for index in start..<count {
      while length > 0, unsafe text[index] != wanted[length] { length = borders[length - 1] }
      if unsafe text[index] == wanted[length] { length += 1 }
      if length == part.count { return index - part.count + 1 }
    }
    return nil
  }
}
