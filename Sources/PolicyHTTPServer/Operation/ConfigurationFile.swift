#if Server
  internal import Diagnostics
  internal import DocumentTree
  internal import Foundation
  internal import Source

  /// Why a file of options cannot be used: `file:line:column: message`.
  package struct ConfigurationFault: Error, CustomStringConvertible {
    package let description: String
  }

  /// Options as a file has them, an object in YAML or JSON: the names of `serve`'s options, with `_` for `-`.
  package struct ConfigurationFile: Sendable {
    /// The options there are.
    package static let names = [
      "database", "host", "port", "resource_types", "rate_limit", "address_limit", "capacity", "body_timeout",
    ]

    private var values: [String: [String]] = [:]

    /// A file without options.
    package init() {}

    /// Reads a file.
    ///
    /// - Throws: `ConfigurationFault` for one that is not there, is no such object, or has other options.
    package init(path: String) throws(ConfigurationFault) {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw ConfigurationFault(description: "cannot read `\(path)`")
      }
      try self.init(Array(data), name: path)
    }

    /// Reads the text of a file.
    package init(_ bytes: [UInt8], name: String) throws(ConfigurationFault) {
      let (document, faults) = readDocument(SourceText(name: name, bytes: bytes))
      let lines = LineTable(document.source)
      func fault(_ message: String, at span: SourceSpan) -> ConfigurationFault {
        let position = lines.position(of: span.start)
        return ConfigurationFault(description: "\(name):\(position.line):\(position.column): \(message)")
      }
      if let first = faults.first { throw fault(first.message, at: first.span) }
      guard document.roots.count == 1, let root = document.roots.first, document[root].kind == .object else {
        throw fault("options are an object", at: SourceSpan(at: 0))
      }
      if let duplicate = document.duplicateKeys.first {
        throw fault("duplicate option `\(document.text(of: duplicate.key))`", at: document[duplicate.key].span)
      }
      var wrong: ConfigurationFault?
      document.forEachMember(of: root) { key, value in
        let option = document.text(of: key)
        guard wrong == nil else { return }
        guard Self.names.contains(option) else {
          wrong = fault(
            "unknown option `\(option)`; there are \(Self.names.joined(separator: ", "))", at: document[key].span)
          return
        }
        let node = document.resolved(value)
        switch document[node].kind {
        case .string, .integer: values[option] = [document.text(of: node)]
        case .array:
          var texts: [String] = []
          document.forEachElement(of: node) { _, element in
            if document[element].kind == .string { texts.append(document.text(of: element)) }
          }
          values[option] = texts
        case .null, .true, .false, .float, .object, .alias, .invalid:
          wrong = fault("`\(option)` is a string, a whole number, or a list of strings", at: document[node].span)
        }
      }
      if let wrong { throw wrong }
    }

    /// What the file says of an option, one or several; `nil` if nothing.
    package subscript(name: String) -> [String]? { values[name] }
  }
#endif
