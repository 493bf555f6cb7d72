import RegularExpressions
import Testing

@Suite("A pattern's tree")
struct RE2PatternTests {
  @Test("the root is the last node")
  func root() {
    var pattern = RE2Pattern()
    pattern.nodes = [.literal(97), .repetition(0, minimum: 0, maximum: nil, isLazy: false)]
    #expect(pattern.root == 1)
  }
}
