internal import DocumentTree
internal import Glibc
internal import PolicyCortex
internal import Source

extension LanguageServer {
  /// The document that is open under a path, as the editor has it.
  func openDocument(at path: String) -> OpenDocument? {
    let path = DocumentURI.resolved(path)
    return documents.values.first { $0.path.map(DocumentURI.resolved) == path }
  }

  /// A file as the editor has it where it is open, else as it is on the disk; `nil` for one that cannot be read.
  func file(at path: String) -> OpenDocument? {
    if let open = openDocument(at: path) { return open }
    // What is no file may have nothing to read, for ever.
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      case .bytes(let bytes) = FileContent.read(Array(path.utf8))
    else { return nil }
    return OpenDocument(
      uri: DocumentURI.uri(of: path), language: "", version: 0, text: String(decoding: bytes, as: UTF8.self),
      encoding: client.encoding)
  }

  /// What runs tests against the policies of a document; `nil` for one with errors, or that is no policy.
  func tester(_ uri: String) -> PolicyTester? {
    guard let checked = checked(uri), let validator = checked.validator else { return nil }
    if let tester = checked.tester { return tester }
    guard !checked.diagnostics.contains(where: { $0.severity == .error }), let inspection = inspection(uri),
      !inspection.policies.isEmpty
    else { return nil }
    let tester = PolicyTester(inspection.policies, validatedBy: validator)
    documents[uri]?.checked?.tester = tester
    return tester
  }

  /// The same for a file that need not be open.
  func tester(ofFile path: String) -> PolicyTester? {
    if let open = openDocument(at: path) { return tester(open.uri) }
    guard let file = file(at: path) else { return nil }
    let validator = workspace.validator(for: path).validator
    let report = validator.validate(file.bytes, name: file.name)
    guard !report.diagnostics.contains(where: { $0.severity == .error }) else { return nil }
    return PolicyTester(report.policies, validatedBy: validator)
  }
}
