import Glibc
import MarkedSource

/// The expressions of the shared conformance data.
enum SharedExpressions {
  /// The published conformance suite: every one of its expressions parses.
  static let conformance: [String] = {
    let folder = (SharedData.root ?? "") + "/conformance/cel"
    return fileNames(folder).flatMap { expressions("conformance/cel/\($0)", field: "expr") }
  }()

  /// The suite's records, each a line of JSON.
  static let conformanceLines: [[UInt8]] = {
    let folder = (SharedData.root ?? "") + "/conformance/cel"
    return fileNames(folder).flatMap { name in
      (SharedData.bytes("conformance/cel/\(name)") ?? []).split(separator: 0x0A).map { Array($0) }
    }
  }()

  /// Expressions from public repositories that Google's parser accepts.
  static let realWorld = expressions(
    "conformance/realworld/expressions.jsonl", field: "expr", where: "\"parses\": true")

  private static func fileNames(_ folder: String) -> [String] {
    guard let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name.hasSuffix(".jsonl") { names.append(name) }
    }
    return names.sorted()
  }

  private static func expressions(_ path: String, field: String, where needed: String = "") -> [String] {
    guard let bytes = SharedData.bytes(path) else { return [] }
    return bytes.split(separator: 0x0A).compactMap { line in
      let text = String(decoding: line, as: UTF8.self)
      guard needed.isEmpty || text.contains(needed) else { return nil }
      return member(field, of: Array(line))
    }
  }

  /// The first string member of a name in a line of JSON.
  private static func member(_ name: String, of line: [UInt8]) -> String? {
    let key = Array("\"\(name)\": \"".utf8)
    guard line.count > key.count else { return nil }
    for start in 0..<(line.count - key.count) where Array(line[start..<(start + key.count)]) == key {
      return decoded(line[(start + key.count)...])
    }
    return nil
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var units: [UInt16] = []
    var plain: [UInt8] = []
    var text = ""
    func flush(_ text: inout String) {
      text += String(decoding: plain, as: UTF8.self) + String(decoding: units, as: UTF16.self)
      plain = []
      units = []
    }
    var index = bytes.startIndex
    while index < bytes.endIndex, bytes[index] != 0x22 {
      if bytes[index] == 0x5C {
        let letter = bytes[index + 1]
        if letter == 0x75 {
          if !plain.isEmpty { flush(&text) }
          units.append(UInt16(String(decoding: bytes[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16) ?? 0xFFFD)
          index += 6
          continue
        }
        if !units.isEmpty { flush(&text) }
        let escapes: [UInt8: UInt8] = [0x6E: 0x0A, 0x74: 0x09, 0x72: 0x0D, 0x62: 0x08, 0x66: 0x0C]
        plain.append(escapes[letter] ?? letter)
        index += 2
      } else {
        if !units.isEmpty { flush(&text) }
        plain.append(bytes[index])
        index += 1
      }
    }
    flush(&text)
    return text
  }
}
