internal import RegularExpressions

/// A checked expression made ready for evaluation: names are registers, constants are computed.
///
/// Immutable, and safe to evaluate from any number of threads at once.
@safe
package final class Program: @unchecked Sendable {
  // INVARIANT: nothing changes after `init`; all buffers, and the values of `constants`, lie in `arena`.
  let code: UnsafeBufferPointer<Instruction>
  private let regions: UnsafeBufferPointer<Region>
  /// The registers of variables and constants stand behind those of temporary values, in this order.
  let temporaryCount: Int
  let variableSlots: UnsafeBufferPointer<UInt32>
  let constants: UnsafeBufferPointer<Value>
  let keys: UnsafeBufferPointer<MemberKey>
  /// The paths of `selectPath`: the length, then the places of the keys.
  let paths: UnsafeBufferPointer<UInt32>
  let callSites: UnsafeBufferPointer<CallSite>
  let messageSites: [MessageSite]
  /// The patterns of `matches` that are constants, and what they become at the first match.
  private let patterns: UnsafeBufferPointer<Value>
  private let regularExpressions: LazyRegularExpressions?
  let builderCount: Int
  /// Parts without variables that always fail.
  package let constantErrors: [ConstantError]
  private let arena: Arena
  /// What the call sites name.
  let functions: FunctionTable
  let records: RecordLayouts

  /// Code whose errors become values: an operand of `&&` or `||`, the value of a `cel.bind`.
  struct Region: BitwiseCopyable {
    /// The code: up to the place where it goes on.
    var start: UInt32
    var landing: UInt32
    /// The register that the error goes to.
    var register: UInt32
    /// The region around it; -1 where there is none.
    var outer: Int32
  }

  /// The name of a member, with its hash.
  struct MemberKey: BitwiseCopyable {
    let name: Value
    let hash: UInt32
  }

  /// A call of a function.
  struct CallSite: BitwiseCopyable {
    /// The function's overloads: the first, and the one behind the last.
    let start: UInt32
    let end: UInt32
    let argumentCount: UInt32
    /// Whether those called on a receiver are meant.
    let isMember: Bool

    var candidates: Range<Int> { Int(start)..<Int(end) }
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

  init(_ builder: inout ProgramBuilder) {
    arena = builder.context.arena
    functions = builder.functions
    records = builder.records
    temporaryCount = builder.temporaryCount
    messageSites = builder.messageSites
    regularExpressions = builder.patterns.isEmpty ? nil : LazyRegularExpressions()
    builderCount = builder.builderCount
    constantErrors = builder.constantErrors
    do throws(EvaluationError) {
      unsafe code = try arena.copy(builder.code)
      unsafe regions = try arena.copy(builder.regions)
      unsafe variableSlots = try arena.copy(builder.variableSlots)
      unsafe constants = try arena.copy(builder.constants)
      unsafe keys = try arena.copy(builder.keys)
      unsafe paths = try arena.copy(builder.paths)
      unsafe callSites = try arena.copy(builder.callSites)
      unsafe patterns = try arena.copy(builder.patterns)
    } catch {
      // The arena's limit is many times what the longest expression needs.
      preconditionFailure("a program does not fit into its arena")
    }
  }

  var registerCount: Int { unsafe temporaryCount + variableSlots.count + constants.count }

  /// Whether a text matches one of the patterns.
  func matches(_ text: ByteView, pattern: Int) throws(EvaluationError) -> Bool {
    guard let regularExpressions else { throw EvaluationError(.noOverload) }
    do throws(LazyRegularExpressions.Failure) {
      return try unsafe regularExpressions.matches(pattern, text.buffer) {
        unsafe patterns.map { Array($0.bytes) }
      }
    } catch {
      switch error {
      case .fault(let fault): throw .invalidPattern(unsafe patterns[pattern].bytes, fault)
      case .tooComplex: throw EvaluationError(.tooComplex)
      }
    }
  }

  /// The innermost region around an instruction.
  func region(at place: Int) -> Region? {
    // Regions are in the order of their starts: the last that starts no later is the one, or lies in it.
    var low = 0
    var high = unsafe regions.count
    while low < high {
      let middle = (low + high) / 2
      if unsafe Int(regions[middle].start) <= place { low = middle + 1 } else { high = middle }
    }
    var index = low - 1
    while index >= 0 {
      let region = unsafe regions[index]
      if place < Int(region.landing) { return region }
      index = Int(region.outer)
    }
    return nil
  }
}
