/// One signature of a function.
package struct Overload: Hashable, Sendable {
  /// The function's name, with its namespace: `size`, `math.abs`.
  package let name: String
  /// Whether it is called on its first parameter: `a.contains(b)`.
  package let isMember: Bool
  package let parameters: [CELType]
  package let result: CELType

  package init(_ name: String, isMember: Bool = false, _ parameters: [CELType], _ result: CELType) {
    self.name = name
    self.isMember = isMember
    self.parameters = parameters
    self.result = result
  }
}

extension Overload: CustomStringConvertible {
  /// The signature as it is declared and shown: `string.contains(string) -> bool`.
  package var description: String {
    let arguments = parameters.dropFirst(isMember ? 1 : 0).map(\.description).joined(separator: ", ")
    let receiver = isMember ? parameters.first.map { "\($0)." } ?? "" : ""
    return "\(receiver)\(name)(\(arguments)) -> \(result)"
  }
}
