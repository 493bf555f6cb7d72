/// The classes of `\p{…}`: general categories and scripts, as RE2 has them.
enum UnicodeClasses {
  typealias CodePointSet = RE2Pattern.CodePointSet

  /// The sets by name.
  ///
  /// Made once, when the first pattern names one.
  private static let sets: [String: CodePointSet] = {
    var sets = ["Any": CodePointSet(ranges: [0...CodePointSet.lastCodePoint])]
    read(UnicodeTableData.categoryNames, UnicodeTableData.categories, into: &sets)
    for group in ["C", "L", "M", "N", "P", "S", "Z"] {
      let parts = sets.filter { $0.key.count == 2 && $0.key.hasPrefix(group) }
      sets[group] = CodePointSet(unsorted: parts.flatMap(\.value.ranges))
    }
    read(UnicodeTableData.scriptNames, UnicodeTableData.scripts, into: &sets)
    return sets
  }()

  /// What may stand in a group's name besides ASCII (`re2/parse.cc`, `IsValidCaptureName`).
  private static let nameCodePoints = CodePointSet(
    unsorted: ["L", "Mn", "Mc", "Nd", "Nl", "Pc"].flatMap { sets[$0]?.ranges ?? [] })

  /// The class of a name, `L`, `Lu` or `Greek`; letter case matters.
  static func set(named name: ArraySlice<UInt8>) -> CodePointSet? {
    sets[String(decoding: name, as: UTF8.self)]
  }

  /// The scripts as ranges, ascending.
  private static let scriptRanges: [(range: ClosedRange<UInt32>, name: String)] = {
    let names = UnicodeTableData.scriptNames.description.split(separator: " ").map(String.init)
    return names.flatMap { name in (sets[name]?.ranges ?? []).map { ($0, name) } }
      .sorted { $0.range.lowerBound < $1.range.lowerBound }
  }()

  static func script(of codePoint: UInt32) -> String? {
    var low = 0
    var high = scriptRanges.count
    while low < high {
      let middle = (low + high) / 2
      if scriptRanges[middle].range.upperBound < codePoint { low = middle + 1 } else { high = middle }
    }
    return low < scriptRanges.count && scriptRanges[low].range.contains(codePoint) ? scriptRanges[low].name : nil
  }

  static func isNameCodePoint(_ codePoint: UInt32) -> Bool { nameCodePoints.contains(codePoint) }

  /// The name that a class has when letter case does not matter.
  static func name(ignoringCase name: String) -> String? {
    let wanted = name.lowercased()
    return sets.keys.first { $0.lowercased() == wanted }
  }

  private static func read(_ names: StaticString, _ runs: StaticString, into sets: inout [String: CodePointSet]) {
    let names = names.description.split(separator: " ")
    var ranges = [[ClosedRange<UInt32>]](repeating: [], count: names.count + 1)
    var reader = UnicodeTableReader(runs)
    var start: UInt32 = 0
    var owner = 0
    while let distance = reader.next(), let next = reader.next() {
      if distance > 0 { ranges[owner].append(start...start + distance - 1) }
      start += distance
      owner = min(Int(next), names.count)
    }
    ranges[owner].append(start...CodePointSet.lastCodePoint)
    for (name, ranges) in zip(names, ranges.dropFirst()) { sets[String(name)] = CodePointSet(unsorted: ranges) }
  }
}

extension RE2Pattern.CodePointSet {
  func contains(_ codePoint: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < codePoint { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(codePoint)
  }
}

/// Reads the numbers of a generated table: base 32, least digit first, 64 letters of which the upper half say that more follow.
struct UnicodeTableReader {
  private let text: StaticString
  private var offset = 0

  init(_ text: StaticString) { self.text = text }

  /// The next number, `nil` at the end.
  mutating func next() -> UInt32? {
    var value: UInt32 = 0
    var shift: UInt32 = 0
    while offset < text.utf8CodeUnitCount {
      let digit = unsafe UnicodeTableReader.digit(text.utf8Start[offset])
      offset += 1
      value |= (digit & 31) << shift
      if digit < 32 { return value }
      shift += 5
    }
    return nil
  }

  private static func digit(_ letter: UInt8) -> UInt32 {
    switch letter {
    case 0x30...0x39: UInt32(letter - 0x30)
    case 0x41...0x5A: UInt32(letter - 0x41 + 10)
    case 0x61...0x7A: UInt32(letter - 0x61 + 36)
    case UInt8(ascii: "-"): 62
    default: 63
    }
  }
}

/// The script of a code point, by its name in patterns: `Latin`, `Cyrillic`; `nil` if it has none.
package func scriptName(of codePoint: UInt32) -> String? { UnicodeClasses.script(of: codePoint) }
