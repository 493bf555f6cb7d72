package import Diagnostics
package import Source

/// Reads a JSON or YAML document into a tree in which every node knows where it came from.
///
/// Reading never throws. A damaged document gives the part that could be read, and diagnostics for the rest, so that an
/// editor can keep helping while its user types.
///
/// - Parameter text: The document; its name decides the format (`.json`, `.yaml`, `.yml`), and its first byte does when the
///   name is silent.
/// - Returns: The tree, with as many roots as could be read, and what was wrong in source order.
package func readDocument(_ text: SourceText) -> (document: Document, diagnostics: [Diagnostic]) {
  switch documentFormat(of: text) {
  case .json: readJSON(text)
  case .yaml: readYAML(text)
  }
}

/// The format that a text's name tells, or its first byte: JSON starts with `{` or `[`.
package func documentFormat(of text: SourceText) -> DocumentFormat {
  let name = text.name.lowercased()
  if name.hasSuffix(".json") { return .json }
  if name.hasSuffix(".yaml") || name.hasSuffix(".yml") { return .yaml }
  var bytes = text.bytes[...]
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
  let first = bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
  return first == 0x7B || first == 0x5B ? .json : .yaml
}
