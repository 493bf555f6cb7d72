import Diagnostics
import DocumentTree
import Source

/// The unquoted `yes`, `no`, `on` and `off` of a YAML document.
func legacyBooleans(in document: Document) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  for node in document.nodes where node.kind == .string && node.style == .plain && node.span.count <= 3 {
    guard node.span.count > 1, let isTrue = legacyBoolean(document.source.bytes[node.span.range]),
      !isTagged(node, document.source.bytes)
    else { continue }
    let word = String(decoding: document.source.bytes[node.span.range], as: UTF8.self)
    diagnostics.append(Diagnostic(LegacyBoolean(word: word, isTrue: isTrue), at: node.span))
  }
  return diagnostics
}

/// What YAML 1.1 reads a word as (yaml.org/type/bool.html), in the three spellings that it takes.
private func legacyBoolean(_ word: ArraySlice<UInt8>) -> Bool? {
  switch String(decoding: word, as: UTF8.self) {
  case "yes", "Yes", "YES", "on", "On", "ON": true
  case "no", "No", "NO", "off", "Off", "OFF": false
  default: nil
  }
}

/// Whether a tag before a scalar says already what it is.
private func isTagged(_ node: DocumentNode, _ bytes: [UInt8]) -> Bool {
  var index = node.span.start
  while index > 0, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
  while index > 0, bytes[index - 1] > 0x20 { index -= 1 }
  return index < node.span.start && bytes[index] == UInt8(ascii: "!")
}
