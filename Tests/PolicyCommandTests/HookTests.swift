import Foundation
import MarkedSource
import Testing

/// The hooks, run by the programs they are for.
@Suite struct HookTests {
  private static func has(_ command: String) -> Bool {
    (try? CommandRun(script: command, in: TemporaryFolder()).status) == 0
  }

  /// Makes git deaf to the machine's settings, and puts the command into the path.
  private static let setUp = #"""
    set -euo pipefail
    mkdir bin && ln -s "$policycortex" bin/policycortex
    export PATH=$PWD/bin:$PATH HOME=$PWD LC_ALL=C.UTF-8 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
    export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b

    """#

  // MARK: pre-receive

  @Test(
    "a push is refused where it adds or changes a policy with errors", .enabled(if: has("git --version"), "needs git"))
  func preReceive() throws {
    let folder = try TemporaryFolder()
    try folder.write("clean.json", ValidateCommandTests.clean)
    try folder.write("bad.json", ValidateCommandTests.notACondition)
    try folder.write("steps", preReceiveSteps)
    let run = try CommandRun(
      script: HookTests.setUp + "hook='\(SampleFolder.repository)/samples/hooks/pre-receive'; source ./steps",
      in: folder)
    #expect(run.status == 0, "\(run.error)")
    let lines = run.output.split(separator: "\n").map(String.init)
    let verdicts = lines.filter { $0.hasPrefix("-- ") }
    #expect(
      verdicts == [
        "-- first push: accepted", "-- elsewhere: accepted", "-- bad policy: refused", "-- the ref is as it was",
        "-- mended: accepted", "-- odd names: refused", "-- odd names mended: accepted", "-- link: accepted",
        "-- test file: accepted", "-- unhooked: accepted", "-- bad before: accepted", "-- new branch: accepted",
        "-- bad new branch: refused", "-- bad tag: refused", "-- two at once: refused", "-- deletion: accepted",
        "-- policy deleted: accepted", "-- dots: refused", "-- other directory: refused", "-- no command: refused",
      ], "\(run.output)\(run.error)")
    #expect(lines.contains { $0.hasPrefix("remote: policies/bad.json:\(notACondition)") })
    #expect(lines.contains { $0.hasPrefix("remote: policies/d/é \"x.yaml:1:1: error[missing-field]") })
    #expect(lines.contains { $0.hasSuffix("a path with . or ..") })
    // A link could show the pusher a file of the server's.
    #expect(!run.output.contains("root:"))
  }

  private let notACondition = "1:50: error[invalid-condition-syntax]: `invalid_syntax_here` is not a condition"

  private let preReceiveSteps = #"""
    git init -q --bare -b main server.git
    cp "$hook" server.git/hooks/pre-receive
    git init -q -b main work && cd work && git remote add origin ../server.git
    push() {
      local name=$1; shift
      if git push -q origin "$@" > ../log 2>&1; then echo "-- $name: accepted"; else echo "-- $name: refused"; fi
      sed 's/ *$//' ../log
    }
    commit() { git add -A && git commit -qm "$1"; }
    mkdir policies other

    cp ../clean.json policies/a.json; commit one; push 'first push' main
    cp ../bad.json other/; commit elsewhere; push 'elsewhere' main

    before=$(git -C ../server.git rev-parse main)
    cp ../bad.json policies/bad.json; commit bad; push 'bad policy' main
    [ "$(git -C ../server.git rev-parse main)" = "$before" ] && echo '-- the ref is as it was'
    cp ../clean.json policies/bad.json; commit mended; push 'mended' main

    mkdir policies/d; echo 'name: p' > 'policies/d/é "x.yaml'; echo 'name: p' > $'policies/d/new\nline.YAML'
    commit odd; push 'odd names' main
    cp ../clean.json 'policies/d/é "x.yaml'; cp ../clean.json $'policies/d/new\nline.YAML'
    commit odd2; push 'odd names mended' main

    ln -s /etc/passwd policies/link.yaml; commit link; push 'link' main
    echo 'policy: a.json' > policies/a.test.yaml; commit test; push 'test file' main

    mv ../server.git/hooks/pre-receive ../kept
    cp ../bad.json policies/old.json; commit old; push 'unhooked' main
    mv ../kept ../server.git/hooks/pre-receive
    cp ../clean.json policies/b.json; commit more; push 'bad before' main

    git checkout -q -b topic; cp ../clean.json policies/c.json; commit topic; push 'new branch' topic
    git checkout -q -b bad; cp ../bad.json policies/e.json; commit worse; push 'bad new branch' bad
    git tag -a -m t v1; push 'bad tag' v1
    git checkout -q topic; cp ../clean.json policies/f.json; commit fine; push 'two at once' topic bad
    push 'deletion' :topic
    git checkout -q main; git rm -q policies/old.json; commit gone; push 'policy deleted' main

