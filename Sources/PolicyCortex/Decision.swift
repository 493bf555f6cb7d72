public import PolicyModel
package import Source

/// What a policy says of an input.
public enum Decision: String, Sendable, CaseIterable, Comparable {
  case allow, audit, warn, deny

  private var rank: Int {
    switch self {
    case .allow: 0
    case .audit: 1
    case .warn: 2
    case .deny: 3
    }
  }

  /// The one that lets less pass is the greater.
  public static func < (left: Decision, right: Decision) -> Bool { left.rank < right.rank }
}

/// What became of a rule.
public enum RuleOutcome: String, Sendable {
  /// The condition is true.
  case applies
  /// The condition is false.
  case no
  /// The condition has no value.
  case error
  /// The rule or its policy is disabled, or the policy is for other types of resource.
  case skipped
}

/// What a rule says of an input.
public struct RuleAnswer: Sendable {
  /// The place of the policy in its document, from 0.
  public package(set) var policy: Int
  /// The place of the rule in its policy, from 0.
  public package(set) var index: Int
  /// The rule's `id`, if it has one.
  public package(set) var id: String?
  /// What the rule asks for where it applies; `deny` when the document does not say it.
  public package(set) var action: Action
  /// What became of it.
  public package(set) var outcome: RuleOutcome
  /// Why the condition has no value.
  public package(set) var error: String?
  /// What to tell the user; of a rule that applies.
  public package(set) var message: String?
  /// The condition with the values of its parts, when they were asked for.
  package var trace: ConditionTrace?
}

/// What the policies of a document say of an input, and why.
public struct PolicyAnswer: Sendable {
  /// The worst of what the policies decide that are for this input; `allow` when none is.
  public package(set) var decision: Decision
  /// Of every rule, in the document's order.
  public package(set) var rules: [RuleAnswer]
}

/// A condition, and the values of its parts.
package struct ConditionTrace: Sendable {
  package var condition: String
  /// From left to right, parts before what is made of them.
  package var values: [TracedValue]
}

/// The value of a part of a condition.
package struct TracedValue: Sendable {
  /// What evaluating the part gave.
  package enum Result: Sendable {
    /// As JSON.
    case value(String)
    /// The start of the JSON of a value that is too long to show.
    case excerpt(String)
    case error(String)
  }

  /// The part's number in its condition.
  package var part: Int
  /// The part as it is written.
  package var expression: String
  /// In bytes of the condition's text.
  package var span: SourceSpan
  /// The place of its operator or name, under which the value is shown.
  package var anchor: Int
  package var result: Result
}

extension Decision {
  /// What a policy decides (DESIGN §4): all rules count, whatever their order.
  ///
  /// - Parameters:
  ///   - rules: The rules of one policy, which is for this input.
  ///   - defaultAction: What it decides when no rule does.
  init(_ rules: some Sequence<RuleAnswer>, defaultAction: DefaultAction) {
    var isAllowed = defaultAction == .allow
    var worst = Decision.allow
    for rule in rules {
      switch (rule.action, rule.outcome) {
      case (.allow, .applies): isAllowed = true
      // Errors fail closed: what may forbid counts, and what may permit does not.
      case (.deny, .applies), (.deny, .error): worst = .deny
      case (.warn, .applies), (.warn, .error): worst = max(worst, .warn)
      case (.audit, .applies), (.audit, .error): worst = max(worst, .audit)
      case (.allow, .error), (_, .no), (_, .skipped): break
      }
    }
    self = isAllowed ? worst : .deny
  }
}
