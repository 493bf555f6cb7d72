/// What one evaluation may use; all of it ends in an evaluation error, never in a hang.
public struct EvaluationBudget: Sendable {
  /// How many steps: each turn of a loop counts as many as it has instructions, each function as many as it touches 64
  /// bytes or elements.
  public var steps: Int
  /// How many turns all loops may make together.
  public var iterations: Int
  /// How many bytes all values that are built may take together.
  public var bytes: Int

  /// Makes a budget; what is not said is the standard one's.
  public init(steps: Int = 100_000_000, iterations: Int = 10_000_000, bytes: Int = 256 << 20) {
    self.steps = steps
    self.iterations = iterations
    self.bytes = bytes
  }

  /// What conditions get unless somebody says otherwise.
  public static let standard = EvaluationBudget()
}
