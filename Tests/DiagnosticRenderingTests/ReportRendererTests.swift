import DiagnosticRendering
import Diagnostics
import MarkedSource
import Source
import Testing

/// What the reports make of names and texts; whether other programs read them is tested with the command line.
@Suite struct ReportRendererTests {
  /// A message whose text and fix-it are the test's.
  private func findings(_ marked: String, name: String = "p.json", text: String = "x", fixIt: FixIt? = nil) -> Findings
  {
    Findings(marked, name: name).adding(InvalidMessageTemplate(text, fixIt: fixIt))
  }

  @Test(
    "a file's name becomes a URI that leads back to it",
    arguments: [
      ("p.json", #""uri":"p.json","uriBaseId":"SRCROOT""#),
      ("./a//./p.json", #""uri":"a/p.json","uriBaseId":"SRCROOT""#),
      ("../p q%41.json", #""uri":"../p%20q%2541.json","uriBaseId":"SRCROOT""#),
      ("c:d?e#f&[g].json", #""uri":"c%3Ad%3Fe%23f%26%5Bg%5D.json","uriBaseId":"SRCROOT""#),
      ("é😀.yaml", #""uri":"%C3%A9%F0%9F%98%80.yaml","uriBaseId":"SRCROOT""#),
      ("/a b/./p.json", #""artifactLocation":{"uri":"file:///a%20b/p.json"}"#),
      ("<stdin>", #""uri":"%3Cstdin%3E","uriBaseId":"SRCROOT""#),
    ])
  func uri(_ name: String, _ expected: String) {
    let output = findings("1️⃣", name: name).rendered(by: SARIFRenderer(toolVersion: "1", workingDirectory: nil))
    #expect(output.contains(expected))
  }

  @Test(
    "the directory that names start from is a URI with a slash at its end",
    arguments: [("/", "file:///"), ("/a b", "file:///a%20b/"), ("/é/", "file:///%C3%A9/")])
  func base(_ directory: String, _ expected: String) {
    let output = findings("1️⃣").rendered(by: SARIFRenderer(toolVersion: "1", workingDirectory: directory))
    #expect(output.contains("\"originalUriBaseIds\":{\"SRCROOT\":{\"uri\":\"\(expected)\","))
  }

  @Test("a byte order mark is no column of SARIF's, and its bytes count")
  func byteOrderMark() {
    let output = findings("\u{FEFF}é1️⃣x2️⃣\ny").rendered(by: SARIFRenderer(toolVersion: "1", workingDirectory: nil))
    #expect(
      output.contains(
        #"{"startLine":1,"startColumn":2,"endLine":1,"endColumn":3,"byteOffset":5,"byteLength":1}"#))
  }

  @Test("reviewdog gets a fix-it of several edits as one replacement, and none that spans a great part of the file")
  func severalEdits() {
    let edits = [SourceEdit(span: SourceSpan(0, 2), text: "E"), SourceEdit(span: SourceSpan(at: 4), text: "Y")]
    let fixIt = FixIt("mend", edits: edits, applicability: .safe)
    let output = findings("é1️⃣-x-2️⃣", fixIt: fixIt).rendered(by: ReviewdogRenderer())
    #expect(
      output.contains(
        #""suggestions":[{"range":{"start":{"line":1,"column":1},"end":{"line":1,"column":5}},"text":"E-xY"}]"#))
    let far = String(repeating: " ", count: 20_000)
    let distant = FixIt(
      "mend",
      edits: [SourceEdit(span: SourceSpan(at: 0), text: "("), SourceEdit(span: SourceSpan(at: 20_000), text: ")")],
      applicability: .safe)
    #expect(!findings("1️⃣\(far)", fixIt: distant).rendered(by: ReviewdogRenderer()).contains("suggestions"))
  }

  @Test("what XML cannot hold is replaced, and the rest is written so that readers give it back")
  func xml() {
    let hostile = "a\u{0}\u{1F}\u{FFFE}\u{FFFF}\t\r\n<&\">'\u{10FFFF}\u{FFFD}.json"
    let output = findings("1️⃣", name: hostile).rendered(by: CheckstyleRenderer())
    #expect(
      output.contains(
        "<file name=\"a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}&#9;&#13;&#10;&lt;&amp;&quot;&gt;'\u{10FFFF}\u{FFFD}.json\">"))
  }

  @Test("a workflow command escapes what would end it")
  func workflowCommand() {
    let output = findings("1️⃣a\nb2️⃣", name: "./a,b:c%\r\n.json", text: "100% a,b::c").rendered(by: GitHubRenderer())
    #expect(
      output == """
        ::error file=a%2Cb%3Ac%25%0D%0A.json,line=1,endLine=2,title=Invalid message template (invalid-message-template)\
        ::100%25 a,b::c

        """)
  }
}
