import DiagnosticRendering
import Diagnostics
import Foundation
import MarkedSource
import Source
import Testing

@Suite struct JSONRendererTests {
  /// A 422 in a condition, with everything a diagnostic can bring.
  var complete: Findings {
    var findings = Findings("a: 漢\nb: 1️⃣resorce2️⃣.x\n3️⃣c")
    let path = FieldPath([.key("rules"), .index(0), .key("a/b \"~")])
    let related = RelatedPlace("there", at: findings.source.span("3️⃣", "3️⃣"), in: FieldPath([.key("c")]))
    findings = findings.adding(
      UndeclaredReference(name: "resorce", closest: "resource"), in: path, related: [related])
    findings.diagnostics[0].conditionSpan = SourceSpan(0, 7)
    return findings
  }

  let completeJSON = #"""
    "code":"undeclared-reference","class":422,"severity":"error","title":"Undeclared reference",\#
    "message":"undeclared reference `resorce`; did you mean `resource`?",\#
    "field":"rules[0][\"a/b \\\"~\"]","pointer":"/rules/0/a~1b \"~0",\#
    "range":{"start":{"line":2,"column":4,"offset":10},"end":{"line":2,"column":11,"offset":17}},\#
    "condition_range":{"start":0,"end":7},\#
    "related":[{"message":"there","field":"c","pointer":"/c",\#
    "range":{"start":{"line":3,"column":1,"offset":20},"end":{"line":3,"column":1,"offset":20}}}],\#
    "fixes":[{"title":"rename to `resource`","applicability":"unsafe","edits":[{\#
    "range":{"start":{"line":2,"column":4,"offset":10},"end":{"line":2,"column":11,"offset":17}},"text":"resource"}]}],\#
    "url":"https://policycortex.dev/docs/diagnostics/undeclared-reference"
    """#

  @Test("the JSON of a run holds every member of the contract")
  func json() {
    let clean = Findings("", name: "b\"\u{1}.json").file
    let output = String(
      decoding: JSONRenderer(toolVersion: "1.2.3").renderAll([complete.file, clean]), as: UTF8.self)
    #expect(
      output == #"""
        {"format_version":"1.0","tool":{"name":"policycortex","version":"1.2.3"},\#
        "summary":{"files":2,"errors":1,"warnings":0,"hints":0,"fixable":1},"files":[
        {"path":"policy.yaml","status":422,"policies":1,"diagnostics":[{\#(completeJSON)}]},
        {"path":"b\"\u0001.json","status":200,"policies":1,"diagnostics":[]}
        ]}

        """#)
  }

  @Test("JSON lines hold one diagnostic each, with its path")
  func jsonLines() {
    #expect(complete.rendered(by: JSONLinesRenderer()) == "{\"path\":\"policy.yaml\",\(completeJSON)}\n")
    #expect(Findings("").rendered(by: JSONLinesRenderer()).isEmpty)
  }

  @Test("a warning has a null class, and help where there is some")
  func warning() {
    let output = Findings("1️⃣//2️⃣").adding(CommentSwallowsCondition()).rendered(by: JSONLinesRenderer())
    #expect(output.contains(#""class":null,"severity":"warning""#))
    #expect(output.contains(#""help":"write the condition as a literal block, `|`""#))
  }

  @Test("every JSON output reads back, whatever text is in it")
  func readsBack() throws {
    let hostile = "\u{0}\u{1F}\u{7F}\"\\/\u{2028}\u{FEFF}\u{10FFFF}é漢"
    let findings = Findings("1️⃣\(hostile)2️⃣", name: hostile)
      .adding(UnknownField(name: hostile, closest: hostile), in: FieldPath([.key(hostile)]))
    let run = findings.rendered(by: JSONRenderer(toolVersion: hostile))
    let object = try #require(JSONSerialization.jsonObject(with: Data(run.utf8)) as? [String: Any])
    let files = try #require(object["files"] as? [[String: Any]])
    #expect(files.first?["path"] as? String == hostile)
    for line in [findings.rendered(by: JSONLinesRenderer()), findings.rendered(by: ErrorEnvelope())] {
      #expect(line.utf8.filter { $0 == 0x0A }.count == 1)
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
    #expect(throws: Never.self) {
      try JSONSerialization.jsonObject(with: Data(JSONRenderer(toolVersion: "").renderAll([])))
    }
  }
}
