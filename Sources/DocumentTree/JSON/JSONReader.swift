package import Diagnostics
package import Source

/// Reads a JSON document (RFC 8259) into a tree in which every node and key knows where it came from.
///
/// One pass over the bytes, without recursion. Every fault of the text is reported and mended as its author most likely
/// meant it, so that what follows is read as if the fault were not there.
///
/// - Parameter text: The document. One UTF-8 byte order mark in front is accepted.
/// - Returns: The tree, without a root when nothing was readable, and what was wrong in source order. Duplicate keys are
///   listed in the document and not reported.
package func readJSON(_ text: SourceText) -> (document: Document, diagnostics: [Diagnostic]) {
  let document = Document(source: text, format: .json)
  guard text.bytes.count <= DocumentLimits.byteCount else {
    let limit = LimitExceeded("a document has at most \(DocumentLimits.byteCount >> 20) MiB")
    return (document, [Diagnostic(limit, at: SourceSpan(at: 0))])
  }
  return unsafe text.bytes.withUnsafeBufferPointer { buffer in
    let bytes = unsafe JSONBytes(buffer)
    if let encoding = wideEncoding(of: bytes) {
      let message = InvalidEncoding(
        "the document is \(encoding), and a policy must be UTF-8", help: "save the file as UTF-8")
      return (document, [Diagnostic(message, at: SourceSpan(0, min(2, bytes.count)))])
    }
    var parser = JSONParser(bytes: bytes, document: document)
    parser.parse()
    return (parser.document, parser.diagnostics)
  }
}

/// The name of a UTF-16 or UTF-32 encoding that a document's first bytes show, by byte order mark or by where zeros stand.
private func wideEncoding(of bytes: JSONBytes) -> String? {
  let isQuadruple = bytes.count >= 4 && bytes.count % 4 == 0
  switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
  case (0x00, 0x00, 0xFE, 0xFF) where isQuadruple, (0xFF, 0xFE, 0x00, 0x00) where isQuadruple: return "UTF-32"
  case (0xFE, 0xFF, _, _), (0xFF, 0xFE, _, _): return "UTF-16"
  case (0, 0, 0, 1...) where isQuadruple, (1..., 0, 0, 0) where isQuadruple: return "UTF-32"
  default:
    // In UTF-16 one half of the bytes of an ASCII character is zero, and JSON begins with one.
    guard bytes.count >= 2, bytes.count % 2 == 0 else { return nil }
    let isBigEndian = bytes[0] == 0 && bytes[1] != 0 && (bytes[2] == 0 || bytes.count == 2)
    let isLittleEndian = bytes[0] != 0 && bytes[1] == 0 && (bytes[3] == 0 || bytes.count == 2)
    return isBigEndian || isLittleEndian ? "UTF-16" : nil
  }
}
