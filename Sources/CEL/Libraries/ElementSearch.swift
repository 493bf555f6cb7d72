/// Looks for values among a list's elements: by their hashes where that is worth making them.
struct ElementSearch {
  private let list: ListView
  private let set: ElementSet?

  /// With fewer comparisons, hashes would cost more than they spare.
  private static let comparisonLimit = 64

  /// Prepares to look for so many values.
  init(_ list: ListView, count: Int, _ context: EvaluationContext) throws(EvaluationError) {
    self.list = list
    let (comparisons, overflows) = list.count.multipliedReportingOverflow(by: count)
    set = overflows || comparisons > Self.comparisonLimit ? try ElementSet(list, context) : nil
  }

  func finds(_ value: Value, _ context: EvaluationContext) throws(EvaluationError) -> Bool {
    if let set { return try set.contains(value, context) }
    try context.charge(list.count)
    for element in list where try element.isEqual(to: value) { return true }
    return false
  }
}
