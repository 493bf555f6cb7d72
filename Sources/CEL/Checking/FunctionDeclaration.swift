/// A function and its signatures.
package struct FunctionDeclaration: Sendable {
  package let name: String
  package var overloads: [Overload]
  /// What each overload does, one for one; `nil` for one that is only declared.
  var implementations: [LibraryFunction.Implementation?]

  /// Declares a function that does nothing yet: conditions that call it can be checked, but not evaluated.
  package init(_ name: String, _ overloads: [Overload]) {
    self.name = name
    self.overloads = overloads
    implementations = overloads.map { _ in nil }
  }

  /// Declares a function with one signature, and what it does.
  package init(_ overload: Overload, _ implementation: @escaping LibraryFunction.Implementation) {
    name = overload.name
    overloads = [overload]
    implementations = [implementation]
  }

  init(_ function: LibraryFunction) {
    name = function.overload.name
    overloads = [function.overload]
    implementations = [function.implementation]
  }

  /// Groups declarations by their names, in the order of each name's first.
  static func grouped(_ declarations: some Sequence<FunctionDeclaration>) -> [FunctionDeclaration] {
    var functions: [FunctionDeclaration] = []
    var places: [String: Int] = [:]
    for declaration in declarations {
      if let place = places[declaration.name] {
        functions[place].overloads += declaration.overloads
        functions[place].implementations += declaration.implementations
      } else {
        places[declaration.name] = functions.count
        functions.append(declaration)
      }
    }
    return functions
  }
}
