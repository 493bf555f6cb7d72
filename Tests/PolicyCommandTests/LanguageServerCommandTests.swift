import Testing

/// The language server as editors start it.
@Suite struct LanguageServerCommandTests {
  /// A function of bash that frames its argument.
  private static let send = #"send() { printf 'Content-Length: %d\r\n\r\n%s' "$(printf %s "$1" | wc -c)" "$1"; }"#

  @Test("it speaks over pipes, with the configuration beside the file, and ends as it is told")
  func session() throws {
    let folder = try TemporaryFolder()
    try folder.write(".policycortex.yaml", "ignore: [missing-message]\n")
    let run = try CommandRun(
      script: #"""
        \#(Self.send)
        {
          send '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":'$$',"capabilities":{}}}'
          send '{"jsonrpc":"2.0","method":"initialized","params":{}}'
          send '{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file://'"$PWD"'/p.yaml",
            "languageId":"yaml","version":3,"text":"name: p\nrules:\n  - {condition: resource.a and true, action: deny}\n"}}}'
          sleep 0.2
          send '{"jsonrpc":"2.0","id":2,"method":"shutdown"}'
          send '{"jsonrpc":"2.0","method":"exit"}'
        } | "$policycortex" lsp | cat
        echo "status ${PIPESTATUS[1]}"
        """#, in: folder)
    #expect(run.error.isEmpty)
    #expect(run.output.contains(#""serverInfo":{"name":"policycortex""#))
    #expect(run.output.contains(#""version":3,"diagnostics":[{"#))
    #expect(run.output.contains(#""code":"word-operator""#))
    #expect(!run.output.contains("missing-message"))
    #expect(run.output.hasSuffix("status 0\n"))
  }

  @Test("it ends when its input does, and says that it was not told to")
  func endOfInput() throws {
    #expect(try CommandRun(["lsp", "--stdio"], in: TemporaryFolder()).status == 1)
  }

  @Test("it does not outlive the editor")
  func parentDeath() throws {
    let run = try CommandRun(
      script: #"""
        \#(Self.send)
        sleep 0 & editor=$!
        wait $editor
        mkfifo input
        "$policycortex" lsp < input > output & server=$!
        exec 3> input
        send '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":'$editor',"capabilities":{}}}' >&3
        wait $server
        echo "status $?"
        """#, in: TemporaryFolder())
    #expect(run.output == "status 1\n")
  }
}
