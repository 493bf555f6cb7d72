import DiagnosticRendering
import Testing

@Suite struct TerminalStyleTests {
  @Test(
    "colour follows the option, then the environment, then the terminal",
    arguments: [
      (ColorChoice.always, false, ["NO_COLOR": "1"], true),
      (.never, true, ["CLICOLOR_FORCE": "1"], false),
      (.auto, true, [:], true),
      (.auto, false, [:], false),
      (.auto, true, ["NO_COLOR": "1"], false),
      (.auto, true, ["NO_COLOR": ""], true),
      (.auto, true, ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], false),
      (.auto, false, ["CLICOLOR_FORCE": "1"], true),
      (.auto, false, ["CLICOLOR_FORCE": "0"], false),
      (.auto, false, ["CLICOLOR_FORCE": "1", "TERM": "dumb"], true),
      (.auto, true, ["TERM": "dumb"], false),
      (.auto, true, ["TERM": "xterm"], true),
      (.auto, true, ["CLICOLOR": "0"], false),
    ] as [(ColorChoice, Bool, [String: String], Bool)])
  func choice(_ choice: ColorChoice, _ isTerminal: Bool, _ environment: [String: String], _ isColored: Bool) {
    #expect(TerminalStyle(choice, isTerminal: isTerminal) { environment[$0] }.isColored == isColored)
  }
}
