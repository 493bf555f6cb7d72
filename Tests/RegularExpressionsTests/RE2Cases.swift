import DocumentTree
import Glibc
import MarkedSource
import Source

/// What RE2 made of a pattern; see `re2_differential.py`, which writes the file.
struct RE2Case: Sendable {
  var pattern: String
  /// `nil` when RE2 refuses the pattern.
  var groupCount: Int?
  var searches: [RE2Search] = []
}

/// What RE2 found in a text.
struct RE2Search: Sendable {
  var subject: String
  var start: Int
  /// `nil` when there was no match.
  var captures: [Range<Int>?]?
}

enum RE2Cases {
  /// The committed cases, or those of the file that `RE2_CASES` names.
  static func all() -> [RE2Case] {
    let committed = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let named = unsafe getenv("RE2_CASES").map { unsafe String(cString: $0) }
    let bytes = SharedData.fileBytes(named ?? "\(committed)/re2_cases.jsonl") ?? []
    return bytes.split(separator: 0x0A).compactMap { read(Array($0)) }
  }

  private static func read(_ line: [UInt8]) -> RE2Case? {
    let (document, _) = readDocument(SourceText(name: "line.json", bytes: line))
    guard let root = document.roots.first else { return nil }
    var values: [NodeID] = []
    document.forEachElement(of: root) { _, value in values.append(value) }
    guard values.count >= 2 else { return nil }
    var record = RE2Case(pattern: document.text(of: values[0]), groupCount: Int(document.text(of: values[1])))
    for index in stride(from: 2, to: values.count - 2, by: 3) {
      var search = RE2Search(
        subject: document.text(of: values[index]), start: Int(document.text(of: values[index + 1])) ?? 0)
      if document[values[index + 2]].kind == .array {
        var places: [Int] = []
        document.forEachElement(of: values[index + 2]) { _, value in places.append(Int(document.text(of: value)) ?? -1)
        }
        search.captures = stride(from: 0, to: places.count - 1, by: 2).map { pair in
          places[pair] < 0 ? nil : places[pair]..<places[pair + 1]
        }
      }
      record.searches.append(search)
    }
    return record
  }
}
