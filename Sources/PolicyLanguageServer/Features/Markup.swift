/// What is said to the user, in Markdown or as plain text for editors that do not show Markdown.
enum Markup {
  static func markdown(_ text: String) -> JSON { ["kind": "markdown", "value": .string(text)] }

  /// Markdown without its fences of code; what else there is of it reads well as it is.
  static func plain(_ markdown: String) -> String {
    markdown.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("```") }.joined(
      separator: "\n")
  }
}
