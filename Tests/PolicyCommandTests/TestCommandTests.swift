import Foundation
import MarkedSource
import Testing

@Suite("`test`")
struct TestCommandTests {
  private static let policy = """
    name: p
    rules:
      - id: public
        condition: resource.public == true && resource.size > 10
        action: deny
      - id: old
        condition: >-
          resource.age > 30
          || resource.legacy
        action: warn

    """

  private func folder(_ tests: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("a/policy.yaml", Self.policy)
    try folder.write("a/policy.test.yaml", "policy: policy.yaml\ntests:\n" + tests)
    return folder
  }

  @Test("tests that pass say so, with inputs of all kinds")
  func passing() throws {
    let folder = try folder(
      """
        - {name: both, input: {resource: {public: true, size: 11, age: 31}}, decision: deny, rules: [old, public]}
        - {name: none, resource: {public: false, age: 1, legacy: false}, decision: allow, rules: []}
        - {name: from a file, input_file: input.json, decision: WARN}

      """)
    try folder.write("a/input.json", "{\"resource\":\n {\"public\": false, \"age\": 40}}")
    let run = try CommandRun(["test", "a"], in: folder)
    #expect(run.error == "")
    #expect(run.output == "ok   a/policy.test.yaml (3 tests)\n3 passed, 0 failed\n")
    #expect(run.status == 0)
    #expect(try CommandRun(["test"], in: folder).output.hasPrefix("ok   ./a/policy.test.yaml"))
    let filtered = try CommandRun(["test", "--filter", "none", "a"], in: folder)
    #expect(filtered.output.hasSuffix("1 passed, 0 failed\n"))
    #expect(try CommandRun(["test", "--filter", "absent", "a"], in: folder).status == 2)
  }

