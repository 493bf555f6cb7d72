internal import RegularExpressions

/// A checked expression made ready for evaluation: names are registers, constants are computed, patterns are read.
///
/// Immutable, and safe to evaluate from any number of threads at once.
package final class Program: @unchecked Sendable {
  // INVARIANT: nothing changes after `init`; the values of `constants` point into `arena`, which lives as long.
  let code: [Instruction]
  /// For each instruction, the expression that it computes, and the region that an error of it ends in.
  let places: [InstructionPlace]
  let regions: [Region]
  /// The registers of variables and constants stand behind those of temporary values, in this order.
  let temporaryCount: Int
  let variableSlots: [UInt32]
  let constants: [Value]
  let keys: [MemberKey]
  /// The paths of `selectPath`: the length, then the places of the keys.
  let paths: [UInt32]
  let callSites: [CallSite]
  let messageSites: [MessageSite]
  let patterns: [RegularExpression]
  let builderCount: Int
  /// Parts without variables that always fail.
  let constantErrors: [ConstantError]
  private let arena: Arena
  /// What the function tables of the environment hold, kept alive for the call sites.
  let functions: FunctionTable
  let records: RecordLayouts

  struct InstructionPlace: BitwiseCopyable {
    var expression: UInt32
    /// -1 where an error ends the program.
    var region: Int32
  }

  /// Code whose errors become values: an operand of `&&` or `||`, a loop's start.
  struct Region: BitwiseCopyable {
    /// Where it goes on.
    var landing: UInt32
    /// The register that the error goes to.
    var register: UInt32
  }

  /// The name of a member, with its hash.
  struct MemberKey: BitwiseCopyable {
    let name: Value
    let hash: UInt32
  }

  /// A call of a function.
  struct CallSite {
    /// The function's overloads.
    let candidates: Range<Int>
    /// Whether those called on a receiver are meant.
    let isMember: Bool
    let argumentCount: Int
  }

  /// The construction of a message.
  struct MessageSite {
    /// The name of the type as it is written.
    let typeName: String
    /// The place of the type among the environment's; `nil` for one that is not declared.
    let place: Int?
    /// The names of the fields, in the order of the builder's values.
    let fields: [String]
  }

  /// A part without variables that always fails.
  package struct ConstantError: Sendable {
    package let expression: ExpressionID
    package let error: EvaluationError
  }

  init(_ builder: borrowing ProgramBuilder) {
    code = builder.code
    places = builder.places
    regions = builder.regions
    temporaryCount = builder.temporaryCount
    variableSlots = builder.variableSlots
    constants = builder.constants
    keys = builder.keys
    paths = builder.paths
    callSites = builder.callSites
    messageSites = builder.messageSites
    patterns = builder.patterns
    builderCount = builder.builderCount
    constantErrors = builder.constantErrors
    arena = builder.context.arena
    functions = builder.functions
    records = builder.records
  }

  var registerCount: Int { temporaryCount + variableSlots.count + constants.count }
}