    # A tree that git itself would not write.
    blob=$(git hash-object -w ../clean.json)
    up() { printf '040000 tree %s\t%s\n' "$1" "$2" | git mktree; }
    tree=$(up "$(up "$(up "$(printf '100644 blob %s\tx.json\n' "$blob" | git mktree)" ..)" ..)" policies)
    git update-ref refs/heads/dots "$(git commit-tree -m dots "$tree")"; push 'dots' dots

    git -C ../server.git config policycortex.path .
    cp ../bad.json other/g.json; commit other; push 'other directory' main
    rm ../bin/policycortex; push 'no command' main
    """#

  // MARK: pre-commit

  private static let hasPreCommit = has("'\(ReportFormatTests.python)' -m pre_commit --version")

  @Test(
    "pre-commit runs the hook on the policies of a commit, and on nothing else",
    .enabled(if: hasPreCommit && has("git --version"), "needs git, and Python with the package pre-commit"))
  func preCommit() throws {
    let folder = try TemporaryFolder()
    try folder.write("work/policies/bad.json", ValidateCommandTests.notACondition)
    try folder.write("work/policies/clean.json", ValidateCommandTests.clean)
    try folder.write("work/policies/a.test.yaml", "policy: clean.json\n")
    try folder.write("work/package.json", "{}")
    let run = try CommandRun(
      script: HookTests.setUp + """
        python='\(ReportFormatTests.python)'
        git init -q hooks && cp '\(SampleFolder.repository)/.pre-commit-hooks.yaml' hooks/
        "$python" -m pre_commit validate-manifest hooks/.pre-commit-hooks.yaml
        (cd hooks && git add -A && git commit -qm hooks)
        cd work && git init -q && git add -A
        try() { "$python" -m pre_commit try-repo ../hooks policycortex-system --files "$@" 2>&1 | tail -n +9; }
        try policies/bad.json policies/clean.json policies/a.test.yaml package.json || true
        echo --
        try policies/clean.json
        echo --
        try policies/a.test.yaml package.json
        """, in: folder)
    #expect(run.status == 0, "\(run.error)")
    let parts = run.output.components(separatedBy: "--\n")
    #expect(parts.count == 3, "\(run.output)")
    #expect(parts.first?.contains("Failed\n") == true)
    #expect(
      parts.first?.contains("\npolicies/bad.json:\(notACondition)") == true)
    #expect(parts.first?.contains("package.json") == false)
    #expect(parts.dropFirst().first?.contains("Passed\n") == true)
    #expect(parts.last?.contains("(no files to check)Skipped\n") == true)
  }

  // MARK: GitHub's problem matcher

  @Test("the problem matcher reads every line of the concise output")
  func problemMatcher() throws {
    let file = SampleFolder.repository + "/.github/policycortex-matcher.json"
    let root = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file))) as? [String: Any])
    let matchers = try #require(root["problemMatcher"] as? [[String: Any]])
    #expect(matchers.map { $0["owner"] as? String } == ["policycortex", "policycortex-hints"])

    let folder = try TemporaryFolder()
    try folder.write("a b:1:2: error[x].json", ValidateCommandTests.notACondition)
    try folder.write("é.json", ValidateCommandTests.advice)
    try folder.write(
      "w.yaml", "name: w\nrules:\n- condition: >\n    resource.a // all\n    && resource.b\n  action: warn\n")
    let arguments = ["validate", "é.json", "w.yaml", "./a b:1:2: error[x].json"]
    let concise = try CommandRun(arguments + ["--format", "concise"], in: folder).output.split(separator: "\n")
    let records = try CommandRun(arguments + ["--format", "jsonl"], in: folder).output.split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(concise.count == 3)
    #expect(records.count == 3)
    for (line, record) in zip(concise, records) {
      let found = try matchers.compactMap { matcher -> [String: String]? in
        let pattern = try #require((matcher["pattern"] as? [[String: Any]])?.first)
        return try matched(String(line), by: pattern).map { values in
          values.merging(["severity": matcher["severity"] as? String ?? ""]) { inLine, _ in inLine }
        }
      }
      let values = try #require(found.first)
      #expect(found.count == 1)
      #expect(values["file"] == record["path"] as? String)
      #expect(values["code"] == record["code"] as? String)
      let severity = try #require(record["severity"] as? String)
      #expect(values["severity"] == (severity == "hint" ? "notice" : severity))
      let start = try #require((record["range"] as? [String: Any])?["start"] as? [String: Int])
      #expect(values["line"].flatMap { Int($0) } == start["line"])
      #expect(values["column"].flatMap { Int($0) } == start["column"])
      #expect(values["message"]?.hasPrefix(try #require(record["message"] as? String)) == true)
    }
  }

  /// What a pattern reads from a line, by its names.
  private func matched(_ line: String, by pattern: [String: Any]) throws -> [String: String]? {
    let expression = try NSRegularExpression(pattern: try #require(pattern["regexp"] as? String))
    guard let match = expression.firstMatch(in: line, range: NSRange(line.startIndex..., in: line)) else { return nil }
    var values: [String: String] = [:]
    for (name, group) in pattern {
      guard let group = group as? Int, let range = Range(match.range(at: group), in: line) else { continue }
      values[name] = String(line[range])
    }
    return values
  }
}