  @Test("a test that fails says what was expected, what came, and the values of the conditions")
  func failing() throws {
    let folder = try folder(
      """
        - {name: wrong, resource: {public: true, size: 11, age: 1, legacy: false}, decision: warn, rules: [old, publik]}
        - {name: an error, resource: {public: true, size: 11, age: 1, legacy: 7}, rules: [public]}

      """)
    let run = try CommandRun(["test", "a"], in: folder)
    #expect(run.status == 1)
    #expect(
      run.output.hasPrefix(
        """
        FAIL a/policy.test.yaml (2 tests)

        failed wrong (a/policy.test.yaml:3)
          expected decision `warn`, got `deny`
          rule `public` applies, and was not expected to
          rule `old` was expected to apply, and does not
          there is no rule `publik`; did you mean `public`?
        deny a/policy.yaml
          rules[0] public (deny) applies
            resource.public == true && resource.size > 10

        """))
    #expect(run.output.contains("failed an error (a/policy.test.yaml:4)\n  rule `old` has no value: "))
    #expect(run.output.hasSuffix("0 passed, 2 failed\n"))
  }

  @Test("a file that is no file of tests gets diagnostics with places; the exit status is 2")
  func malformed() throws {
    let folder = try folder(
      """
        - {name: a, resource: {}, input: {}, decision: alow}
        - {nam: b, decision: deny}
        - {name: c, resource: {}}

      """)
    let run = try CommandRun(["test", "a"], in: folder)
    #expect(run.status == 2)
    for expected in [
      "a/policy.test.yaml:3:25", "tests[0].resource", "did you mean `allow`?", "a/policy.test.yaml:4:6 (tests[1].nam)",
      "(tests[1].input)", "(tests[2].decision)",
    ] {
      #expect(run.error.contains(expected), "\(expected) in \(run.error)")
    }
    try folder.write("a/policy.test.yaml", "policy: absent.yaml\ntests: [{resource: {}, rules: []}]\n")
    let absent = try CommandRun(["test", "a"], in: folder)
    #expect(absent.status == 2)
    #expect(absent.error == "error: cannot read `a/absent.yaml`: No such file or directory\n")
    try folder.write("a/policy.test.yaml", "policy: policy.yaml\ntests: [{input: {}, rules: []}]\n")
    let input = try CommandRun(["test", "a"], in: folder)
    #expect(input.status == 2)
    #expect(input.error.contains("a/policy.test.yaml:2:17: the input has no `resource`"))
    try folder.write("a/policy.yaml", "name: p\nrules: [{condition: a &&, action: deny}]\n")
    let invalid = try CommandRun(["test", "a"], in: folder)
    #expect(invalid.status == 1)
    #expect(invalid.error.contains("error[invalid-condition-syntax]"))
  }

  @Test("coverage counts what evaluations came to")
  func coverage() throws {
    let folder = try folder(
      """
        - {name: a, resource: {public: true, size: 11, age: 31}, decision: deny}
        - {name: b, resource: {public: true, size: 11, age: 1, legacy: true}, decision: deny}

      """)
    let text = try CommandRun(["test", "--coverage", "a"], in: folder)
    #expect(text.status == 0)
    #expect(
      text.output == """
        ok   a/policy.test.yaml (2 tests)
        2 passed, 0 failed

        a/policy.yaml
          rules[0] public: 5 of 8 outcomes seen
            line 4: `resource.public == true && resource.size > 10` was never false
            line 4: `resource.public == true` was never false
            line 4: `resource.size > 10` was never false
          rules[1] old: 5 of 7 outcomes seen
            line 8: `resource.age > 30 || resource.legacy` was never false
            line 9: `resource.legacy` was never false

        coverage: 66% (10 of 15 outcomes)

        """)
    let lcov = try CommandRun(
      ["test", "a", "--coverage-format", "lcov", "--coverage-output", "lcov.info"], in: folder)
    #expect(lcov.status == 0)
    let file = try folder.read("lcov.info")
    #expect(file.hasPrefix("TN:\nSF:a/policy.yaml\nBRDA:4,0,0,2\nBRDA:4,0,1,0\n"))
    #expect(file.contains("BRF:12\nBRH:7\n") && file.hasSuffix("DA:4,2\nDA:8,2\nDA:9,1\nLF:3\nLH:3\nend_of_record\n"))
    let json = try CommandRun(
      ["test", "a", "--coverage-format", "json", "--coverage-output", "coverage.json"], in: folder)
    #expect(json.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(try folder.read("coverage.json").utf8)) as? [String: Any]
    let conditions = ((object?["files"] as? [[String: Any]])?.first?["conditions"] as? [[String: Any]]) ?? []
    #expect(conditions.map { $0["seen"] as? Int } == [5, 5])
  }

  @Test("results are written as JSON and as JUnit's XML")
  func formats() throws {
    let folder = try folder(
      """
        - {name: "a <b> & \\"c\\"", resource: {public: true, size: 11, age: 31}, decision: allow}
        - {name: b, resource: {age: 1, legacy: false}, decision: allow}

      """)
    let json = try CommandRun(["test", "--format", "json", "a"], in: folder)
    #expect(json.status == 1)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect((object?["summary"] as? [String: Int]) == ["files": 1, "tests": 2, "passed": 1, "failed": 1])
    let junit = try CommandRun(["test", "--format", "junit", "a"], in: folder)
    #expect(junit.status == 1)
    #expect(
      junit.output == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites tests="2" failures="1" errors="0">
          <testsuite name="a/policy.test.yaml" tests="2" failures="1" errors="0">
            <testcase name="a &lt;b&gt; &amp; &quot;c&quot;" classname="a/policy.test.yaml">
              <failure message="expected decision `allow`, got `deny`">a/policy.test.yaml:3
        expected decision `allow`, got `deny`</failure>
            </testcase>
            <testcase name="b" classname="a/policy.test.yaml"/>
          </testsuite>
        </testsuites>

        """)
  }

  @Test("the samples' tests pass")
  func samples() throws {
    let run = try CommandRun(["test", SampleFolder.repository + "/samples/valid"], in: try TemporaryFolder())
    #expect(run.status == 0, "\(run.output)\(run.error)")
    #expect(!run.output.hasPrefix("0 passed"))
  }
}
