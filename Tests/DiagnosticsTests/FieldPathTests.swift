import Diagnostics
import Testing

@Suite("A field path")
struct FieldPathTests {
  @Test("is written as people write it, and as a JSON Pointer")
  func spellings() {
    let path = FieldPath().index(1).key("rules").index(0).key("metadata").key("a b").key("x/y~z").key("é\"")
    #expect(path.field == #"[1].rules[0].metadata["a b"]["x/y~z"]["é\""]"#)
    #expect(path.pointer == "/1/rules/0/metadata/a b/x~1y~0z/é\"")
  }

  @Test("of the document itself is empty")
  func document() {
    #expect(FieldPath().field == "")
    #expect(FieldPath().pointer == "")
  }

  @Test("writes names that are no identifiers in brackets", arguments: ["", "1a", "a-b", "ä", "a.b"])
  func bracketed(name: String) { #expect(FieldPath().key(name).field == "[\"\(name)\"]") }
}
