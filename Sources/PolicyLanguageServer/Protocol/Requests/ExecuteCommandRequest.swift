internal import DocumentTree

/// `workspace/executeCommand`: `policycortex.pinResource` names the input that decisions are shown for.
///
/// Its arguments are the URI of a file that holds an input or a resource, and for a file of tests the place of the test from
/// 0; without a URI, or with `null`, no decisions are shown any more.
struct ExecuteCommandRequest: RequestMessage {
  static let method = "workspace/executeCommand"
  static let pinResource = "policycortex.pinResource"
  private let arguments: [Parameters]

  init(_ parameters: Parameters) throws(ResponseError) {
    let command = parameters["command"].text ?? ""
    guard command == ExecuteCommandRequest.pinResource else {
      throw ResponseError(.invalidParams, "there is no command `\(command)`")
    }
    arguments = parameters["arguments"].elements
  }

  func result(of server: LanguageServer) throws(ResponseError) -> JSON {
    defer { server.refreshDecisions() }
    guard let first = arguments.first, first.value?.isNull == false else {
      server.pinned = nil
      return .null
    }
    guard let uri = first.text else { throw ResponseError(.invalidParams, "the first argument is no URI") }
    do throws(UnreadableTestInput) {
      let pinned = try PinnedInput(uri: uri, test: arguments.dropFirst().first?.integer, server)
      server.pinned = pinned
      return ["name": .string(pinned.name)]
    } catch {
      throw ResponseError(.requestFailed, error.message)
    }
  }
}
