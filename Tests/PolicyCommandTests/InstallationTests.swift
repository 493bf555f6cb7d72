import Foundation
import MarkedSource
import Testing

/// What ties the command into shells and manuals, tried with the real ones.
@Suite struct InstallationTests {
  private static func has(_ command: String) -> Bool {
    (try? CommandRun(script: "command -v \(command)", in: TemporaryFolder()).status) == 0
  }

  private func lines(_ script: String) throws -> [String] {
    let run = try CommandRun(script: script, in: TemporaryFolder())
    #expect(run.error.isEmpty)
    return run.output.split(separator: "\n").map(String.init)
  }

  @Test("bash completes commands and options")
  func bash() throws {
    let words = try lines(
      #"""
      source <("$policycortex" completions bash)
      complete -p policycortex
      answer() {
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
        _policycortex "$1" "${!#}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
      }
      answer policycortex val
      answer policycortex validate --form
      """#)
    #expect(words.first == "complete -o filenames -F _policycortex policycortex")
    #expect(words.contains("validate"))
    #expect(words.contains("--format"))
  }

  @Test("zsh finds the completions in its path of functions", .enabled(if: has("zsh"), "needs zsh"))
  func zsh() throws {
    let words = try lines(
      #"""
      "$policycortex" completions zsh > _policycortex
      zsh -f -c 'fpath=($PWD $fpath); autoload -Uz compinit && compinit -D -u && print $_comps[policycortex]
        autoload +X _policycortex && print loaded'
      """#)
    #expect(words == ["_policycortex", "loaded"])
  }

  @Test("fish completes commands, options, values and codes", .enabled(if: has("fish"), "needs fish"))
  func fish() throws {
    let words = try lines(
      #"""
      mkdir bin && ln -s "$policycortex" bin/policycortex
      "$policycortex" completions fish > c.fish
      HOME=$PWD PATH=$PWD/bin:$PATH fish --no-config -c 'source c.fish
        for line in "val" "validate --form" "validate --format sar" "explain unknown-fi"
          complete -C "policycortex $line"
        end'
      """#
    ).map { $0.prefix { $0 != "\t" } }
    #expect(words == ["validate", "--format", "sarif", "unknown-field"])
  }

  @Test("man shows the manual page without a warning", .enabled(if: has("man"), "needs man-db"))
  func manual() throws {
    let words = try lines(
      #"""
      "$policycortex" manual > policycortex.1
      MANWIDTH=200 man --warnings -E UTF-8 -l policycortex.1 | cat
      """#)
    // Lines are justified.
    let page = words.map { $0.split(separator: " ").joined(separator: " ") }
    #expect(page.contains("policycortex - validates governance policies before they are submitted"))
    // Every command of the help, with its options.
    let help = try CommandRun(["--help"], in: TemporaryFolder()).output
    let commands = help.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(whereSeparator: { $0 == " " || $0 == "," }).first }
      .filter { !$0.hasPrefix("-") && $0 != "(default)" && $0 != "See" }
    #expect(commands.count >= 10)
    for command in commands {
      let isShown = page.contains { $0 == command || $0.hasPrefix(command + " ") }
      #expect(isShown, "\(command)")
    }
    #expect(page.contains("-o, --output output"))
    let isExplained = page.contains {
      $0.hasPrefix("How findings are written. One of pretty, ") && $0.hasSuffix("(default: pretty)")
    }
    #expect(isExplained)
    #expect(page.contains { $0.hasPrefix("How many files are validated at once. (default: ") })
    #expect(page.contains { $0.hasPrefix("An input is a JSON object {\"resource\": …, ") })
  }

  @Test("the manual page has no error of mandoc's", .enabled(if: has("mandoc"), "needs mandoc"))
  func mandoc() throws {
    #expect(try lines(#""$policycortex" manual | mandoc -T lint -W error"#).isEmpty)
  }
}
