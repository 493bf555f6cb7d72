import Diagnostics
import Source

/// Applies fix-its to policy documents.
///
/// ```swift
/// let fixed = PolicyFixer(validator).fixed(bytes, name: "policy.yaml")
/// fixed.bytes          // with everything mended that can be mended without a person looking
/// fixed.report         // what is left
/// ```
///
/// A document that was fixed is fixed: doing it again changes nothing.
public struct PolicyFixer: Sendable {
  private let validator: PolicyValidator
  private let includesUnsafe: Bool

  /// Fixing gives up after so many rounds, which only fixes that undo each other would need.
  private static let roundLimit = 100
  /// A round in which fixes do harm tries so many of its parts before the rest is left alone.
  private static let trialLimit = 64

  /// Makes a fixer.
  ///
  /// - Parameters:
  ///   - validator: What finds the faults; what it does not report is not fixed.
  ///   - includesUnsafe: Whether fixes are applied that a person should look at.
  public init(_ validator: PolicyValidator, includesUnsafe: Bool = false) {
    self.validator = validator
    self.includesUnsafe = includesUnsafe
  }

  /// Fixes one file.
  ///
  /// Of fixes that touch the same text the first in the document is applied, and what was found of the others is looked at
  /// again in the next round. A fix that would bring errors which were not there before is not applied.
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - name: Its path or label, as for validation.
  /// - Returns: The file's content afterwards, and what is left to say of it.
  public func fixed(_ bytes: [UInt8], name: String) -> FixedDocument {
    var report = validator.validate(bytes, name: name)
    var count = 0
    for _ in 0..<PolicyFixer.roundLimit {
      let fixes = applicableFixes(in: report)
      guard !fixes.isEmpty else { break }
      var trials = PolicyFixer.trialLimit
      let accepted = harmless(fixes[...], in: report, &trials)
      guard let after = accepted.report, after.source.bytes != report.source.bytes else { break }
      report = after
      count += accepted.count
    }
    return FixedDocument(bytes: report.source.bytes, count: count, report: report)
  }

  /// A fix-it, and the diagnostic it mends.
  private struct Fix {
    var diagnostic: Diagnostic
    var edits: [SourceEdit]
  }

  /// One fix-it of each diagnostic that has one, as far as they leave each other's text alone.
  private func applicableFixes(in report: ValidationReport) -> [Fix] {
    var fixes: [Fix] = []
    // INVARIANT: sorted, so that a new edit can collide with its neighbours only.
    var taken: [SourceSpan] = []
    for diagnostic in report.diagnostics {
      let fixIt = diagnostic.fixIts.first { includesUnsafe || $0.applicability == .safe }
      guard let fixIt, !fixIt.edits.isEmpty else { continue }
      var places: [(index: Int, span: SourceSpan)] = []
      for edit in fixIt.edits {
        let index = taken.partitioningIndex { ($0.start, $0.end) >= (edit.span.start, edit.span.end) }
        let isFree =
          edit.span.end <= report.source.bytes.count
          && (index == 0 || !PolicyFixer.collide(taken[index - 1], edit.span))
          && (index == taken.count || !PolicyFixer.collide(taken[index], edit.span))
        guard isFree else { break }
        places.append((index, edit.span))
      }
      guard places.count == fixIt.edits.count else { continue }
      for place in places.sorted(by: { ($0.index, $0.span.start) > ($1.index, $1.span.start) }) {
        taken.insert(place.span, at: place.index)
      }
      fixes.append(Fix(diagnostic: diagnostic, edits: fixIt.edits))
    }
    return fixes
  }

  /// Whether two edits replace the same byte, or insert at the same place.
  private static func collide(_ left: SourceSpan, _ right: SourceSpan) -> Bool {
    left == right || (left.start < right.end && right.start < left.end)
  }

  /// As many of some fixes as do no harm together: all, or what is found by trying halves.
  private func harmless(
    _ fixes: ArraySlice<Fix>, in report: ValidationReport, _ trials: inout Int
  ) -> (count: Int, fixes: [Fix], report: ValidationReport?) {
    guard !fixes.isEmpty, trials > 0 else { return (0, [], nil) }
    trials -= 1
    if let after = attempt(fixes, in: report) { return (fixes.count, Array(fixes), after) }
    guard fixes.count > 1 else { return (0, [], nil) }
    let middle = fixes.startIndex + fixes.count / 2
    let first = harmless(fixes[..<middle], in: report, &trials)
    let second = harmless(fixes[middle...], in: report, &trials)
    if first.fixes.isEmpty { return second }
    if second.fixes.isEmpty { return first }
    let both = first.fixes + second.fixes
    // Harmless alone and not together: the rest is for the next round.
    guard let after = attempt(both[...], in: report) else { return first }
    return (both.count, both, after)
  }

  /// What is found after some fixes, `nil` when they do harm.
  private func attempt(_ fixes: ArraySlice<Fix>, in report: ValidationReport) -> ValidationReport? {
    let bytes = report.source.bytes.applying(fixes.flatMap(\.edits))
    let after = validator.validate(bytes, name: report.source.name)
    let comparison = ErrorComparison(before: report.diagnostics, after: after.diagnostics)
    return comparison.isHarmless(mending: fixes.map(\.diagnostic)) ? after : nil
  }
}

/// A document after its fix-its.
public struct FixedDocument: Sendable {
  /// The content.
  public let bytes: [UInt8]
  /// How many fix-its were applied.
  public let count: Int
  /// What is left to say of it.
  public let report: ValidationReport
}

extension [SourceSpan] {
  /// The first index whose element satisfies a condition that all behind it satisfy too.
  fileprivate func partitioningIndex(_ isBehind: (SourceSpan) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension [UInt8] {
  /// The text with edits applied, which do not overlap.
  func applying(_ edits: [SourceEdit]) -> [UInt8] {
    var result: [UInt8] = []
    var copied = 0
    for edit in edits.sorted(by: { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) })
    where edit.span.start >= copied && edit.span.end <= count {
      result += self[copied..<edit.span.start]
      result += edit.text.utf8
      copied = edit.span.end
    }
    return result + self[copied...]
  }
}
