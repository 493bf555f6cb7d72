import CEL
import DocumentTree
import Source

/// A condition of the workload.
struct WorkloadCondition {
  let text: [UInt8]
  /// What it gives under the workload's activation.
  let isTrue: Bool
  /// `short`, `medium` or `long`.
  let size: String
}

/// Lexing, parsing and macro expansion of the workload's conditions with one parser that is kept, as the engine does it.
func measureConditionParsing(_ options: BenchmarkOptions) throws(BenchmarkFailure) {
  let conditions = try workload(options)
  for (name, conditions) in try classes(of: conditions, options) {
    // A round of the short ones alone would be too short for the clock.
    let repetitions = max(1, 5_000 / conditions.count)
    var parser = Parser(options: .policy)
    var nodes = 0
    var mismatch = 0
    let seconds = median(rounds: options.rounds) {
      nodes = 0
      mismatch = 0
      for _ in 0..<repetitions {
        for condition in conditions {
          unsafe condition.text.withUnsafeBufferPointer { unsafe parser.parse($0) }
          nodes += parser.tree.nodes.count
          mismatch += parser.diagnostics.isEmpty ? 0 : 1
        }
      }
    }
    let parsed = conditions.count * repetitions
    Measurement(
      "condition-parse", name, count: conditions.count, seconds * 1e6 / Double(parsed), "us/expr",
      mismatch: mismatch / repetitions
    ).report()
    Measurement(
      "condition-parse", name, count: nodes / repetitions, seconds * 1e9 / Double(max(1, nodes)), "ns/node",
      mismatch: mismatch / repetitions
    ).report()
  }
}

/// The conditions by class, none of which is empty.
func classes(
  of conditions: [WorkloadCondition], _ options: BenchmarkOptions
) throws(BenchmarkFailure) -> [(name: String, conditions: [WorkloadCondition])] {
  let classes: [(name: String, conditions: [WorkloadCondition])] = [
    ("short", conditions.filter { $0.size == "short" }),
    ("medium", conditions.filter { $0.size == "medium" }),
    ("long", conditions.filter { $0.size == "long" }),
    ("all", conditions),
    ("nomatches", conditions.filter { !$0.text.holds(".matches(") }),
  ]
  for (name, conditions) in classes where conditions.isEmpty {
    throw BenchmarkFailure("the workload has no \(name) conditions")
  }
  return classes.filter { options.onlyClass == nil || options.onlyClass == $0.name }
}

/// The conditions of `w1_exprs.jsonl`, read with the engine's own reader.
func workload(_ options: BenchmarkOptions) throws(BenchmarkFailure) -> [WorkloadCondition] {
  let file = "w1_exprs.jsonl"
  var conditions: [WorkloadCondition] = []
  for line in try options.bytes(file).split(separator: UInt8(ascii: "\n")) {
    let (document, diagnostics) = readDocument(SourceText(name: "\(file).json", bytes: Array(line)))
    guard diagnostics.isEmpty, let root = document.roots.first else { throw BenchmarkFailure("\(file) cannot be read") }
    var members: [String: String] = [:]
    var isTrue = false
    document.forEachMember(of: root) {
      members[document.text(of: $0)] = document.text(of: $1)
      if document.text(of: $0) == "expected" { isTrue = document[$1].kind == .true }
    }
    guard let text = members["cel"], let size = members["class"] else {
      throw BenchmarkFailure("\(file) has a line without `cel` or `class`")
    }
    conditions.append(WorkloadCondition(text: Array(text.utf8), isTrue: isTrue, size: size))
  }
  return conditions
}

extension [UInt8] {
  /// Whether a text stands anywhere in these bytes.
  fileprivate func holds(_ text: StaticString) -> Bool {
    let wanted = Array("\(text)".utf8)
    return count >= wanted.count && (0...(count - wanted.count)).contains { self[$0...].starts(with: wanted) }
  }
}
