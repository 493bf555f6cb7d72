/// The manual page of the command line, in the man macros of roff.
///
/// Commands and options are those of the declarations, so that the page cannot go stale.
struct ManualPage {
  private let root: CommandHelp
  private let version: String
  private var output = ""

  init(_ root: CommandHelp, version: String) {
    self.root = root
    self.version = version
  }

  /// The page.
  func written() -> String {
    var page = self
    page.appendAll()
    return page.output
  }

  private mutating func appendAll() {
    line(".TH \(root.name.uppercased()) 1 \"\" \"\(root.name) \(version)\" \"User Commands\"")
    heading("NAME")
    // In running text, behind a dash.
    let abstract = root.abstract.hasSuffix(".") ? String(root.abstract.dropLast()) : root.abstract
    line("\(root.name) \\- \(ManualPage.escaped(abstract.prefix(1).lowercased() + abstract.dropFirst()))")
    heading("SYNOPSIS")
    line("\\fB\(root.name)\\fR \\fIcommand\\fR [\\fIoptions\\fR] [\\fIarguments\\fR]")
    heading("DESCRIPTION")
    paragraphs("A policy is a JSON or YAML document of rules; each pairs a condition in CEL with an action.")
    heading("COMMANDS")
    for command in root.subcommands { append(command) }
    heading("EXIT STATUS")
    for (status, meaning) in [
      ("0", "Nothing was found that makes the run fail."),
      ("1", "Something was found: at or above --fail-level, or a decision that --fail-on names."),
      ("2", "Wrong usage, or input that could not be read."),
    ] { item("\\fB\(status)\\fR", meaning) }
    heading("ENVIRONMENT")
    item("\\fBNO_COLOR\\fR", "If set and not empty, output is not coloured.")
    item("\\fBCLICOLOR_FORCE\\fR", "If set and neither empty nor 0, output is coloured on what is no terminal, too.")
    item("\\fBTERM\\fR", "If it is dumb, output is not coloured.")
    heading("EXAMPLES")
    example("Validate all policies of a directory:", "policycortex validate policies/")
    example("Write a report for code scanning:", "policycortex validate --format sarif -o report.sarif policies/")
    example("Say what a diagnostic means:", "policycortex explain unknown-field")
  }

  private mutating func append(_ command: CommandHelp) {
    var synopsis = "\\fB\(ManualPage.escaped(command.name))\\fR"
    // Every command has these two.
    let arguments = command.arguments.filter { !$0.names.contains("--help") && !$0.names.contains("--version") }
    if arguments.contains(where: { !$0.names.isEmpty }) { synopsis += " [\\fIoptions\\fR]" }
    for argument in arguments where argument.names.isEmpty {
      let name = "\\fI\(ManualPage.escaped(argument.valueName ?? ""))\\fR" + (argument.isRepeating ? " ..." : "")
      synopsis += argument.isOptional ? " [\(name)]" : " \(name)"
    }
    line(".SS \(synopsis)")
    paragraphs(command.abstract)
    if !command.aliases.isEmpty {
      line(".PP")
      line("Also: \(command.aliases.map { "\\fB\(ManualPage.escaped($0))\\fR" }.joined(separator: ", ")).")
    }
    for paragraph in command.discussion.split(separator: "\n\n") {
      line(".PP")
      paragraphs(String(paragraph))
    }
    for argument in arguments { append(argument) }
  }

  private mutating func append(_ argument: CommandHelp.Argument) {
    let value = argument.valueName.map { "\\fI\(ManualPage.escaped($0))\\fR" }
    let names = argument.names.map { "\\fB\(ManualPage.escaped($0))\\fR" }.joined(separator: ", ")
    var text = argument.abstract
    // What help says of a default by itself stands at its end.
    let end = text.firstRange(of: " (default: ")?.lowerBound ?? text.endIndex
    if !argument.values.isEmpty {
      text.insert(contentsOf: " One of \(argument.values.joined(separator: ", ")).", at: end)
    }
    if let defaultValue = argument.defaultValue { text += " (default: \(defaultValue))" }
    item([names, value ?? ""].filter { !$0.isEmpty }.joined(separator: " "), text)
  }

  private mutating func example(_ text: String, _ command: String) {
    line(".PP")
    paragraphs(text)
    line(".PP")
    line(".nf")
    line(".RS")
    line(ManualPage.escaped(command))
    line(".RE")
    line(".fi")
  }

  private mutating func heading(_ title: String) { line(".SH \(title)") }

  private mutating func item(_ tag: String, _ text: String) {
    line(".TP")
    line(tag)
    paragraphs(text)
  }

  private mutating func paragraphs(_ text: String) {
    for part in text.split(separator: "\n") { line(ManualPage.escaped(String(part))) }
  }

  private mutating func line(_ text: String) { output += text + "\n" }

  /// A text of which roff obeys nothing.
  private static func escaped(_ text: String) -> String {
    var output = ""
    for (index, scalar) in text.unicodeScalars.enumerated() {
      switch scalar {
      case "\\": output += "\\e"
      case "-": output += "\\-"
      case "'": output += "\\(aq"
      case "`": output += "\\(ga"
      case "^": output += "\\(ha"
      case "~": output += "\\(ti"
      // At the start of a line it would be a request.
      case "." where index == 0: output += "\\&."
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
