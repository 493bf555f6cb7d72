import RegularExpressions
import DocumentTree
import MarkedSource
import Source
import Testing

@Test func scratch() throws {
  let bytes = try #require(SharedData.bytes("inputs/redos/manifest.json"))
  let document = readDocument(SourceText(name: "manifest.json", bytes: bytes)).document
  for root in document.roots {
    document.forEachMember(of: root) { key, list in
      guard document.text(of: key) == "cases" else { return }
      document.forEachElement(of: list) { _, item in
        var one: [String: String] = [:]
        document.forEachMember(of: item) { key, value in
          if document[value].kind == .object || document[value].kind == .array { return }
          one[document.text(of: key)] = document.text(of: value)
        }
        guard let tree = try? RegularExpression(Array(one["pattern"]!.utf8)).tree else { return }
        let start = ContinuousClock.now
        let finding = Ambiguity(tree).finding
        let time = ContinuousClock.now - start
        let flagged = finding != nil
        let mark = flagged == (one["verdict"] == "vulnerable") ? "ok " : "BAD"
        let ranges = finding?.repetitions.map { node in tree.place(ofRepetition: node).map { String(decoding: Array(one["pattern"]!.utf8)[$0], as: UTF8.self) } ?? "?" } ?? []
        print("@@", mark, one["id"]!, one["cls"]!, finding.map { "\($0.growth) \($0.involvesSearch)" } ?? "-", time, one["pattern"]!, finding.map { "\($0.attack)" } ?? "", ranges)
      }
    }
  }
}
