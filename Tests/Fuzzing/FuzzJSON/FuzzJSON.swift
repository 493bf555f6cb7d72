import Diagnostics
import DocumentTree
import Invariants
import Source

/// The JSON reader: whatever the bytes, its tree and its diagnostics hold together, and it accepts what JSON is.
func checkJSON(_ bytes: [UInt8]) {
  let (document, diagnostics) = readDocument(SourceText(name: "fuzz.json", bytes: bytes))
  checkDiagnostics(diagnostics, textCount: bytes.count)
  checkDocument(document)

  let withoutMark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  invariant(
    diagnostics.isEmpty == StrictJSON.accepts(withoutMark),
    "the reader \(diagnostics.isEmpty ? "accepts" : "rejects") what RFC 8259 does not: \(diagnostics.map(\.message))")

  guard diagnostics.isEmpty, let written = canonicalJSON(document) else { return }
  invariant(document.roots.count == 1, "an accepted document has \(document.roots.count) values")
  // The array around it is one level more than the document had.
  if document.nodes.count < 250 { checkRoundTrip(written, name: "again.json") }
}
