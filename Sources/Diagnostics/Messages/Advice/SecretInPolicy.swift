/// An access key that is written in a policy.
package struct SecretInPolicy: DiagnosticMessage {
  package static let descriptor = DiagnosticDescriptor(
    id: "secret-in-policy",
    title: "Secret in a policy",
    severity: .warning,
    explanation: """
      Policies are stored, versioned and shown to many people, and a key that once stood in one is known. Take it out, revoke
      it, and read what a condition needs from `context`. API keys of PolicyCortex are recognised by their checksum, access
      keys of AWS by their form; keys of AWS's documentation, which end in `EXAMPLE`, are left alone.
      """,
    howToFix: """
      Remove the secret and revoke it: whoever can read the policy can use it. Take what the condition needs from the
      input.
      """,
    bad: .yaml(
      """
      name: Buckets
      metadata:
        uploader: 1️⃣AKIA2E0A8F3B244C9986
      rules:
      - condition: resource.public
        action: audit
      """),
    good: .yaml(
      """
      name: Buckets
      metadata:
        uploader: AKIAIOSFODNN7EXAMPLE
      rules:
      - condition: resource.public
        action: audit
      """)
  )

  /// Whose key it is.
  package enum Kind: Sendable {
    case policyCortex, aws
  }

  package var kind: Kind

  package init(kind: Kind) { self.kind = kind }

  package var text: String {
    switch kind {
    case .policyCortex: "an API key of PolicyCortex stands in this document"
    case .aws: "an access key ID of AWS stands in this document"
    }
  }

  package var help: String? { "take it out and revoke it: whoever can read the policy can use it" }
}
