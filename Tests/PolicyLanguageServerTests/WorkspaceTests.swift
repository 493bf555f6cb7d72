import DocumentTree
import Glibc
import PolicyLanguageServer
import Testing

/// Configurations and schemas beside the documents, and what becomes of changes in them.
@Suite final class WorkspaceTests {
  private let folder: String

  init() throws {
    var template = Array("/tmp/policycortex-lsp-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw UnwrittenFile() }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in [".policycortex.yaml", "types.json"] { unsafe unlink("\(folder)/\(name)") }
    unsafe rmdir(folder)
  }

  private func write(_ name: String, _ text: String) throws { try writeFile("\(folder)/\(name)", Array(text.utf8)) }

  private func codes(_ client: LanguageClient, _ name: String) -> [String?]? {
    client.published("file://\(folder)/\(name)")?["diagnostics"]?.elements.map { $0["code"]?.text }
  }

  private func changed(_ client: LanguageClient, _ name: String) {
    client.notify(
      "workspace/didChangeWatchedFiles",
      ["changes": [["uri": .string("file://\(folder)/\(name)"), "type": 2]]])
  }

  private static let policy =
    "name: p\nresource_type: A::B::C\nrules:\n  - {condition: resource.X == 1, action: deny}\n"

  private static let types = #"""
    {"typeName": "A::B::C", "additionalProperties": false, "properties": {"Y": {"type": "integer"}}}
    """#

  @Test("a change of the configuration, or of a schema, is taken up at once")
  func changes() throws {
    let client = LanguageClient()
    client.open("file://\(folder)/p.yaml", Self.policy)
    #expect(codes(client, "p.yaml") == ["missing-message"])
    try write(".policycortex.yaml", "ignore: [missing-message]\n")
    changed(client, ".policycortex.yaml")
    #expect(codes(client, "p.yaml") == [])
    try write("types.json", Self.types)
    try write(".policycortex.yaml", "resource_types: types.json\nignore: [missing-message]\n")
    client.notify(
      "textDocument/didSave", ["textDocument": ["uri": .string("file://\(folder)/.policycortex.yaml")]])
    #expect(codes(client, "p.yaml")?.contains("unknown-attribute") == true)
    try write("types.json", Self.types.replacing("\"Y\"", with: "\"X\""))
    client.notifications = []
    changed(client, "unrelated.json")
    #expect(client.notifications.isEmpty)
    changed(client, "types.json")
    #expect(codes(client, "p.yaml")?.contains("unknown-attribute") == false)
  }

  @Test("a setting names resource types, also after the start")
  func settings() throws {
    try write("types.json", Self.types)
    let client = LanguageClient()
    client.open("file://\(folder)/p.yaml", Self.policy)
    #expect(codes(client, "p.yaml") == ["missing-message"])
    let path = "\(folder)/types.json"
    client.notify(
      "workspace/didChangeConfiguration", ["settings": ["policycortex": ["resourceTypes": .string(path)]]])
    #expect(codes(client, "p.yaml")?.contains("unknown-attribute") == true)
    client.notify("workspace/didChangeConfiguration", ["settings": ["policycortex": ["resourceTypes": .null]]])
    #expect(codes(client, "p.yaml") == ["missing-message"])
  }

  @Test("tests, and what the configuration leaves out, are left alone; a configuration is checked as one")
  func leftOut() throws {
    try write(".policycortex.yaml", "exclude: [\"*.draft.yaml\"]\n")
    let client = LanguageClient()
    for name in ["a.draft.yaml", "a.test.yaml"] {
      client.open("file://\(folder)/\(name)", "nonsense: 1\n")
      #expect(codes(client, name) == [])
    }
    client.open("file://\(folder)/a.yaml", "nonsense: 1\n")
    #expect(codes(client, "a.yaml")?.isEmpty == false)
    client.open("file://\(folder)/.policycortex.yaml", "exclud: []\n")
    #expect(codes(client, ".policycortex.yaml") == ["unknown-field"])
  }

  @Test("what cannot be read is shown, and policies are checked without it")
  func problems() throws {
    try write(".policycortex.yaml", "resource_types: nowhere\nfail_level: [\n")
    let client = LanguageClient()
    client.open("file://\(folder)/p.yaml", Self.policy)
    let shown = client.notifications.filter { $0["method"]?.text == "window/showMessage" }
    #expect(shown.count == 2, "\(shown.map { canonical($0) })")
    #expect(codes(client, "p.yaml") == ["missing-message"])
  }

  @Test("a relative path of resource types is meant from the folder that a document is in")
  func manyFolders() throws {
    let other = folder + "-other"
    guard unsafe mkdir(other, 0o700) == 0 else { throw UnwrittenFile() }
    defer {
      unsafe unlink("\(other)/types.json")
      unsafe rmdir(other)
    }
    try write("types.json", Self.types)
    try writeFile("\(other)/types.json", Array(Self.types.replacing("\"Y\"", with: "\"X\"").utf8))
    let client = LanguageClient(silent: ())
    _ = client.request(
      "initialize",
      [
        "capabilities": [:], "workspaceFolders": [["uri": .string("file://\(folder)"), "name": "a"]],
        "initializationOptions": ["resourceTypes": "types.json"],
      ])
    client.notify("initialized", [:])
    client.open("file://\(folder)/p.yaml", Self.policy)
    client.open("file://\(other)/p.yaml", Self.policy)
    func found(_ folder: String) -> Bool? {
      client.published("file://\(folder)/p.yaml")?["diagnostics"]?.elements.contains {
        $0["code"]?.text == "unknown-attribute"
      }
    }
    // What is in no folder belongs to the first.
    #expect(found(folder) == true)
    #expect(found(other) == true)
    client.notify(
      "workspace/didChangeWorkspaceFolders",
      ["event": ["added": [["uri": .string("file://\(other)"), "name": "b"]], "removed": []]])
    #expect(found(folder) == true)
    #expect(found(other) == false)
    client.notify(
      "workspace/didChangeWorkspaceFolders",
      ["event": ["added": [], "removed": [["uri": .string("file://\(folder)"), "name": "a"]]]])
    #expect(found(folder) == false)
  }
}
