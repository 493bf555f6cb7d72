package import Source

/// A condition and those of its parts that have values to be seen.
package struct TracedCondition: Sendable {
  /// A part of a condition.
  package struct Part: Sendable {
    /// The number that `TracedValue.part` has.
    package let number: Int
    /// In bytes of the condition's text.
    package let span: SourceSpan
    /// Whether it is meant to be true or false.
    package let isBoolean: Bool
  }

  /// The place of the policy in its document, from 0.
  package let policy: Int
  /// The place of the rule in its policy, from 0.
  package let index: Int
  package let id: String?
  package let text: String
  /// The whole condition first.
  package let parts: [Part]
}

/// What values the parts of a condition had in evaluations that came to them.
package struct ConditionCoverage: Sendable {
  /// How often a part had a value of each kind.
  package struct Counts: Sendable {
    package var `true` = 0
    package var `false` = 0
    package var null = 0
    /// Any other value.
    package var value = 0
    package var error = 0

    package var total: Int { `true` + `false` + null + value + error }
  }

  package let condition: TracedCondition
  /// Of each part.
  package private(set) var counts: [Counts]

  package init(_ condition: TracedCondition) {
    self.condition = condition
    counts = Array(repeating: Counts(), count: condition.parts.count)
  }

  /// Counts the values of one evaluation, which short-circuits: what it does not come to is not seen.
  package mutating func add(_ trace: ConditionTrace) {
    var results: [Int: TracedValue.Result] = [:]
    for value in trace.values { results[value.part] = value.result }
    for (index, part) in condition.parts.enumerated() {
      switch results[part.number] {
      case .value("true"): counts[index].true += 1
      case .value("false"): counts[index].false += 1
      case .value("null"): counts[index].null += 1
      case .value, .excerpt: counts[index].value += 1
      case .error: counts[index].error += 1
      case nil: break
      }
    }
  }

  /// Adds what was seen of the same condition elsewhere.
  package mutating func add(_ other: ConditionCoverage) {
    for (index, more) in other.counts.enumerated() where counts.indices.contains(index) {
      counts[index].true += more.true
      counts[index].false += more.false
      counts[index].null += more.null
      counts[index].value += more.value
      counts[index].error += more.error
    }
  }

  /// How many outcomes there are to be seen, and how many were: true and false of what is boolean, any value of the rest.
  package var outcomes: (seen: Int, count: Int) {
    var seen = 0
    var count = 0
    for (part, counts) in zip(condition.parts, counts) {
      if part.isBoolean {
        count += 2
        seen += (counts.true > 0 ? 1 : 0) + (counts.false > 0 ? 1 : 0)
      } else {
        count += 1
        seen += counts.total > 0 ? 1 : 0
      }
    }
    return (seen, count)
  }
}
