import Diagnostics
import DocumentTree
import Invariants
import Source

/// The YAML reader: whatever the bytes, its tree and its diagnostics hold together, and what it reads it reads again.
func checkYAML(_ bytes: [UInt8]) {
  let (document, diagnostics) = readDocument(SourceText(name: "fuzz.yaml", bytes: bytes))
  checkDiagnostics(diagnostics, textCount: bytes.count)
  checkDocument(document)

  guard diagnostics.isEmpty, document.nodes.count < 250, let written = canonicalJSON(document) else { return }
  checkRoundTrip(written, name: "again.json")
  // Longer texts may hold a key of more than the 1,024 characters that YAML allows one without `?`.
  if written.count < 1_000 { checkRoundTrip(written, name: "again.yaml") }
}
