/// Why a variable's name cannot be written in a condition as `variables.name`, `nil` when it can.
///
/// A name is an identifier of CEL (cel-spec, "Syntax": IDENT) and none of its reserved words.
func reasonAgainstIdentifier(_ name: String) -> String? {
  guard let first = name.utf8.first else { return "it is empty" }
  if (0x30...0x39).contains(first) { return "it starts with a digit" }
  for byte in name.utf8 {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x5F: continue
    default: return "only letters, digits and `_` may stand in one"
    }
  }
  return reservedWords.contains(name) ? "it is a reserved word" : nil
}

/// The words that cel-spec keeps from being identifiers.
private let reservedWords: Set<String> = [
  "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
  "namespace",
  "null", "package", "return", "true", "var", "void", "while",
]
