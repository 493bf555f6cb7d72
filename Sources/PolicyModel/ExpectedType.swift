internal import Diagnostics
internal import DocumentTree
internal import Source

/// What a value should have been.
enum ExpectedType {
  case string
  /// A string of a fixed set: putting quotes around something else would not make it one.
  case word
  case boolean
  case strings
  /// An array of objects.
  case objects
  case object

  /// In words, with an article.
  var description: String {
    switch self {
    case .string, .word: "a string"
    case .boolean: "a boolean"
    case .strings: "an array of strings"
    case .objects: "an array of objects"
    case .object: "an object"
    }
  }
}

extension PolicyDecoder {
  /// Says what a value should have been and what it is.
  ///
  /// A value that could not be read was reported by the reader.
  mutating func reportWrongType(
    _ value: Int, subject: @autoclosure () -> String, expected: ExpectedType, in path: @autoclosure () -> FieldPath
  ) {
    let node = nodes[resolved(value)]
    guard node.kind != .invalid, !isFull else { return }
    let mend = mend(value, expected: expected)
    let message = WrongType(
      subject: subject(), expected: expected.description, found: description(of: resolved(value)), help: mend?.help,
      fixIt: nodes[value].kind == .alias ? nil : mend?.fixIt)
    report(message, at: value, in: path())
  }

  /// What a value was read as, in words, with an article.
  private func description(of value: Int) -> String {
    let node = nodes[value]
    switch node.kind {
    case .null: return node.span.isEmpty ? "null, since nothing is written here" : "null"
    case .true: return "the boolean `true`"
    case .false: return "the boolean `false`"
    case .integer: return "the integer `\(excerpt(document.text(of: NodeID(value))))`"
    case .float: return "the number `\(excerpt(document.text(of: NodeID(value))))`"
    case .string: return "the string `\(excerpt(document.text(of: NodeID(value))))`"
    case .array: return "an array"
    case .object: return "an object"
    case .alias, .invalid: return "something else"
    }
  }

  /// How a value of the wrong type would become one of the right type.
  private func mend(_ value: Int, expected: ExpectedType) -> (help: String?, fixIt: FixIt?)? {
    let target = resolved(value)
    let node = nodes[target]
    switch expected {
    case .string: return quotingMend(node)
    case .boolean: return booleanMend(target)
    case .strings where node.kind == .string:
      let list = "[" + quoted(document.text(of: NodeID(target))) + "]"
      return (
        "a single one is written as a list too",
        FixIt("make it a list of one", replacement: list, applicability: .unsafe)
      )
    case .word, .strings, .objects, .object: return node.kind == .null ? nullMend : nil
    }
  }

  /// A text in double quotes, as the document's format has them.
  private func quoted(_ text: String) -> String {
    encodedScalar(text, style: document.format == .json ? .json : .doubleQuoted, isInFlow: false)
  }

  private var nullMend: (help: String?, fixIt: FixIt?) { ("leave the field out to give it no value", nil) }

  /// Quotes around a number or boolean, as it is written.
  private func quotingMend(_ node: DocumentNode) -> (help: String?, fixIt: FixIt?)? {
    let isScalar: Bool
    let type: String
    switch node.kind {
    case .true, .false: (isScalar, type) = (true, "boolean")
    case .integer: (isScalar, type) = (true, "integer")
    case .float: (isScalar, type) = (true, "number")
    case .null: return nullMend
    case .string, .array, .object, .alias, .invalid: (isScalar, type) = (false, "")
    }
    // A quoted number is one by its tag, and the tag would stay.
    guard isScalar, document.format == .json || node.style == .plain else { return nil }
    let written = document.source.string(node.span)
    let quoted = quoted(written)
    let fixIt = FixIt("put quotes around it", replacement: quoted, applicability: .safe)
    guard document.format == .yaml else { return (nil, fixIt) }
    let article = type == "integer" ? "an" : "a"
    return ("YAML reads an unquoted `\(excerpt(written))` as \(article) \(type); write `\(excerpt(quoted))`", fixIt)
  }

  /// `true` and `false` for the words people write instead.
  private func booleanMend(_ target: Int) -> (help: String?, fixIt: FixIt?)? {
    let node = nodes[target]
    guard node.kind == .string || node.kind == .integer else { return node.kind == .null ? nullMend : nil }
    let text = document.text(of: NodeID(target)).lowercased()
    let isTrue: Bool
    switch text {
    case "true", "yes", "on", "y", "1": isTrue = true
    case "false", "no", "off", "n", "0": isTrue = false
    default: return nil
    }
    // INVARIANT: only a quoted `true` or `false` means the same beyond doubt.
    let applicability: Applicability = text == "true" || text == "false" ? .safe : .unsafe
    let fixIt = FixIt("change to `\(isTrue)`", replacement: "\(isTrue)", applicability: applicability)
    guard document.format == .yaml, node.style == .plain, node.kind == .string else { return (nil, fixIt) }
    return (
      "in YAML 1.2 an unquoted `\(excerpt(document.text(of: NodeID(target))))` is a string; write `\(isTrue)`", fixIt
    )
  }
}
