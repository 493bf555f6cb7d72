import Foundation
import MarkedSource
import Testing

/// The formats that other programs read, read by other programs: `report_readers.py` compares each with the run's JSON.
@Suite struct ReportFormatTests {
  /// A Python with the readers that README's test command installs, or the system's.
  static let python: String = {
    let installed = SampleFolder.repository + "/.build/python/bin/python3"
    return FileManager.default.isExecutableFile(atPath: installed) ? installed : "/usr/bin/python3"
  }()

  private static func succeeds(_ script: String) -> Bool {
    (try? CommandRun(script: script, in: TemporaryFolder()).status) == 0
  }

  private static let hasPython = succeeds("'\(python)' -c ''")
  private static let hasSARIF = succeeds("'\(python)' -c 'import sarif_kit.validate'")
  private static let hasXML = hasPython && succeeds("xmllint --version")
  private static let hasJUnit = hasXML && succeeds("'\(python)' -c 'import junitparser'")

  // Findings in every kind of place, under every kind of name.
  private static func hostileFolder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let advice = #"{"condition": "resource.a and resource.b", "action": "deny"}"#
    for (name, text) in [
      ("clean.json", ValidateCommandTests.clean),
      ("empty.yaml", ""),
      ("missing.json", ValidateCommandTests.missingRules),
      ("d/ü ñ%41 #?&=+.yaml", "name: p\nrules:\n- condtion: resource.a\n  action: dney\n"),
      ("d/漢字/😀.yaml", "name: p\nrules:\n- condition: \"'😀é' == resorce.x\" # 😀\n  action: deny\n"),
      ("new\nline, colon: \"q\" <&>.yaml", "name: p\nrules: 7\n"),
      ("crlf.yaml", "name: p\r\nrules:\r\n- condition: |\r\n    a == 1 &&\r\n    resorce.b\r\n  action: dney\r\n"),
      ("cr.json", "{\"name\": \"p\",\r\"rules\": [\r{\"condition\": \"a.b\",\r\"action\": \"dney\"}]}"),
      (
        "tabs.json",
        "\t{\"name\":\t\"p\",\t\"rules\":\t[\t{\"condition\":\t\"resource.a\\t= '\\u00e9'\",\t\"action\":\t\"Dney\"}]}"
      ),
      ("bom.json", "\u{FEFF}{\"name\": \"é\", \"ruls\": []}"),
      ("lines.yaml", "name: p\nrules:\n- condition:\n    a: 1\n    b: 2\n  action: [deny,\n    warn]\n"),
      ("literal.yaml", "name: p\nrules:\n- condition: |\n    resource.size +\n      '漢'\n      == 1\n  action: deny\n"),
      ("broken.json", "{\"name\": \"p\", \"rules\": [{\"condition\": \"(a\", \"action\": "),
      ("broken.yaml", "name: [\n"),
      ("controls.json", "{\"name\": \"p\", \"a\\u0001\\ufffe\\u202e\\u001b[31m%<]]>\": 1, \"rules\": []}"),
      ("twice.json", "{\"name\": \"p\", \"name\": \"q\", \"rules\": [\(advice), \(advice), \(advice)]}"),
      ("swallowed.yaml", "name: p\nrules:\n- condition: >\n    resource.a // all\n    && resource.b\n  action: deny\n"),
      ("absolute.yaml", "name: p\nrules: {}\n"),
    ] { try folder.write(name, text) }
    try Data([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x20, 0x31, 0x2C, 0x7D]).write(
      to: URL(fileURLWithPath: folder.path("bytes.json")))
    return folder
  }

  private func expectReadable(_ format: String, failLevel: String = "error") throws {
    let folder = try ReportFormatTests.hostileFolder()
    var arguments = ["validate", "--fail-level", failLevel, folder.path("absolute.yaml"), "./missing.json"]
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    arguments += names.filter { $0 != "absolute.yaml" && $0 != "missing.json" }.sorted()
    let json = try CommandRun(arguments + ["--format", "json", "-o", "run.json"], in: folder)
    let report = try CommandRun(arguments + ["--format", format, "-o", "report"], in: folder)
    #expect(json.status == 1)
    #expect(report.status == 1)
    #expect(report.error.isEmpty)
    let script = #filePath.replacingOccurrences(of: "ReportFormatTests.swift", with: "report_readers.py")
    let reading = try CommandRun(
      script: "'\(ReportFormatTests.python)' '\(script)' \(format) run.json report \(failLevel)", in: folder)
    #expect(reading.error.isEmpty)
    let count = try #require(
      reading.output.wholeMatch(of: /compared ([0-9]+) findings\n/).flatMap { Int($0.1) }, "\(reading.output)")
    #expect(count >= 30)
  }

  @Test(
    "a SARIF log is valid by its schema; places, files, fixes and fingerprints are those of the JSON",
    .enabled(if: hasSARIF, "needs Python with the package sarif-kit"))
  func sarif() throws { try expectReadable("sarif") }

  @Test(
    "places of GitHub, GitLab and reviewdog are those of the JSON, counted anew from the bytes",
    .enabled(if: hasPython, "needs python3"), arguments: ["github", "gitlab", "rdjson"])
  func places(_ format: String) throws { try expectReadable(format) }

  @Test(
    "a Checkstyle report is well-formed and holds what the JSON does",
    .enabled(if: hasXML, "needs python3 and libxml2-utils"))
  func checkstyle() throws { try expectReadable("checkstyle") }

  @Test(
    "a JUnit report is read by junitparser, and fails where the run does",
    .enabled(if: hasJUnit, "needs libxml2-utils, and Python with the package junitparser"),
    arguments: ["error", "warning", "hint"])
  func junit(_ failLevel: String) throws { try expectReadable("junit", failLevel: failLevel) }

  @Test(
    "formats that are one document are one without findings and without readable files",
    arguments: [
      ("sarif", #""results":[]}]}"#), ("gitlab", "[]"), ("rdjson", #""diagnostics":[]}"#), ("junit", "</testsuites>"),
      ("checkstyle", "</checkstyle>"), ("github", ""),
    ])
  func nothingFound(_ format: String, _ end: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("p.json", ValidateCommandTests.clean)
    let clean = try CommandRun(["validate", "--format", format, "p.json"], in: folder)
    #expect(clean.status == 0)
    #expect(clean.output.hasSuffix(end.isEmpty ? "" : end + "\n"))
    if format == "junit" { #expect(clean.output.contains("tests=\"1\" failures=\"0\"")) }
    let unreadable = try CommandRun(["validate", "--format", format, "nope.json"], in: folder)
    #expect(unreadable.status == 2)
    #expect(unreadable.output.hasSuffix(end.isEmpty ? "" : end + "\n"))
  }
}
