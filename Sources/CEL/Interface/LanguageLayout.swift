internal import Diagnostics
internal import Synchronization

/// The declarations of a language as the checker and programs use them.
final class LanguageLayout: Sendable {
  let environment: Environment
  let parserOptions: ParserOptions
  let readsAbsentAsNull: Bool
  let rejectsConstantErrors: Bool
  /// Checkers that have met no expression yet, to be copied.
  let checker: Checker
  let references: ReferenceChecker
  /// The places of the variables by their names.
  let places: [String: Int]

  init(_ language: ExpressionLanguage) {
    // Functions may give records; the layouts that they make them with live as long as the functions.
    let records = language.records.isEmpty ? RecordLayouts.standard : RecordLayouts(language.records)
    environment = Environment(
      language.variables, functions: language.functions.map { $0.declaration(records) }, container: language.container,
      types: language.records, constants: language.constants)
    parserOptions = ParserOptions(wordOperators: language.hasWordOperators)
    readsAbsentAsNull = language.readsAbsentAsNull
    rejectsConstantErrors = language.rejectsConstantErrors
    checker = Checker(environment)
    references = ReferenceChecker(environment, rejectsBareNames: false)
    places = Dictionary(
      language.variables.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether values for one layout are values for the other: the variables that both have are the same.
  func sharesVariables(with other: LanguageLayout) -> Bool {
    self === other
      || readsAbsentAsNull == other.readsAbsentAsNull
        && zip(environment.variables, other.environment.variables).allSatisfy {
          $0.name == $1.name && $0.type == $1.type
        }
  }
}

/// A layout that is made when it is needed first; threads that come at once may each make one, and one is kept.
final class LazyLanguageLayout: Sendable {
  private let made = AtomicLazyReference<LanguageLayout>()

  func layout(_ make: () -> LanguageLayout) -> LanguageLayout { made.load() ?? made.storeIfNil(make()) }
}
