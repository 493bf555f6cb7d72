/// How much work the evaluation of an expression is, as far as that can be told from the expression itself (cel-go,
/// `checker/cost.go`).
///
/// The unit is a step: a name, an operator, a selection or a call is one, and so are ten bytes of a text that must be
/// read, each element of a list that must be looked at, and each element of a literal. Literals of single values cost
/// nothing. Costs that do not fit are `UInt64.max`.
package struct CostEstimate: Sendable, Equatable {
  /// What it takes at least.
  package internal(set) var minimum: UInt64
  /// What it takes at most; `nil` when that depends on sizes that have no bound.
  package internal(set) var maximum: UInt64?
  /// What it takes at most when everything without a bound has a single element: more is certain to be possible.
  package internal(set) var proven: UInt64
  /// The expression without a bound on its size that costs the most: the one that the most loops depend on.
  package internal(set) var unbounded: ExpressionID?
  /// The smallest expression that alone may take more than `limit` steps whatever has no bound; the first of several.
  package internal(set) var tooCostly: ExpressionID?
  /// What that one takes at most when everything without a bound has a single element.
  package internal(set) var tooCostlySteps: UInt64 = 0

  /// Conditions that may take more steps than these are worth a warning.
  package static let limit: UInt64 = 10_000_000
}

/// How many elements a list or map, or how many bytes a text has.
package struct SizeRange: Sendable, Equatable {
  package var minimum: UInt64
  /// `nil` when there is no bound.
  package var maximum: UInt64?

  package init(_ minimum: UInt64, _ maximum: UInt64?) {
    self.minimum = minimum
    self.maximum = maximum
  }

  static let unknown = SizeRange(0, nil)
  static let one = SizeRange(1, 1)

  static func exactly(_ count: Int) -> SizeRange {
    SizeRange(UInt64(truncatingIfNeeded: count), UInt64(truncatingIfNeeded: count))
  }

  /// Of one or the other.
  func union(_ other: SizeRange) -> SizeRange {
    var maximum: UInt64?
    if let own = self.maximum, let others = other.maximum { maximum = max(own, others) }
    return SizeRange(min(minimum, other.minimum), maximum)
  }

  /// Of both behind each other.
  func sum(_ other: SizeRange) -> SizeRange {
    var maximum: UInt64?
    if let own = self.maximum, let others = other.maximum { maximum = own.addingSaturated(others) }
    return SizeRange(minimum.addingSaturated(other.minimum), maximum)
  }

  /// Of each element of one with each of the other.
  func product(_ other: SizeRange) -> SizeRange {
    var maximum: UInt64?
    if let own = self.maximum, let others = other.maximum { maximum = own.multipliedSaturated(others) }
    return SizeRange(minimum.multipliedSaturated(other.minimum), maximum)
  }

  /// Of parts of so many, the last of which may be smaller.
  func divided(by count: UInt64) -> SizeRange {
    SizeRange(minimum.dividedUp(by: count), maximum.map { $0.dividedUp(by: count) })
  }

  /// Of the smaller one.
  func lesser(_ other: SizeRange) -> SizeRange {
    let maximum =
      switch (self.maximum, other.maximum) {
      case (let own?, let others?): min(own, others)
      case (let known, nil), (nil, let known): known
      }
    return SizeRange(min(minimum, other.minimum), maximum)
  }
}

/// The cost of a part of an expression, in steps.
struct Cost: Sendable {
  var minimum: UInt64 = 0
  var maximum: UInt64? = 0
  var proven: UInt64 = 0
  /// How many sizes without a bound are multiplied with each other, and the expression that has the first of them.
  var degree: UInt8 = 0
  var unbounded: UInt32 = 0

  init() {}

  init(_ steps: UInt64) {
    minimum = steps
    maximum = steps
    proven = steps
  }

  /// A step for each element of an expression of such a size.
  init(_ size: SizeRange, of expression: UInt32) {
    minimum = size.minimum
    maximum = size.maximum
    proven = size.maximum ?? max(size.minimum, 1)
    degree = size.maximum == nil ? 1 : 0
    unbounded = expression
  }

  mutating func add(_ other: Cost) {
    minimum = minimum.addingSaturated(other.minimum)
    addMaximum(of: other)
  }

  /// Adds what may be needed and may not.
  mutating func addMaximum(of other: Cost) {
    if let own = maximum, let others = other.maximum {
      maximum = own.addingSaturated(others)
    } else {
      maximum = nil
    }
    proven = proven.addingSaturated(other.proven)
    if other.degree > degree {
      degree = other.degree
      unbounded = other.unbounded
    }
  }

  /// The cost of one or the other.
  func union(_ other: Cost) -> Cost {
    var union = self
    union.minimum = min(minimum, other.minimum)
    if let own = maximum, let others = other.maximum {
      union.maximum = max(own, others)
    } else {
      union.maximum = nil
    }
    union.proven = max(proven, other.proven)
    if other.degree > degree {
      union.degree = other.degree
      union.unbounded = other.unbounded
    }
    return union
  }

  /// The cost of doing it for each element of an expression of such a size.
  func repeated(_ size: SizeRange, of expression: UInt32) -> Cost {
    guard size.maximum != 0 else { return Cost() }
    var product = self
    product.minimum = minimum.multipliedSaturated(size.minimum)
    if let own = maximum, let count = size.maximum {
      product.maximum = own.multipliedSaturated(count)
    } else {
      product.maximum = nil
    }
    product.proven = proven.multipliedSaturated(size.maximum ?? max(size.minimum, 1))
    if size.maximum == nil {
      product.degree = degree == .max ? degree : degree + 1
      product.unbounded = expression
    }
    return product
  }
}

extension UInt64 {
  fileprivate func addingSaturated(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  func multipliedSaturated(_ other: UInt64) -> UInt64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }

  fileprivate func dividedUp(by count: UInt64) -> UInt64 { self / count + (self % count == 0 ? 0 : 1) }
}
