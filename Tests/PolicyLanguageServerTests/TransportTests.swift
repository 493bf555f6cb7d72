import DocumentTree
import MarkedSource
import PolicyLanguageServer
import Testing

@Suite struct MessageFramingTests {
  private func frames(_ packets: [String]) -> [MessageFraming.Frame] {
    var framing = MessageFraming()
    var frames: [MessageFraming.Frame] = []
    for packet in packets {
      framing.append(packet.utf8)
      while let frame = framing.next() { frames.append(frame) }
    }
    return frames
  }

  private func messages(_ packets: [String]) -> [String] {
    frames(packets).compactMap { frame in
      guard case .message(let bytes) = frame else { return nil }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test("a stream may be split anywhere")
  func split() {
    let stream = "Content-Length: 2\r\n\r\n{}Content-Length: 10\r\nContent-Type: x; charset=utf-8\r\n\r\n{\"a\":\"é\"}"
    let bytes = Array(stream.utf8)
    for first in 0...bytes.count {
      var framing = MessageFraming()
      var found: [String] = []
      for packet in [bytes[..<first], bytes[first...]] {
        framing.append(packet)
        while case .message(let message)? = framing.next() { found.append(String(decoding: message, as: UTF8.self)) }
      }
      // é has two bytes, and the length counts bytes.
      #expect(found == ["{}", #"{"a":"é"}"#], "split at \(first)")
    }
  }

  @Test(
    "headers may be spelt in many ways",
    arguments: [
      "Content-Length: 2\r\n\r\n", "content-length:2\r\n\r\n", "CONTENT-LENGTH :  2 \r\n\r\n", "Content-Length: 2\n\n",
      "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\n\r\n",
      "X-Other: a:b\r\nContent-Length: 002\r\n\r\n",
    ])
  func headers(header: String) {
    #expect(messages([header + "{}"]) == ["{}"])
  }

  @Test(
    "garbage is told once and passed over",
    arguments: [
      "hello\r\n\r\n", "{}\n", "Content-Length: two\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Type: x\r\n\r\n",
      String(repeating: "x", count: 10_000), "\u{0}\u{1}é\r\n",
    ])
  func garbage(garbage: String) {
    let frames = frames([garbage + "Content-Length: 2\r\n\r\n{}"])
    #expect(frames.count == 2)
    guard case .garbage? = frames.first else { return #expect(Bool(false), "\(frames)") }
    #expect(frames.last == .message(Array("{}".utf8)))
  }

  @Test("a message that is too large is passed over, whatever its packets")
  func tooLarge() {
    var framing = MessageFraming()
    framing.append("Content-Length: 99999999\r\n\r\n".utf8)
    guard case .garbage? = framing.next() else { return #expect(Bool(false)) }
    var rest = 99_999_999
    while rest > 0 {
      let count = min(rest, 4 << 20)
      framing.append([UInt8](repeating: 0x20, count: count))
      #expect(framing.next() == nil)
      rest -= count
    }
    framing.append("Content-Length: 2\r\n\r\n{}".utf8)
    #expect(framing.next() == .message(Array("{}".utf8)))
  }
}

@Suite struct LifecycleTests {
  private func code(_ answer: JSONValue?) -> String? { answer?["error"]?["code"]?.number }

  @Test("what is no message is answered with an error, and the session goes on")
  func errors() {
    let client = LanguageClient()
    func codes(_ text: String) -> [String?] { client.send(MessageFraming.framed(Array(text.utf8))).map(code) }
    #expect(codes("{") == ["-32700"])
    #expect(codes("") == ["-32700"])
    #expect(client.send(Array("nonsense\r\n\r\n".utf8)).map(code) == ["-32700"])
    #expect(codes("{}") == ["-32600"])
    #expect(codes("[]") == ["-32600"])
    #expect(codes(#"{"jsonrpc":"2.0","id":1}"#) == ["-32600"])
    #expect(codes(#"{"jsonrpc":"2.0","id":{},"method":"shutdown"}"#) == ["-32600"])
    #expect(codes(#"{"jsonrpc":"2.0","id":1,"method":"no/such"}"#) == ["-32601"])
    #expect(codes(#"{"jsonrpc":"2.0","id":1,"method":"$/no/such"}"#) == ["-32601"])
    #expect(codes(#"{"jsonrpc":"2.0","method":"no/such"}"#) == [])
    #expect(codes(#"{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"off"}}"#) == [])
    #expect(codes(#"{"jsonrpc":"2.0","id":9,"result":null}"#) == [])
    #expect(codes(#"{"jsonrpc":"2.0","id":1,"method":"textDocument/diagnostic"}"#) == ["-32602"])
    #expect(codes(#"{"jsonrpc":"2.0","method":"textDocument/didOpen"}"#) == [])
    #expect(codes(#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":[]}"#) == [])
    #expect(client.request("shutdown", .null)?.isNull == true)
  }

  @Test("requests come between `initialize` and `shutdown`, and the exit status tells whether `exit` was in order")
  func order() {
    let client = LanguageClient(silent: ())
    #expect(code(client.answer("shutdown", .null)) == "-32002")
    #expect(client.answer("initialize", [:])?["result"]?["serverInfo"]?["version"]?.text == "1.2.3")
    #expect(code(client.answer("initialize", [:])) == "-32600")
    #expect(client.request("shutdown", .null)?.isNull == true)
    #expect(code(client.answer("shutdown", .null)) == "-32600")
    #expect(client.server.exitStatus == nil)
    client.notify("exit", .null)
    #expect(client.server.exitStatus == 0)
    let hasty = LanguageClient()
    hasty.notify("exit", .null)
    #expect(hasty.server.exitStatus == 1)
  }

  @Test(
    "the first encoding of the editor's that there is counts",
    arguments: [
      ([], "utf-16"), (["utf-8"], "utf-8"), (["utf-7", "utf-32", "utf-8"], "utf-32"), (["utf-16", "utf-8"], "utf-16"),
      (["latin-1"], "utf-16"),
    ])
  func encodings(offered: [String], chosen: String) {
    let client = LanguageClient(silent: ())
    let answer = client.request(
      "initialize",
      ["capabilities": ["general": ["positionEncodings": .array(offered.map { .string($0) })]]])
    #expect(answer?["capabilities"]?["positionEncoding"]?.text == chosen)
  }

  @Test("a request that waits can be cancelled")
  func cancellation() {
    let client = LanguageClient()
    func framed(_ message: JSON) -> [UInt8] { MessageFraming.framed(message.bytes) }
    let answers = client.send(
      framed(["jsonrpc": "2.0", "id": 7, "method": "shutdown"])
        + framed(["jsonrpc": "2.0", "id": "7", "method": "no/such"])
        + framed(["jsonrpc": "2.0", "method": "$/cancelRequest", "params": ["id": 7]])
        + framed(["jsonrpc": "2.0", "method": "$/cancelRequest", "params": ["id": 8]]))
    #expect(answers.map { $0["id"].map { canonical($0) } } == ["7", "\"7\""])
    #expect(answers.map(code) == ["-32800", "-32601"])
  }
}
