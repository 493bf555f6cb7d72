/// Every diagnostic there is.
///
/// To add one: write its file, add its name here, report it.
package enum DiagnosticCatalog {
  /// The messages, in the order of the reference page.
  package static let messages: [any DiagnosticMessage.Type] = [
    // 400: the document
    InvalidJSON.self, InvalidYAML.self, InvalidEncoding.self, DuplicateKey.self, MissingField.self, UnknownField.self,
    WrongType.self, InvalidValue.self, InvalidLength.self, ConflictingFields.self, LimitExceeded.self,
    // 422: conditions and rules
    InvalidConditionSyntax.self, UndeclaredReference.self, InvalidMacroArgument.self, ConditionLimitExceeded.self,
    UnknownAttribute.self, AttributeOfOtherType.self, UnknownEnumValue.self, UnknownResourceType.self,
    UnknownFunction.self, WrongArgumentCount.self, NoMatchingOverload.self, IncomparableTypes.self,
    ConditionNotBoolean.self, ConstantError.self, InvalidRegex.self, UnsupportedRegex.self, InvalidTimestamp.self,
    InvalidDuration.self,
    UndeclaredVariable.self, DuplicateVariable.self, InvalidIdentifier.self, DuplicateRuleID.self,
    InvalidMessageTemplate.self,
    // Warnings and hints
    HiddenUnicode.self, CommentSwallowsCondition.self, ConditionTooCostly.self, WordOperator.self,
    // Texts and patterns
    ConfusableIdentifier.self, SecretInPolicy.self, UnanchoredRegex.self, VulnerableRegex.self, LegacyBoolean.self,
    // Advice on conditions and policies that needs no resource type
    EmptyMembership.self, CaseMismatch.self, SuspiciousPrecedence.self, AbsentDecides.self, ShadowedName.self,
    ExpiredTimestamp.self, UnconditionalRule.self, UnusedVariable.self, DuplicatePolicy.self, MissingMessage.self,
    SimplifiableCondition.self, RedundantExistenceCheck.self, NoncanonicalValue.self,
    // Advice that needs to know the resource type
    UnguardedAttribute.self, OutOfRangeComparison.self, DeprecatedAttribute.self,
    // Suppressions
    UnusedSuppression.self,
  ]

  /// The descriptors, in the order of the reference page.
  package static let descriptors: [DiagnosticDescriptor] = messages.map { $0.descriptor }

  private static let byID = Dictionary(descriptors.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  /// The descriptor of a code, `nil` when there is none.
  package static func descriptor(_ id: String) -> DiagnosticDescriptor? { byID[id] }

  package static func contains(_ id: String) -> Bool { byID[id] != nil }
}
