/// A place as editors count: lines from 0, and code units of the negotiated encoding in the line from 0.
package struct Position: Hashable, Sendable {
  package var line: Int
  package var character: Int

  package init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }

  var json: JSON { ["line": .integer(line), "character": .integer(character)] }
}
