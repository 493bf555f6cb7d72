/// A call of a function with more or fewer arguments than it takes.
package struct WrongArgumentCount: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "wrong-argument-count",
    title: "Wrong argument count",
    failure: .unprocessable,
    explanation: """
      A function takes the arguments that its signatures list, no more and no fewer; a method's receiver is not one of
      them.
      """,
    howToFix: "Give the arguments that the signatures in the message list.",
    bad: .condition("resource.name.1️⃣startsWith(\"prod-\", true)"),
    good: .condition("resource.name.startsWith(\"prod-\")")
  )

  package var name: String
  package var count: Int
  package var signatures: [String]

  /// - Parameters:
  ///   - name: The function's name, with its namespace.
  ///   - count: How many arguments there are.
  ///   - signatures: How it may be called.
  package init(name: String, count: Int, signatures: [String]) {
    self.name = name
    self.count = count
    self.signatures = signatures
  }

  package var text: String {
    switch count {
    case 0: "`\(name)` cannot be called without arguments"
    case 1: "`\(name)` cannot take 1 argument"
    default: "`\(name)` cannot take \(count) arguments"
    }
  }

  package var help: String? {
    let shown = signatures.prefix(4).map { "`\($0)`" }.joined(separator: ", ")
    return "it is declared as \(shown)\(signatures.count > 4 ? " and \(signatures.count - 4) more" : "")"
  }
}
