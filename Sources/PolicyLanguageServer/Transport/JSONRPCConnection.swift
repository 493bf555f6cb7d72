internal import DocumentTree

/// What came in, in the order of its arrival (JSON-RPC 2.0).
enum IncomingMessage {
  case request(id: JSON, method: String, Parameters)
  case notification(method: String, Parameters)
  /// Something that is answered with an error, with the id of the request if that is known.
  case fault(ResponseError, id: JSON)
}

/// The messages that an editor sends, read ahead so that a request can be cancelled before it is looked at.
package struct JSONRPCConnection {
  private var framing = MessageFraming()
  private var waiting: [IncomingMessage] = []
  private var taken = 0

  package init() {}

  /// Adds a packet of bytes.
  package mutating func receive(_ bytes: some Sequence<UInt8>) {
    framing.append(bytes)
    while let frame = framing.next() {
      switch frame {
      case .garbage(let reason): waiting.append(.fault(ResponseError(.parseError, reason), id: .null))
      case .message(let bytes): receive(message: bytes)
      }
    }
  }

  /// Whether all messages have been taken.
  package var isEmpty: Bool { taken == waiting.count }

  /// The next message; `nil` when all have been taken.
  mutating func next() -> IncomingMessage? {
    guard taken < waiting.count else { return nil }
    defer {
      taken += 1
      if taken == waiting.count {
        waiting.removeAll(keepingCapacity: true)
        taken = 0
      }
    }
    return waiting[taken]
  }

  private mutating func receive(message bytes: [UInt8]) {
    guard let message = JSONValue(bytes, mendsCharacters: true) else {
      waiting.append(.fault(ResponseError(.parseError, "the message is not JSON"), id: .null))
      return
    }
    let id = message["id"].map(JSON.init)
    guard let method = message["method"]?.text else {
      // An answer to a request of ours.
      if message["result"] != nil || message["error"] != nil { return }
      waiting.append(.fault(ResponseError(.invalidRequest, "the message names no method"), id: id ?? .null))
      return
    }
    let parameters = Parameters(message["params"])
    guard let id else {
      if method == "$/cancelRequest" { cancel(parameters["id"].value.map(JSON.init)) }
      waiting.append(.notification(method: method, parameters))
      return
    }
    switch id {
    case .integer, .string: waiting.append(.request(id: id, method: method, parameters))
    case .null, .bool, .array, .object, .written:
      waiting.append(.fault(ResponseError(.invalidRequest, "an id is a number or a string"), id: .null))
    }
  }

  /// Has a request that waits answered with an error.
  private mutating func cancel(_ cancelled: JSON?) {
    guard let cancelled else { return }
    for index in waiting.indices.dropFirst(taken) {
      if case .request(let id, _, _) = waiting[index], id.bytes == cancelled.bytes {
        waiting[index] = .fault(ResponseError(.requestCancelled, "the request was cancelled"), id: id)
      }
    }
  }
}
