#if Server
  internal import HTTPTypes
  internal import DiagnosticRendering
  internal import Diagnostics
  internal import DocumentTree
  internal import PolicyModel
  internal import Source

  /// The body of a request that is no policy: a JSON object of which every member is known.
  struct RequestObject: Sendable {
    let document: Document
    let root: NodeID
    private var members: [(key: String, value: NodeID)] = []

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - bytes: The body.
    ///   - known: The members it may have.
    ///   - mayBeEmpty: Whether no body at all stands for an empty object.
    /// - Throws: 400, with the reader's diagnostics where the text is broken.
    init(_ bytes: [UInt8], known: [String], mayBeEmpty: Bool = false) throws(ErrorResponse) {
      let text = SourceText(name: "body.json", bytes: bytes.isEmpty && mayBeEmpty ? Array("{}".utf8) : bytes)
      let (document, faults) = readDocument(text)
      guard faults.isEmpty else { throw ErrorResponse(faults, in: document) }
      guard let root = document.roots.first, document[root].kind == .object else { throw .wrongType("") }
      if let duplicate = document.duplicateKeys.first {
        let name = document.text(of: duplicate.key)
        throw .invalid(name, "duplicate", "Duplicate field: \(name)")
      }
      var members: [(key: String, value: NodeID)] = []
      document.forEachMember(of: root) { key, value in members.append((document.text(of: key), value)) }
      for member in members where !known.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) {
        throw .unknown(member.key)
      }
      self.document = document
      self.root = root
      self.members = members
    }

    func node(_ name: String) -> NodeID? { members.first { $0.key.utf8.elementsEqual(name.utf8) }?.value }

    private func kind(_ node: NodeID) -> NodeKind { document[node].kind }

    /// A string's text.
    func string(_ name: String, length: ClosedRange<Int>) throws(ErrorResponse) -> String? {
      guard let node = node(name) else { return nil }
      guard kind(node) == .string else { throw .wrongType(name) }
      let text = document.text(of: node)
      guard length.contains(text.unicodeScalars.count) else { throw .wrongLength(name) }
      return text
    }

    /// The texts of an array of strings.
    func strings(_ name: String, count: ClosedRange<Int>) throws(ErrorResponse) -> [String]? {
      guard let array = node(name) else { return nil }
      guard kind(array) == .array else { throw .wrongType(name) }
      var texts: [String] = []
      var wrong: Int?
      document.forEachElement(of: array) { index, element in
        if kind(element) == .string { texts.append(document.text(of: element)) } else if wrong == nil { wrong = index }
      }
      if let wrong { throw .wrongType("\(name)[\(wrong)]") }
      guard count.contains(texts.count) else { throw .wrongLength(name) }
      return texts
    }

    /// A number without a fraction, however it is written: `5.0` is one in JSON Schema; `nil` for one that is too large.
    private func whole(_ node: NodeID, _ name: String) throws(ErrorResponse) -> Int? {
      switch kind(node) {
      case .integer: return Int(document.text(of: node))
      case .float:
        guard let value = Double(document.text(of: node)), value.rounded() == value else { throw .wrongType(name) }
        return Int(exactly: value)
      case .string, .null, .true, .false, .object, .array, .alias, .invalid: throw .wrongType(name)
      }
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(ErrorResponse) -> Int? {
      guard let node = node(name) else { return nil }
      guard let value = try whole(node, name), range.contains(value) else {
        throw .invalid(name, "limit", "Invalid value for field: \(name)")
      }
      return value
    }
  }

  extension ErrorResponse {
    /// A text that could not be read, as the engine says it.
    init(_ faults: [Diagnostic], in document: Document) {
      let findings = FileFindings(
        source: document.source, status: Failure.malformed.rawValue, policyCount: 0,
        diagnostics: located(faults, in: document))
      let body = JSONValue(reading: ErrorEnvelope().body(findings))
      var message = ""
      if case .string(let text)? = body["message"] { message = text }
      self.init(.badRequest, message, details: body["details"])
    }
  }
#endif
