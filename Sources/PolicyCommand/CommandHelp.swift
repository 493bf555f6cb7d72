internal import ArgumentParser
internal import DocumentTree
internal import Source

/// What a command's declaration says of it: its options and the commands below it.
///
/// ArgumentParser keeps this to itself, but for JSON that tools make manuals of.
struct CommandHelp {
  /// An option, a flag or a positional argument.
  struct Argument {
    /// `-o`, `--output`; empty for positional ones.
    let names: [String]
    /// What its value is called, `nil` for flags.
    let valueName: String?
    let values: [String]
    let defaultValue: String?
    let abstract: String
    let isOptional: Bool
    let isRepeating: Bool
  }

  let name: String
  let aliases: [String]
  let abstract: String
  let discussion: String
  let arguments: [Argument]
  let subcommands: [CommandHelp]

  /// What a command says of itself and of those below it.
  init(of command: (some ParsableCommand).Type) {
    let document = readDocument(SourceText(name: "help.json", text: command._dumpHelp())).document
    self.init(Members(document.roots.first, in: document)["command"])
  }

  private init(_ members: Members) {
    name = members.text("commandName") ?? ""
    aliases = members.elements("aliases").compactMap(\.text)
    abstract = members.text("abstract") ?? ""
    discussion = members.text("discussion") ?? ""
    arguments = members.elements("arguments").filter(\.isShown).map { Argument($0) }
    subcommands = members.elements("subcommands").filter(\.isShown).map { CommandHelp($0) }
  }
}

extension CommandHelp.Argument {
  fileprivate init(_ members: Members) {
    names = members.elements("names").compactMap { name in
      name.text("name").map { (name.text("kind") == "long" ? "--" : "-") + $0 }
    }.sorted { $0.utf8.count < $1.utf8.count }
    valueName = members.text("kind") == "flag" ? nil : members.text("valueName") ?? "value"
    values = members.elements("allValues").compactMap(\.text)
    defaultValue = members.text("defaultValue")
    abstract = members.text("abstract") ?? ""
    isOptional = members.isTrue("isOptional")
    isRepeating = members.isTrue("isRepeating")
  }
}

/// A value of the JSON, by name.
private struct Members {
  private let document: Document
  private let id: NodeID?

  init(_ id: NodeID?, in document: Document) {
    self.id = id
    self.document = document
  }

  /// A member; of what has none, nothing.
  subscript(name: String) -> Members {
    var found: NodeID?
    if let id { document.forEachMember(of: id) { if document.text(of: $0) == name { found = $1 } } }
    return Members(found, in: document)
  }

  func elements(_ name: String) -> [Members] {
    var elements: [Members] = []
    if let array = self[name].id { document.forEachElement(of: array) { elements.append(Members($1, in: document)) } }
    return elements
  }

  /// The text of a string.
  var text: String? {
    guard let id, document[id].kind == .string else { return nil }
    return document.text(of: id)
  }

  func text(_ name: String) -> String? { self[name].text }

  func isTrue(_ name: String) -> Bool { self[name].id.map { document[$0].kind == .true } ?? false }

  var isShown: Bool { isTrue("shouldDisplay") }
}
