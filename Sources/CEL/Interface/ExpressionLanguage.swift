internal import Diagnostics

/// What expressions may say: CEL with all of its libraries, and what a program adds to it.
///
/// ```swift
/// var language = ExpressionLanguage()
/// try language.declare(variable: "user", type: "map(string, dyn)")
/// try language.declare(function: "method string.shout() -> string") { (text: String) in text.uppercased() }
/// let expression = try language.compile("user.name.shout() == 'ANN'")
/// try expression.evaluate(["user": ["name": "Ann"]])  // .bool(true)
/// ```
///
/// A language is a value: copies are independent, and what is declared later changes nothing that is compiled already.
public struct ExpressionLanguage: Sendable {
  /// The namespace in which names are looked up first: in `acme.auth`, `User` is `acme.auth.User`, else `acme.User`, else
  /// `User`.
  public var container = "" {
    didSet { forgetLayout() }
  }

  /// Whether `and`, `or` and `not` are operators, as they are in policies; in CEL they are names.
  public var hasWordOperators = false {
    didSet { forgetLayout() }
  }

  /// Whether members that the maps among the variables' values lack read as null, as they do in policies; in CEL they are
  /// errors.
  ///
  /// Maps that an expression makes are not concerned.
  public var readsAbsentAsNull = false {
    didSet { forgetLayout() }
  }

  /// Whether parts without variables that always fail, and texts that are no patterns, times or time zones, are errors of
  /// the compilation, as they are in policies; in CEL they are errors of the evaluations that come to them.
  public var rejectsConstantErrors = false {
    didSet { forgetLayout() }
  }

  var variables: [VariableDeclaration] = []
  var functions: [HostFunction] = []
  var records: [RecordType] = []
  var constants: [ConstantDeclaration] = []
  /// What names of types in declarations stand for, beside CEL's own.
  var typeNames: [String: CELType] = [:]
  /// The declarations laid out for checking, once an expression needs them.
  private var layout = LazyLanguageLayout()

  /// The standard library and all extension libraries; no variables.
  public init() {}

  /// Everything laid out for checking and evaluating.
  var currentLayout: LanguageLayout { layout.layout { LanguageLayout(self) } }

  mutating func forgetLayout() { layout = LazyLanguageLayout() }

  /// Makes an expression ready for evaluation.
  ///
  /// - Parameters:
  ///   - text: The expression.
  ///   - isChecked: Whether names and types are checked. Unchecked expressions need only be readable: what has no meaning
  ///     fails when it is evaluated.
  ///   - expectsBool: Whether the whole must be a `bool`, as a condition must.
  /// - Returns: The expression, which any number of threads may evaluate at once.
  /// - Throws: `CompilationError` with all errors of the text.
  public func compile(
    _ text: String, isChecked: Bool = true, expectsBool: Bool = false
  ) throws(CompilationError) -> CompiledExpression {
    try CompiledExpression(text, currentLayout, isChecked: isChecked, expectsBool: expectsBool)
  }

  /// Values of variables, converted once for any number of evaluations.
  ///
  /// - Parameter values: The variables that have values; those without are errors where they are used.
  /// - Returns: The values, for expressions of this language.
  /// - Throws: `EvaluationError` for variables that are not declared, and for values that are not of their types.
  public func values(_ values: [String: CELValue]) throws(EvaluationError) -> VariableValues {
    try VariableValues(values, currentLayout)
  }
}
