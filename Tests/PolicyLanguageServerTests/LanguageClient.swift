import DocumentTree
import MarkedSource
import PolicyLanguageServer
import Testing

/// An editor that speaks to a server in process: messages in, messages out.
final class LanguageClient {
  let server = LanguageServer(version: "1.2.3")
  private var connection = JSONRPCConnection()
  /// What the server said beside answers, in its order.
  var notifications: [JSONValue] = []
  private var requestCount = 0

  /// Starts a session.
  ///
  /// - Parameters:
  ///   - encodings: The position encodings, in the editor's order.
  ///   - resourceTypes: A path for the setting of that name.
  ///   - pulls: Whether the editor asks for diagnostics.
  ///   - more: More capabilities, by name.
  init(
    encodings: [String] = ["utf-8"], resourceTypes: String? = nil, pulls: Bool = false,
    more: KeyValuePairs<String, JSON> = [:]
  ) {
    var document: [(name: String, value: JSON)] = [
      ("completion", ["completionItem": ["snippetSupport": true]])
    ]
    if pulls { document.append(("diagnostic", [:])) }
    let capabilities: [(name: String, value: JSON)] =
      [
        ("general", ["positionEncodings": .array(encodings.map { .string($0) })]),
        ("textDocument", .object(document)),
      ] + more.map { ($0.key, $0.value) }
    _ = request(
      "initialize",
      [
        "processId": .null, "rootUri": .null, "capabilities": .object(capabilities),
        "initializationOptions": ["resourceTypes": resourceTypes.map { .string($0) } ?? .null],
      ])
    notify("initialized", [:])
  }

  /// A client that has not introduced itself.
  init(silent: Void) {}

  /// Sends bytes as they are.
  ///
  /// - Returns: The messages that come back.
  func send(_ bytes: [UInt8]) -> [JSONValue] {
    connection.receive(bytes)
    server.handleAll(&connection)
    return server.takeOutput().compactMap { JSONValue($0) }
  }

  /// Sends a message.
  func send(_ message: JSON) -> [JSONValue] { send(MessageFraming.framed(message.bytes)) }

  func notify(_ method: String, _ parameters: JSON) {
    notifications += send(["jsonrpc": "2.0", "method": .string(method), "params": parameters])
  }

  /// Asks, and returns the whole answer.
  func answer(_ method: String, _ parameters: JSON) -> JSONValue? {
    requestCount += 1
    let id = requestCount
    var answer: JSONValue?
    for message in send(["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": parameters]) {
      if message["id"]?.number == String(id) { answer = message } else { notifications.append(message) }
    }
    return answer
  }

  /// Asks, and returns the result.
  func request(_ method: String, _ parameters: JSON) -> JSONValue? { answer(method, parameters)?["result"] }

  func open(_ uri: String, _ text: String, language: String = "yaml") {
    notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(uri), "languageId": .string(language), "version": 1, "text": .string(text),
        ]
      ])
  }

  func change(_ uri: String, version: Int, _ changes: [JSON]) {
    notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(uri), "version": .integer(version)], "contentChanges": .array(changes),
      ])
  }

  /// The diagnostics that were published last for a document.
  func published(_ uri: String) -> JSONValue? {
    notifications.last { message in
      message["method"]?.text == "textDocument/publishDiagnostics" && message["params"]?["uri"]?.text == uri
    }?["params"]
  }
}

/// The position of an offset, counted in UTF-8, in a text whose lines end with LF.
func position(of offset: Int, in text: String) -> JSON {
  let before = Array(text.utf8.prefix(max(0, offset)))
  let line = before.count { $0 == 0x0A }
  let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  return ["line": .integer(line), "character": .integer(offset - start)]
}

/// The range between two offsets.
func range(_ start: Int, _ end: Int, in text: String) -> JSON {
  ["start": position(of: start, in: text), "end": position(of: end, in: text)]
}

/// A value in one spelling, so that equal values are equal texts.
func canonical(_ value: JSONValue?) -> String {
  guard let value else { return "absent" }
  if let text = value.text { return "\"\(text)\"" }
  if let number = value.number { return number }
  if value.isNull { return "null" }
  if value.isTrue { return "true" }
  if !value.members.isEmpty {
    return "{\(value.members.map { "\($0.name): \(canonical($0.value))" }.joined(separator: ", "))}"
  }
  return "[\(value.elements.map { canonical($0) }.joined(separator: ", "))]"
}

/// A text after edits as the protocol has them, none of which overlap; positions count UTF-8, lines end with LF or CRLF.
func applying(_ edits: [JSONValue], to text: String) -> String {
  var bytes = Array(text.utf8)
  func offset(_ position: JSONValue?) -> Int {
    let line = position?["line"]?.number.flatMap(Int.init) ?? 0
    let character = position?["character"]?.number.flatMap(Int.init) ?? 0
    var start = 0
    for _ in 0..<line { start = (bytes[start...].firstIndex(of: 0x0A) ?? bytes.count - 1) + 1 }
    return start + character
  }
  let places = edits.map { edit in
    (start: offset(edit["range"]?["start"]), end: offset(edit["range"]?["end"]), text: edit["newText"]?.text ?? "")
  }
  for place in places.sorted(by: { $0.start > $1.start }) {
    bytes.replaceSubrange(place.start..<place.end, with: place.text.utf8)
  }
  return String(decoding: bytes, as: UTF8.self)
}
