package import Diagnostics
package import Source

package func readJSON(_ text: SourceText) -> (document: Document, diagnostics: [Diagnostic]) {
  (Document(source: text, format: .json), [])
}
