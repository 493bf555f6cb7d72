import CEL
import Diagnostics
import Source

/// An expression with something in it that a check wants to look at closely.
///
/// Made only for expressions that have candidates (see `ExpressionChecks`), so it may hold copies.
struct CheckedExpression {
  let tree: SyntaxTree
  /// UTF-8.
  let text: [UInt8]
  let role: ExpressionRole
  /// The places of the roots of the input, `now` and `variables` among the environment's variables.
  let names: PolicyNames
  /// What was found with each of the policy's resource types: advice that rests on a type must hold for all of them.
  let readings: [CheckedTypes]
  /// Where errors were found: what depends on them is not judged.
  private let faults: [SourceSpan]
  /// The node that each node is an operand of; the root and what hangs on nothing are their own.
  private(set) lazy var parents: [UInt32] = Self.parents(in: tree)
  /// What parts come to where an attribute is absent that they do not mention, as far as it was asked; see
  /// `outcomes(ofOperand:without:)`; by node, empty where it was not.
  var plainOutcomes: [Outcomes] = []
  /// The attributes that were asked about.
  var absences: [Absence] = []
  /// The nodes that may tell of each of them.
  var mentions: [UInt32] = []
  /// The names and selections that may tell of anything, each with what it ends with.
  private(set) lazy var steps: [PathStep] = pathSteps()
  /// How many nodes may still be looked at beyond the one walk: without a bound, checks that look at all operands of a
  /// chain for each of them would take quadratic time.
  private var remainingLooks = 20_000

  init(
    _ tree: SyntaxTree, text: [UInt8], role: ExpressionRole, names: PolicyNames, readings: [CheckedTypes],
    after found: [Diagnostic]
  ) {
    self.tree = tree
    self.text = text
    self.role = role
    self.names = names
    self.readings = readings
    faults = found.lazy.filter { $0.severity == .error }.map(\.span)
  }

  /// Whether an error was found inside a span, at it or around it.
  func isFaulty(_ span: SourceSpan) -> Bool {
    faults.contains { $0.start <= span.end && span.start <= $0.end }
  }

  func isFaulty(_ id: ExpressionID) -> Bool { !faults.isEmpty && isFaulty(tree[id].span) }

  /// Spends some of the looks that are left; `false` when there are none, and the check stays silent.
  mutating func look(_ count: Int = 1) -> Bool {
    remainingLooks -= count
    return remainingLooks >= 0
  }

  /// What a span of the text says.
  func source(_ span: SourceSpan) -> String { String(decoding: text[span.range], as: UTF8.self) }

  /// What a span of the text says, on one line, and cut where it is long.
  func excerpt(_ span: SourceSpan) -> String {
    let bytes = text[span.range]
    if bytes.count <= Self.excerptLimit, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return source(span) }
    let words = source(span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count <= Self.excerptLimit ? words : words.prefix(Self.excerptLimit) + "…"
  }

  /// In characters.
  private static let excerptLimit = 60

  func operand(_ raw: UInt32) -> ExpressionID { ExpressionID(rawValue: raw) }

  /// The node that another one is an operand of, `nil` for the root.
  mutating func parent(of id: ExpressionID) -> ExpressionID? {
    let parent = parents[id.index]
    return parent == id.rawValue ? nil : ExpressionID(rawValue: parent)
  }

  /// Whether a comment stands in a part of the text, which starts and ends between tokens; a change of it would lose it.
  func hasComment(in span: SourceSpan) -> Bool {
    guard text[span.range].contains(UInt8(ascii: "/")) else { return false }
    return tokens(of: source(span)).contains { $0.kind == .comment }
  }

  private static func parents(in tree: SyntaxTree) -> [UInt32] {
    var parents = tree.nodes.indices.map { UInt32(truncatingIfNeeded: $0) }
    // A macro call that was written comes before its expansion, which therefore has the last word.
    for index in tree.nodes.indices {
      let node = tree.nodes[index]
      let own = UInt32(truncatingIfNeeded: index)
      switch node.kind {
      case .null, .bool, .int, .uint, .double, .string, .bytes, .identifier: break
      case .select, .unary: parents[Int(node.first)] = own
      case .index, .binary:
        parents[Int(node.first)] = own
        parents[Int(node.second)] = own
      case .error, .call, .memberCall, .chain, .conditional, .list, .map, .message:
        for operand in tree.list(node.second) { parents[operand.index] = own }
      case .comprehension:
        let loop = tree.comprehensions[Int(node.first)]
        for part in [loop.range, loop.accumulatorStart, loop.condition, loop.step, loop.result] {
          parents[part.index] = own
        }
      }
    }
    return parents
  }
}
