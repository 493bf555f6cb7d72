/// A function that a program adds to the language.
struct HostFunction: Sendable {
  /// What a call does with its arguments, the receiver of a method first.
  typealias Body = @Sendable ([CELValue]) throws -> CELValue

  let overload: Overload
  let isPure: Bool
  let body: Body

  /// The declaration that the checker and programs use.
  ///
  /// - Parameter records: The types of the records that it may give.
  /// - Returns: The declaration, which keeps the types alive.
  func declaration(_ records: RecordLayouts) -> FunctionDeclaration {
    FunctionDeclaration(
      LibraryFunction(overload, isPure: isPure) { arguments, context throws(EvaluationError) in
        try call(arguments, context, records)
      })
  }

  private func call(
    _ arguments: Arguments, _ context: EvaluationContext, _ records: RecordLayouts
  ) throws(EvaluationError) -> Value {
    let room = context.arena.bytesLeft
    var copy = ValueCopy(byteLimit: room)
    var values: [CELValue] = []
    for (argument, type) in zip(arguments, overload.parameters) {
      let value = try copy.copied(argument)
      guard value.conforms(to: type) else {
        throw EvaluationError(
          .noOverload, "no such overload: `\(overload)` does not take `\(value.type)` for `\(type)`")
      }
      values.append(value)
    }
    try context.charge(room &- copy.bytesLeft)
    let result: CELValue
    do { result = try body(values) } catch let error as EvaluationError {
      // A place in another expression, which the function may have evaluated, is none in this one.
      throw EvaluationError(error.kind, error.detail)
    } catch {
      throw .invalidArgument("\(error)")
    }
    guard result.conforms(to: overload.result) else {
      throw .invalidArgument("`\(overload)` gave a value of type `\(result.type)`")
    }
    return try context.arena.value(result, records)
  }
}

extension LibraryFunction {
  init(_ overload: Overload, isPure: Bool, _ implementation: @escaping Implementation) {
    self.overload = overload
    self.isPure = isPure
    self.implementation = implementation
  }
}

extension EvaluationError {
  /// The error of a function that cannot do with its arguments.
  ///
  /// - Parameter message: What is wrong: lower case, without a full stop.
  public init(message: String) { self = .invalidArgument(message) }
}
