/// A pattern for paths, as `.gitignore` has them.
///
/// `*` is anything but `/`, `**` any number of directories, `?` one byte, `[a-z]` a set. A pattern without `/` in front of its
/// last byte is looked for in every directory, others in the configuration's own. What lies below a match matches too.
package struct PathPattern: Hashable, Sendable {
  /// What one component of a path must be.
  private enum Component: Hashable {
    /// Any number of components, `**`.
    case anyDepth
    case name([UInt8])
  }

  private let components: [Component]

  package init(_ pattern: String) {
    let bytes = Array(pattern.utf8)
    var parts = bytes.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual([UInt8(ascii: ".")]) }
    let isAnchored = bytes.dropLast().contains(UInt8(ascii: "/"))
    if !isAnchored, !parts.isEmpty { parts.insert(ArraySlice("**".utf8), at: 0) }
    components = parts.map { $0.elementsEqual("**".utf8) ? .anyDepth : .name(Array($0)) }
  }

  /// Whether a path, relative to the pattern's directory, or a directory that it lies in is one of the pattern's.
  package func matches(_ path: some Collection<UInt8>) -> Bool {
    guard !components.isEmpty else { return false }
    // The numbers of components that the path up to here may have used; each step takes time linear in the pattern.
    var reached = [Bool](repeating: false, count: components.count + 1)
    reached[0] = true
    for part in path.split(separator: UInt8(ascii: "/")) {
      skipDepths(&reached)
      var next = [Bool](repeating: false, count: reached.count)
      for (index, component) in components.enumerated() where reached[index] {
        switch component {
        case .anyDepth:
          next[index] = true
          // At the end it stands for what is below.
          if index + 1 == components.count { next[index + 1] = true }
        case .name(let pattern): if PathPattern.matches(Array(part), pattern) { next[index + 1] = true }
        }
      }
      reached = next
      skipDepths(&reached)
      if reached[components.count] { return true }
    }
    return false
  }

  /// `**` may stand for no directory.
  private func skipDepths(_ reached: inout [Bool]) {
    for (index, component) in components.enumerated() where reached[index] && component == .anyDepth {
      // At the end it stands for what is below, not for the directory itself.
      if index + 1 < components.count { reached[index + 1] = true }
    }
  }

  /// Whether a name fits a pattern.
  ///
  /// Only the last `*` is gone back to, which is enough, so that this takes time in proportion to both lengths at worst.
  private static func matches(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
    var index = 0
    var place = 0
    var star: (place: Int, index: Int)?
    while index < name.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        star = (place, index)
        place += 1
      } else if let end = matchedEnd(name[index], pattern, place) {
        index += 1
        place = end
      } else if let last = star {
        star = (last.place, last.index + 1)
        index = last.index + 1
        place = last.place + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// Behind the part of a pattern that a byte fits, `nil` where it does not.
  private static func matchedEnd(_ byte: UInt8, _ pattern: [UInt8], _ place: Int) -> Int? {
    guard place < pattern.count else { return nil }
    switch pattern[place] {
    case UInt8(ascii: "?"): return place + 1
    case UInt8(ascii: "\\") where place + 1 < pattern.count: return pattern[place + 1] == byte ? place + 2 : nil
    case UInt8(ascii: "["):
      guard let close = pattern[(place + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]")) else { break }
      var set = pattern[(place + 1)..<close]
      let isNegated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
      if isNegated { set = set.dropFirst() }
      return contains(set, byte) != isNegated ? close + 1 : nil
    default: break
    }
    return pattern[place] == byte ? place + 1 : nil
  }

  private static func contains(_ set: ArraySlice<UInt8>, _ byte: UInt8) -> Bool {
    var index = set.startIndex
    while index < set.endIndex {
      if index + 2 < set.endIndex, set[index + 1] == UInt8(ascii: "-") {
        if set[index] <= byte, byte <= set[index + 2] { return true }
        index += 3
      } else {
        if set[index] == byte { return true }
        index += 1
      }
    }
    return false
  }
}
