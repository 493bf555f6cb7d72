// What a program adds to the language.
extension ExpressionLanguage {
  /// Declares a variable.
  ///
  /// - Parameters:
  ///   - name: An identifier, or several with dots between them.
  ///   - type: What is known of its values before evaluation; `dyn` for anything.
  /// - Throws: `DeclarationError` for what is no name, and for a name that means something already.
  public mutating func declare(variable name: String, type: CELType = .dyn) throws(DeclarationError) {
    try checkName(name)
    variables.append(VariableDeclaration(name, type: type))
    forgetLayout()
  }

  /// Declares a variable of a type that is spelt out: `map(string, list(int))`.
  ///
  /// - Parameters:
  ///   - name: An identifier, or several with dots between them.
  ///   - type: As signatures spell it.
  /// - Throws: `DeclarationError`, also for what is no type.
  public mutating func declare(variable name: String, type: String) throws(DeclarationError) {
    try declare(variable: name, type: self.type(type))
  }

  /// Declares a name that stands for one value in every evaluation, such as a value of an enum.
  ///
  /// - Parameters:
  ///   - name: An identifier, or several with dots between them: `acme.Color.RED`.
  ///   - value: The value, which no record is part of.
  /// - Throws: `DeclarationError` for what is no name, and for a name that means something already.
  public mutating func declare(constant name: String, _ value: CELValue) throws(DeclarationError) {
    try checkName(name)
    constants.append(ConstantDeclaration(name, type: value.type, value: value))
    forgetLayout()
  }

  /// Declares a type of values that conditions hand from function to function without looking into them.
  ///
  /// - Parameter name: The name that its `OpaqueValue`s give: `acme.Point`.
  /// - Throws: `DeclarationError` for what is no name, and for a name that means something already.
  public mutating func declare(opaqueType name: String) throws(DeclarationError) {
    try checkTypeName(name)
    let type = CELType.abstract(name, [])
    typeNames[name] = type
    constants.append(ConstantDeclaration(name, type: .type(type), value: .type(name)))
    forgetLayout()
  }

  /// Declares a type of objects whose fields are known: expressions may construct them and select their fields.
  ///
  /// - Parameter record: The type; the types of its fields may be declared later.
  /// - Throws: `DeclarationError` for what is no name, for a name that means something already, and for a field that is
  ///   there twice.
  public mutating func declare(_ record: RecordType) throws(DeclarationError) {
    try checkTypeName(record.name)
    var names: Set<String> = []
    for field in record.fields where !names.insert(field.name).inserted {
      throw DeclarationError(record.name, "the field `\(field.name)` is there twice")
    }
    typeNames[record.name] = .message(record.name)
    records.append(record)
    forgetLayout()
  }

  /// Declares a function, or another signature of one.
  ///
  /// - Parameters:
  ///   - signature: `function name(type, …) -> type`, or `method type.name(type, …) -> type` for one that is called on its
  ///     first argument. A single capital letter is a type parameter: `function first(list(A)) -> A`.
  ///   - isPure: Whether it gives the same for the same arguments always, so that a call with constants is computed once,
  ///     when the expression is compiled.
  ///   - body: What a call does with its arguments, whose types are those of the signature, the receiver of a method
  ///     first. What it throws is the evaluation's error; it may be called on any thread.
  /// - Throws: `DeclarationError` for what is no signature, and for one that evaluation could not tell from another.
  public mutating func declare(
    function signature: String, isPure: Bool = false, _ body: @escaping @Sendable ([CELValue]) throws -> CELValue
  ) throws(DeclarationError) {
    try declare(try overload(signature), signature, isPure, body)
  }

  /// Declares a function of Swift's own types: `{ (text: String, count: Int) in … }`.
  ///
  /// - Parameters:
  ///   - signature: As of `declare(function:isPure:_:)`.
  ///   - isPure: Whether it gives the same for the same arguments always.
  ///   - body: What a call does; a parameter for each of the signature's, the receiver of a method first.
  /// - Throws: `DeclarationError`, also for a closure with another number of parameters.
  public mutating func declare<each Argument: CELConvertible, Result: CELConvertible>(
    function signature: String, isPure: Bool = false,
    _ body: @escaping @Sendable (repeat each Argument) throws -> Result
  ) throws(DeclarationError) {
    let overload = try overload(signature)
    var count = 0
    for _ in repeat (each Argument).self { count += 1 }
    guard count == overload.parameters.count else {
      throw DeclarationError(
        signature, "the signature has \(overload.parameters.count) parameters, and the closure \(count)")
    }
    try declare(overload, signature, isPure) { arguments in
      var reader = ArgumentReader(arguments, overload)
      return try body(repeat try reader.next((each Argument).self)).celValue
    }
  }

  /// The type that a text spells, among them the types that were declared.
  ///
  /// - Throws: `DeclarationError` for what is no type.
  public func type(_ text: String) throws(DeclarationError) -> CELType {
    do throws(Signature.Fault) { return try Signature.type(text, declared: typeNames) } catch {
      throw DeclarationError(text, error)
    }
  }
}

/// Hands the arguments of a call to a closure's parameters.
private struct ArgumentReader {
  let arguments: [CELValue]
  let overload: Overload
  var index = 0

  init(_ arguments: [CELValue], _ overload: Overload) {
    self.arguments = arguments
    self.overload = overload
  }

  mutating func next<Argument: CELConvertible>(_ type: Argument.Type) throws -> Argument {
    defer { index += 1 }
    guard arguments.indices.contains(index), let argument = Argument(celValue: arguments[index]) else {
      throw EvaluationError.invalidArgument("argument \(index + 1) of `\(overload)` is out of the range of `\(type)`")
    }
    return argument
  }
}
