/// What a rule whose condition is true asks for.
public enum Action: String, Sendable, CaseIterable {
  case allow, deny, warn, audit
}

/// What a policy decides when no rule does.
public enum DefaultAction: String, Sendable, CaseIterable {
  case allow, deny
}

/// How much a rule or a policy matters.
public enum RuleSeverity: String, Sendable, CaseIterable {
  case low, medium, high, critical, info
}
