internal import Diagnostics

/// The values of variables, converted once for any number of evaluations and threads.
public struct VariableValues: Sendable {
  let activation: Activation
  /// What the values were converted for; records among them point into it.
  let layout: LanguageLayout

  init(_ values: [String: CELValue], _ layout: LanguageLayout) throws(EvaluationError) {
    self.layout = layout
    activation = Activation(layout.environment)
    for (name, value) in values {
      guard let place = layout.places[name] else {
        let suggestion = closestName(to: name, among: layout.environment.variables.map(\.name))
        throw EvaluationError(
          .unboundVariable,
          "no variable `\(name)` is declared" + (suggestion.map { "; did you mean `\($0)`?" } ?? ""))
      }
      let type = layout.environment.variables[place].type
      guard value.conforms(to: type) else {
        throw .invalidArgument("`\(name)` is declared as `\(type)`, and its value is `\(value.type)`")
      }
      do throws(EvaluationError) {
        activation.set(
          place,
          to: try activation.arena.value(
            value, layout.environment.records, readsAbsentAsNull: layout.readsAbsentAsNull))
      } catch {
        throw EvaluationError(error.kind, "`\(name)`: \(error)")
      }
    }
  }
}
