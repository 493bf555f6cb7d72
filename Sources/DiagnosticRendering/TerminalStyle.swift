internal import Diagnostics

/// Whether output is coloured: `--color`.
package enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}

/// How parts of the pretty output are coloured, or that nothing is.
package struct TerminalStyle: Sendable {
  /// What a piece of output is.
  package enum Role: Sendable {
    case error, warning, hint
    /// The message of a diagnostic.
    case message
    /// Line numbers, bars and arrows.
    case gutter
    case note, help, removed, added
  }

  package var isColored: Bool

  package init(isColored: Bool) { self.isColored = isColored }

  /// Output without any escape sequence.
  package static let plain = TerminalStyle(isColored: false)

  /// Decides on colour from what the user said and what the environment says.
  ///
  /// For `auto`, `NO_COLOR` wins over `CLICOLOR_FORCE`, that over `TERM=dumb` and `CLICOLOR=0`, and those over the terminal
  /// (no-color.org, bixense.com/clicolors).
  ///
  /// - Parameters:
  ///   - choice: What `--color` says.
  ///   - isTerminal: Whether the output goes to a terminal.
  ///   - environment: The value of an environment variable, `nil` when it is not set.
  package init(_ choice: ColorChoice, isTerminal: Bool, environment: (String) -> String?) {
    func isSet(_ name: String) -> Bool { !(environment(name) ?? "").isEmpty }
    isColored =
      switch choice {
      case .always: true
      case .never: false
      case .auto:
        if isSet("NO_COLOR") {
          false
        } else if isSet("CLICOLOR_FORCE") && environment("CLICOLOR_FORCE") != "0" {
          true
        } else if environment("TERM") == "dumb" || environment("CLICOLOR") == "0" {
          false
        } else {
          isTerminal
        }
      }
  }

  /// Appends what `body` appends, coloured.
  func append(_ role: Role, to output: inout [UInt8], _ body: (inout [UInt8]) -> Void) {
    guard isColored else { return body(&output) }
    output.append("\u{1B}[\(code(role))m")
    body(&output)
    output.append("\u{1B}[0m")
  }

  package func append(_ role: Role, _ text: String, to output: inout [UInt8]) {
    append(role, to: &output) { $0.append(text) }
  }

  /// Select Graphic Rendition parameters (ECMA-48, section 8.3.117).
  private func code(_ role: Role) -> String {
    switch role {
    case .error: "1;31"
    case .warning: "1;33"
    case .hint: "1;36"
    case .message: "1"
    case .gutter: "1;34"
    case .note, .help: "1;36"
    case .removed: "31"
    case .added: "32"
    }
  }
}

extension Severity {
  /// The colour of a severity.
  var role: TerminalStyle.Role {
    switch self {
    case .error: .error
    case .warning: .warning
    case .hint: .hint
    }
  }
}
