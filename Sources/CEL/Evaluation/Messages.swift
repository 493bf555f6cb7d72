// Constructing and reading messages.
extension Evaluator {
  func message(_ site: Program.MessageSite, _ fields: [Value]) throws(EvaluationError) -> Value { throw .noOverload }
}

extension RecordView {
  func member(_ name: ByteView, _ context: EvaluationContext) throws(EvaluationError) -> Value? { nil }
  func isSet(_ name: ByteView) throws(EvaluationError) -> Bool { false }
}

extension Environment {
  func messageName(_ name: String, isAbsolute: Bool) -> String { name }
  func constantValue(at index: Int, _ context: EvaluationContext) -> Value { .null }
}
