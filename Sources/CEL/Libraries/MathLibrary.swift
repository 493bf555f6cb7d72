/// The math extension (cel-go, `ext/math.go`).
enum MathLibrary {
  static let functions = signatures.map { LibraryFunction(unimplemented: $0) }

  static let signatures =
    [
      "function math.abs(double) -> double",
      "function math.abs(int) -> int",
      "function math.abs(uint) -> uint",
      "function math.bitAnd(int, int) -> int",
      "function math.bitAnd(uint, uint) -> uint",
      "function math.bitNot(int) -> int",
      "function math.bitNot(uint) -> uint",
      "function math.bitOr(int, int) -> int",
      "function math.bitOr(uint, uint) -> uint",
      "function math.bitShiftLeft(int, int) -> int",
      "function math.bitShiftLeft(uint, int) -> uint",
      "function math.bitShiftRight(int, int) -> int",
      "function math.bitShiftRight(uint, int) -> uint",
      "function math.bitXor(int, int) -> int",
      "function math.bitXor(uint, uint) -> uint",
      "function math.ceil(double) -> double",
      "function math.floor(double) -> double",
      "function math.isFinite(double) -> bool",
      "function math.isInf(double) -> bool",
      "function math.isNaN(double) -> bool",
      "function math.round(double) -> double",
      "function math.sign(double) -> double",
      "function math.sign(int) -> int",
      "function math.sign(uint) -> uint",
      "function math.sqrt(double) -> double",
      "function math.sqrt(int) -> double",
      "function math.sqrt(uint) -> double",
      "function math.trunc(double) -> double",
    ] + extremes("math.greatest") + extremes("math.least")

  /// One number, any two of them, or a list; the checker takes more than two for a list of them, as cel-go's macro does.
  private static func extremes(_ name: String) -> [String] {
    var signatures: [String] = []
    let numbers = ["int", "uint", "double"]
    for number in numbers { signatures.append("function \(name)(\(number)) -> \(number)") }
    for number in numbers { signatures.append("function \(name)(list(\(number))) -> \(number)") }
    for left in numbers {
      for right in numbers {
        signatures.append("function \(name)(\(left), \(right)) -> \(left == right ? left : "dyn")")
      }
    }
    return signatures
  }
}
