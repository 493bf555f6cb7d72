/// A function and its signatures.
package struct FunctionDeclaration: Sendable {
  package let name: String
  package var overloads: [Overload]

  package init(_ name: String, _ overloads: [Overload]) {
    self.name = name
    self.overloads = overloads
  }

  /// Groups overloads by their names, in the order of each name's first.
  static func grouped(_ overloads: [Overload]) -> [FunctionDeclaration] {
    var functions: [FunctionDeclaration] = []
    var places: [String: Int] = [:]
    for overload in overloads {
      if let place = places[overload.name] {
        functions[place].overloads.append(overload)
      } else {
        places[overload.name] = functions.count
        functions.append(FunctionDeclaration(overload.name, [overload]))
      }
    }
    return functions
  }
}
