import Diagnostics
import Source

/// A place where the author says that some advice is not wanted.
struct Suppression {
  /// A code that it names.
  struct Entry {
    let code: String
    /// Where the code stands, in the same text as the suppression.
    let span: SourceSpan
    /// What takes this code alone away; `nil` when it is the only one, or cannot be taken away.
    var removal: [SourceEdit]?
    var isUsed = false
  }

  /// Where it stands.
  var span: SourceSpan
  var entries: [Entry]
  /// Why it is none, where it looks like one.
  var fault: String?
  /// What takes it away as a whole; `nil` where that cannot be done safely.
  var removal: [SourceEdit]?
  /// The findings that it reaches start here, in the document.
  var reach: SourceSpan
  /// For a comment in a condition: where its spans are offsets of.
  var placement: ConditionPlacement?
}

extension Suppression {
  /// A comment's suppression.
  ///
  /// - Parameters:
  ///   - directive: What the comment says.
  ///   - span: The comment.
  ///   - removal: What takes the comment away.
  ///   - reach: The findings that it reaches start here, in the document.
  init(_ directive: SuppressionDirective, at span: SourceSpan, removal: [SourceEdit], reach: SourceSpan) {
    let codes = directive.codes
    self.span = span
    fault = directive.fault
    self.removal = removal
    self.reach = reach
    entries = codes.indices.map { index in
      Entry(
        code: codes[index].name, span: codes[index].span,
        removal: Suppression.removal(of: index, among: codes.map(\.span)))
    }
  }

  /// The edit that takes an element out of a list, with the comma in front of it or behind it; `nil` for the only one.
  static func removal(of index: Int, among spans: [SourceSpan]) -> [SourceEdit]? {
    if index + 1 < spans.count {
      return [SourceEdit(span: SourceSpan(spans[index].start, spans[index + 1].start), text: "")]
    }
    guard index > 0 else { return nil }
    return [SourceEdit(span: SourceSpan(spans[index - 1].end, spans[index].end), text: "")]
  }

  /// What is said of the suppression once all findings are known.
  ///
  /// Nothing is said of codes that `isSilent` names: they are not looked for, or not everything could be checked.
  func unused(isSilent: (String) -> Bool) -> [Diagnostic] {
    if let fault { return [diagnostic(UnusedSuppression([], .malformed(help: fault), fixIt: nil), at: span)] }
    var found: [Diagnostic] = []
    var unused: [Entry] = []
    for entry in entries {
      guard let descriptor = DiagnosticCatalog.descriptor(entry.code) else {
        let closest = closestName(to: entry.code, among: Suppression.codes)
        let message = UnusedSuppression(
          [shortened(entry.code)], .unknown(closest: closest), fixIt: renaming(entry, to: closest) ?? removing(entry))
        found.append(diagnostic(message, at: entry.span))
        continue
      }
      if descriptor.failure != nil {
        found.append(diagnostic(UnusedSuppression([entry.code], .error, fixIt: removing(entry)), at: entry.span))
      } else if !entry.isUsed, !isSilent(entry.code) {
        unused.append(entry)
      }
    }
    if unused.count == entries.count {
      let fixIt = removal.map { FixIt("remove the suppression", edits: $0, applicability: .safe) }
      return [diagnostic(UnusedSuppression(unused.map(\.code), .unused, fixIt: fixIt), at: span)]
    }
    return found
      + unused.map { diagnostic(UnusedSuppression([$0.code], .unused, fixIt: removing($0)), at: $0.span) }
  }

  /// The codes that can be suppressed.
  private static let codes = DiagnosticCatalog.descriptors.filter { $0.failure == nil }.map(\.id)

  private func shortened(_ code: String) -> String { code.count > 60 ? code.prefix(59) + "…" : code }

  private func removing(_ entry: Entry) -> FixIt? {
    if let edits = entry.removal {
      return FixIt("remove `\(shortened(entry.code))`", edits: edits, applicability: .safe)
    }
    guard entries.count == 1 else { return nil }
    return removal.map { FixIt("remove the suppression", edits: $0, applicability: .safe) }
  }

  private func renaming(_ entry: Entry, to closest: String?) -> FixIt? {
    guard let closest else { return nil }
    let name = SourceSpan(entry.span.end - entry.code.utf8.count, entry.span.end)
    // A quoted code's span includes its quotes.
    let span = entry.span.count == name.count ? name : SourceSpan(entry.span.start + 1, entry.span.end - 1)
    guard span.count == entry.code.utf8.count else { return nil }
    return FixIt("change to `\(closest)`", edits: [SourceEdit(span: span, text: closest)], applicability: .unsafe)
  }

  private func diagnostic(_ message: UnusedSuppression, at span: SourceSpan) -> Diagnostic {
    let diagnostic = Diagnostic(message, at: span)
    return placement?.placed(diagnostic) ?? diagnostic
  }
}
