import CEL
public import Diagnostics
import DocumentTree
import PolicyModel
public import Source

/// Lays out the conditions and variables of policy documents, and leaves every other byte as it is.
///
/// Safe to use from any number of threads at once.
public struct PolicyFormatter: Sendable {
  /// How long lines are at most, where that is possible.
  public static let defaultLineLength = 100

  private let lineLength: Int

  /// Makes a formatter.
  ///
  /// - Parameter lineLength: How long lines are at most, where that is possible; from 20 to 1,000.
  public init(lineLength: Int = PolicyFormatter.defaultLineLength) {
    self.lineLength = min(max(lineLength, 20), 1_000)
  }

  /// Lays out one file.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - name: Its path or label, which decides its format as in `PolicyValidator.validate`.
  /// - Returns: The new content, and why parts were left as they are.
  public func format(_ bytes: [UInt8], name: String) -> FormattingReport {
    let source = SourceText(name: name, bytes: bytes)
    var report = FormattingReport(source: source, bytes: bytes)
    let (document, faults) = readDocument(source)
    report.obstacles = faults.filter { $0.severity == .error }
    guard report.obstacles.isEmpty else { return report }
    let (policies, _) = decodePolicies(document, readingFailed: false)
    let expressions = document.expressions(of: policies)
    let keys = document.keys(of: Set(expressions.map(\.node)))
    var edits: [SourceEdit] = []
    var layouts: [NodeID: ConditionLayout] = [:]
    for expression in expressions {
      let placement = ConditionPlacement(document: document, node: expression.node, start: 0, path: expression.path)
      if let comment = document.swallowingComment(in: expression.node) {
        report.obstacles.append(placement.placed(Diagnostic(CommentSwallowsCondition(), at: comment)))
        continue
      }
      do throws(UnreadableCondition) {
        let text = document.text(of: expression.node)
        let layout = try ConditionLayout(text)
        let scalar = ScalarRewriting(document, expression.node, key: keys[expression.node])
        let changes = self.edits(text, layout, scalar).filter { source.string($0.span) != $0.text }
        if !changes.isEmpty { layouts[expression.node] = layout }
        edits += changes
      } catch { report.obstacles.append(placement.placed(error.diagnostic)) }
    }
    report.obstacles.sort(by: Diagnostic.precedes)
    guard !edits.isEmpty else { return report }
    let formatted = applied(edits, to: bytes)
    let (reread, _) = readDocument(SourceText(name: name, bytes: formatted))
    // A last guard: no condition may get another meaning, whatever stands around it.
    if reread.isSame(as: document, butFor: layouts) {
      report.bytes = formatted
      report.changedCount = layouts.count
    }
    return report
  }

  private func edits(_ text: String, _ layout: ConditionLayout, _ scalar: ScalarRewriting) -> [SourceEdit] {
    if scalar.isBlock {
      guard let indentation = scalar.blockIndentation else { return [] }
      // Folded lines are read as one, which neither comments nor empty lines survive.
      let isLiteral = !scalar.isFolded || layout.needsLines
      guard let lines = layout.written(width: lineLength - indentation, keepsEmptyLines: isLiteral) else { return [] }
      return scalar.asBlock(lines, isLiteral: isLiteral) ?? []
    }
    guard let line = layout.written(width: Int.max) else { return [] }
    if let indentation = scalar.blockIndentation,
      line.utf8.contains(0x0A) || scalar.width(of: line) > lineLength,
      let lines = layout.written(width: lineLength - indentation), lines.utf8.contains(0x0A),
      let block = scalar.asBlock(lines, isLiteral: true)
    {
      return block
    }
    let hasLines = scalar.blockIndentation == nil && text.utf8.contains(0x0A)
    guard let content = hasLines ? layout.written(width: lineLength) : line, content != text else { return [] }
    return scalar.onOneLine(content).map { [$0] } ?? []
  }

  private func applied(_ edits: [SourceEdit], to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 8)
    var copied = 0
    for edit in edits.sorted(by: { $0.span.start < $1.span.start }) where edit.span.start >= copied {
      result += bytes[copied..<edit.span.start]
      result += edit.text.utf8
      copied = edit.span.end
    }
    return result + bytes[copied...]
  }
}

/// What laying out one file gave.
public struct FormattingReport: Sendable {
  /// The bytes as they were, and their name.
  public let source: SourceText
  /// The bytes as they should be.
  public fileprivate(set) var bytes: [UInt8]
  /// How many expressions are laid out anew.
  public fileprivate(set) var changedCount = 0
  /// Why expressions, or the whole document, were left as they are, in the order of their places.
  public fileprivate(set) var obstacles: [Diagnostic] = []

  /// Whether the bytes are others than they were.
  public var isChanged: Bool { changedCount > 0 }
}

extension Document {
  /// The conditions and variables, each once, however many aliases it has.
  fileprivate func expressions(of policies: [Policy]) -> [(node: NodeID, path: FieldPath)] {
    var seen: Set<NodeID> = []
    var expressions: [(node: NodeID, path: FieldPath)] = []
    for policy in policies {
      for variable in policy.variables {
        guard let node = variable.expressionNode.map(resolved), seen.insert(node).inserted else { continue }
        expressions.append((node, variable.expressionPath))
      }
      for rule in policy.rules {
        guard let node = rule.conditionNode.map(resolved), seen.insert(node).inserted else { continue }
        expressions.append((node, rule.path.key("condition")))
      }
    }
    return expressions
  }

  /// The keys of values, where they are the values of members.
  fileprivate func keys(of values: Set<NodeID>) -> [NodeID: NodeID] {
    var keys: [NodeID: NodeID] = [:]
    for index in nodes.indices where nodes[index].kind == .object {
      forEachMember(of: NodeID(index)) { key, value in
        if values.contains(value) { keys[value] = key }
      }
    }
    return keys
  }

  /// Whether two documents have the same tree, but for conditions that are laid out differently.
  fileprivate func isSame(as other: Document, butFor layouts: [NodeID: ConditionLayout]) -> Bool {
    guard nodes.count == other.nodes.count, roots == other.roots else { return false }
    for index in nodes.indices {
      let id = NodeID(index)
      guard nodes[index].kind == other.nodes[index].kind else { return false }
      switch nodes[index].kind {
      case .null, .true, .false, .invalid: break
      case .array, .object, .alias: if nodes[index].link != other.nodes[index].link { return false }
      case .integer, .float, .string:
        if let layout = layouts[id] {
          if !layout.isSame(text(of: id)) { return false }
        } else {
          let isEqual = unsafe withBytes(of: id) { one in
            unsafe other.withBytes(of: id) { two in unsafe one.elementsEqual(two) }
          }
          if !isEqual { return false }
        }
      }
    }
    return true
  }
}
