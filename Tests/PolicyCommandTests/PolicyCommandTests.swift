import Foundation
import Testing

@Suite struct PolicyCommandTests {
  @Test("the version is told by command and by option")
  func version() throws {
    for arguments in [["version"], ["--version"]] {
      let run = try CommandRun(arguments, in: TemporaryFolder())
      #expect(run.status == 0)
      #expect(run.output == "policycortex 0.1.0\n")
    }
  }

  @Test("help names every command")
  func help() throws {
    let run = try CommandRun(["--help"], in: TemporaryFolder())
    #expect(run.status == 0)
    for command in [
      "validate, check, lint", "evaluate", "types", "explain", "diagnostics", "tokens", "ast", "completions", "version",
    ] {
      #expect(run.output.contains("\n  \(command) "))
    }
  }

  @Test("explain shows a diagnostic, lists them without a code, and knows what was meant")
  func explain() throws {
    let folder = try TemporaryFolder()
    let explained = try CommandRun(["explain", "unknown-field"], in: folder)
    #expect(explained.status == 0)
    #expect(explained.output.hasPrefix("error[unknown-field]: Unknown field\n"))
    #expect(explained.output.contains("\n      ^\n"))
    let list = try CommandRun(["explain"], in: folder)
    #expect(list.status == 0)
    #expect(list.output.contains("\nunknown-field               error    Unknown field\n"))
    let misspelt = try CommandRun(["explain", "unknown-feild"], in: folder)
    #expect(misspelt.error == "error: no diagnostic `unknown-feild`; did you mean `unknown-field`?\n")
  }

  @Test("the reference is printed in both formats")
  func diagnostics() throws {
    let folder = try TemporaryFolder()
    let markdown = try CommandRun(["diagnostics", "--format", "markdown"], in: folder)
    #expect(markdown.status == 0)
    #expect(markdown.output.contains("\n## unknown-field\n"))
    let json = try CommandRun(["diagnostics", "--format", "json"], in: folder)
    #expect(json.status == 0)
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.output.utf8)) }
  }

  @Test("completion scripts name the commands", arguments: ["bash", "zsh", "fish"])
  func completions(_ shell: String) throws {
    let run = try CommandRun(["completions", shell], in: TemporaryFolder())
    #expect(run.status == 0)
    #expect(run.output.contains("policycortex"))
    #expect(run.output.contains("stdin-filename"))
  }

  @Test("tokens are printed with their places, and errors on standard error")
  func tokens() throws {
    let run = try CommandRun(["tokens", "a.b(\"é\") // c"], in: TemporaryFolder())
    #expect(run.status == 0)
    #expect(
      run.output == """
        0..<1 identifier a
        1..<2 dot .
        2..<3 identifier b
        3..<4 leftParenthesis (
        4..<8 string "é"
        8..<9 rightParenthesis )
        10..<14 comment // c

        """)
    #expect(run.error.isEmpty)
    let damaged = try CommandRun(["tokens", "a = 1"], in: TemporaryFolder())
    #expect(damaged.status == 1)
    #expect(damaged.error.hasPrefix("error[invalid-condition-syntax]: "))
    #expect(damaged.error.contains(" --> <expression>:1:3\n"))
  }

  @Test("the syntax tree of a condition is printed, of what could be read too")
  func syntaxTree() throws {
    let run = try CommandRun(["ast", "resource.size > 1"], in: TemporaryFolder())
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("(> 0..<17\n"))
    #expect(run.error.isEmpty)
    let damaged = try CommandRun(["ast", "resource.size >"], in: TemporaryFolder())
    #expect(damaged.status == 1)
    #expect(damaged.output.contains("(error "))
    #expect(damaged.error.hasPrefix("error[invalid-condition-syntax]: "))
  }
}
