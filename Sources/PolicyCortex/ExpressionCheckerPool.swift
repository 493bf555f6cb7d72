import CEL
import PolicyModel
import Source

/// Checkers between two policies: to make one takes longer than to check a small policy.
///
/// Those of policies with variables are not kept, since others have other names.
final class ExpressionCheckerPool: Sendable {
  /// By the resource types that they check against.
  private let idle = Guarded<[[String?]: [ExpressionChecker]]>([:])

  /// More than these wait for no policy: a server meets many types.
  private static let idleLimit = 32

  /// A checker for the expressions of a policy, as a new one would be; see `ExpressionChecker.init`.
  func checker(
    variableNames: [String], _ readings: [InputTypes.Reading], _ catalogue: ResourceTypeCatalogue?, clock: Timestamp
  ) -> ExpressionChecker {
    if variableNames.isEmpty,
      var known = idle.withLock({ $0[readings.map(\.resourceType)]?.popLast() })
    {
      known.reset(clock: clock)
      return known
    }
    return ExpressionChecker(variableNames: variableNames, readings, catalogue, clock: clock)
  }

  /// Keeps the checker of a policy without variables that has been checked.
  func takeBack(_ checker: ExpressionChecker, _ readings: [InputTypes.Reading]) {
    idle.withLock { idle in
      if idle.reduce(0, { $0 + $1.value.count }) >= Self.idleLimit { idle = [:] }
      idle[readings.map(\.resourceType), default: []].append(checker)
    }
  }
}
