internal import Source

/// Makes programs out of checked trees; kept and reused, so that making one allocates little more than the program.
///
/// The walk has a stack of its own: chains may be of any length. A value goes to the register that the walk was asked to
/// put it into, or stays where it is when it is a constant, a variable or a loop's variable; temporary values of what
/// is inside stand in higher registers.
package struct ProgramBuilder {
  var code = Stack<Instruction>()
  var regions = Stack<Program.Region>()
  var variableSlots = Stack<UInt32>()
  var constants = Stack<Value>()
  var keys = Stack<Program.MemberKey>()
  var paths = Stack<UInt32>()
  var callSites = Stack<Program.CallSite>()
  var messageSites: [Program.MessageSite] = []
  var patterns = Stack<Value>()
  var constantErrors: [Program.ConstantError] = []
  /// Where constants lie, and what computes them.
  var context: EvaluationContext
  var functions: FunctionTable
  var records: RecordLayouts
  var temporaryCount = 1
  var builderCount = 0
  /// The builders in use where the walk is.
  var openBuilders = 0

  /// What is still to be done, the next last.
  var tasks = Stack<Task>()
  /// Where the values are of what was done last.
  var operands = Stack<Operand>()
  /// The macros' variables in scope.
  var locals: [(name: NameID, operand: Operand)] = []
  /// The innermost region; -1 for none.
  var region: Int32 = -1
  /// The content of the tree's literals and names, copied.
  var literals = Value(.bytes)
  var names = Value(.bytes)
  /// The key of each name of the tree; `max` for one that is none so far.
  var keyOfName = Stack<UInt32>()
  /// The expression whose instructions are added.
  var expression: UInt32 = 0
  /// The constants of the literals `null`, `false`, `true`, once they are needed.
  var simpleConstants: (null: Operand?, no: Operand?, yes: Operand?)

  /// A register; or a constant or a variable, whose registers are known when the program is finished.
  struct Operand: Equatable {
    var rawValue: UInt32

    static let constantBit: UInt32 = 1 << 31
    static let variableBit: UInt32 = 1 << 30
    static let indexMask: UInt32 = variableBit - 1

    static func register(_ index: UInt32) -> Operand { Operand(rawValue: index) }
    static func constant(_ index: Int) -> Operand {
      Operand(rawValue: constantBit | UInt32(truncatingIfNeeded: index) & indexMask)
    }
    static func variable(_ index: Int) -> Operand {
      Operand(rawValue: variableBit | UInt32(truncatingIfNeeded: index) & indexMask)
    }

    var isConstant: Bool { rawValue & Self.constantBit != 0 }
    var index: Int { Int(rawValue & Self.indexMask) }
  }

  /// A step of the walk.
  struct Task {
    enum Step: UInt8 {
      /// The expression has not been looked at.
      case visit
      /// Its operands have values.
      case leave
      /// An operand of a chain has a value: `count` says how many have.
      case chain
      /// The parts of a conditional, of `or` and `orValue`.
      case condition, consequence, alternative, fallback
      /// An element of a list, a key, a value, a field.
      case element, key, value, field
      /// The parts of a loop.
      case binding, body, loopStart, loopRange, loopStep, loopSelected, loopResult
      /// An element of `cel.block`.
      case block
    }

    var step: Step
    var id: UInt32
    var target: UInt32
    /// How many parts are done.
    var count: UInt32 = 0
    /// The place of an instruction: the last of those whose jumps are to lead behind this, or a loop's start.
    var jump: UInt32 = .max
    var start: UInt32 = 0
    /// The region around the part that is being done.
    var outerRegion: Int32 = -1
  }

  package init() {
    context = EvaluationContext(budget: .constants)
    functions = FunctionTable.standard.functions
    records = .standard
  }

  /// Makes the program of the tree that was checked last.
  ///
  /// - Parameters:
  ///   - tree: The tree.
  ///   - checker: The checker, which knows what its names refer to. Its faults do not matter: what has no meaning fails
  ///     when it is evaluated.
  ///   - root: The part that is wanted; `nil` is the whole. A part of a loop must not use the loop's variables.
  /// - Returns: The program.
  package mutating func program(
    _ tree: SyntaxTree, _ checker: inout Checker, root: ExpressionID? = nil
  ) -> Program {
    let root = (root ?? tree.root).rawValue
    reset(tree, &checker)
    tasks.append(Task(step: .visit, id: root, target: 0))
    while let task = tasks.popLast() {
      expression = task.id
      perform(task, tree, &checker)
    }
    let result = operands.popLast() ?? .register(0)
    expression = root
    emit(Instruction(.end, first: result.rawValue))
    finish()
    return Program(&self)
  }

  private mutating func reset(_ tree: SyntaxTree, _ checker: inout Checker) {
    code.removeAll()
    regions.removeAll()
    variableSlots.removeAll()
    constants.removeAll()
    keys.removeAll()
    paths.removeAll()
    callSites.removeAll()
    if !messageSites.isEmpty { messageSites.removeAll() }
    patterns.removeAll()
    if !constantErrors.isEmpty { constantErrors.removeAll() }
    tasks.removeAll()
    operands.removeAll()
    if !locals.isEmpty { locals.removeAll(keepingCapacity: true) }
    simpleConstants = (nil, nil, nil)
    context.begin(
      Arena(
        byteLimit: EvaluationBudget.constants.bytes,
        firstChunkSize: 512 + tree.nodes.count * 32 + tree.literalBytes.count + tree.nameBytes.count))
    if functions !== checker.functions { functions = checker.functions }
    if records !== checker.environment.records { records = checker.environment.records }
    temporaryCount = 1
    builderCount = 0
    openBuilders = 0
    region = -1
    // Two megabytes at most, as the expression itself: no limit is near.
    literals = copied(tree.literalBytes)
    names = copied(tree.nameBytes)
    keyOfName.removeAll()
    keyOfName.append(repeating: .max, count: tree.names.count)
  }

  private func copied(_ bytes: [UInt8]) -> Value {
    unsafe bytes.withUnsafeBufferPointer {
      let view = ByteView(address: UInt64(UInt(bitPattern: $0.baseAddress)), count: $0.count)
      return (try? context.arena.text(.bytes, view)) ?? Value(.bytes)
    }
  }

  /// Gives constants and variables their registers.
  private mutating func finish() {
    let variableBase = UInt32(truncatingIfNeeded: temporaryCount)
    let constantBase = variableBase + UInt32(truncatingIfNeeded: variableSlots.count)
    func register(_ raw: UInt32) -> UInt32 {
      if raw < Operand.variableBit { return raw }
      return (raw & Operand.indexMask) + (raw & Operand.constantBit != 0 ? constantBase : variableBase)
    }
    let code = unsafe code.buffer
    for index in code.indices {
      let (first, second) = unsafe (code[index].first, code[index].second)
      if (first | second) >= Operand.variableBit {
        unsafe code[index].first = register(first)
        unsafe code[index].second = register(second)
      }
    }
  }
}

extension EvaluationBudget {
  /// What computing the constants of one program may take.
  static let constants = EvaluationBudget(steps: 1_000_000, iterations: 0, bytes: 64 << 20)
}

// MARK: - Adding instructions

extension ProgramBuilder {
  /// The place of the next instruction.
  var next: UInt32 { UInt32(truncatingIfNeeded: code.count) }

  @inline(__always)
  mutating func emit(_ instruction: Instruction) {
    var instruction = instruction
    instruction.expression = expression
    code.append(instruction)
    let top = Int(instruction.target) + 4
    if top > temporaryCount { temporaryCount = top }
  }

  /// Gives an instruction the place that it jumps to.
  func setSecond(of place: UInt32, to target: UInt32) {
    var instruction = code[Int(place)]
    instruction.second = target
    code[Int(place)] = instruction
  }

  /// Puts a value into a register, unless it is there.
  mutating func move(_ operand: Operand, to target: UInt32) {
    if operand != .register(target) { emit(Instruction(.move, target: target, first: operand.rawValue)) }
  }

  mutating func constant(_ value: Value) -> Operand {
    constants.append(value)
    return .constant(constants.count - 1)
  }

  mutating func nullConstant() -> Operand {
    if let known = simpleConstants.null { return known }
    let operand = constant(.null)
    simpleConstants.null = operand
    return operand
  }

  mutating func boolConstant(_ value: Bool) -> Operand {
    if let known = value ? simpleConstants.yes : simpleConstants.no { return known }
    let operand = constant(.bool(value))
    if value { simpleConstants.yes = operand } else { simpleConstants.no = operand }
    return operand
  }

  mutating func variable(slot: Int) -> Operand {
    let slot = UInt32(truncatingIfNeeded: slot)
    for index in variableSlots.indices where variableSlots[index] == slot { return .variable(index) }
    variableSlots.append(slot)
    return .variable(variableSlots.count - 1)
  }

  /// The key of a member's name; each name of the tree has one.
  mutating func key(_ name: UInt32, _ tree: SyntaxTree) -> UInt32 {
    let known = keyOfName[Int(name)]
    if known != .max { return known }
    let text = names.slice(tree.names[Int(name)].range)
    keys.append(Program.MemberKey(name: Value(.string, text.bytes), hash: ValueHash.of(text.bytes)))
    let key = UInt32(truncatingIfNeeded: keys.count - 1)
    keyOfName[Int(name)] = key
    return key
  }

  /// Opens a region: errors of the instructions that follow become values.
  ///
  /// - Returns: The region around it, for `closeRegion`.
  mutating func openRegion(register: UInt32) -> Int32 {
    let outer = region
    regions.append(Program.Region(start: next, landing: 0, register: register, outer: outer))
    region = Int32(truncatingIfNeeded: regions.count - 1)
    return outer
  }

  /// Closes the innermost region, whose errors go on at the next instruction.
  mutating func closeRegion(outer: Int32) {
    if region >= 0 {
      var closed = regions[Int(region)]
      closed.landing = next
      regions[Int(region)] = closed
    }
    region = outer
  }

  /// Lets a chain of jumps lead to the next instruction: each one's `second` is the one before.
  mutating func land(_ jump: UInt32) {
    var jump = jump
    while jump != .max {
      let previous = code[Int(jump)].second
      setSecond(of: jump, to: next)
      jump = previous
    }
  }

  /// Computes what has only constants; what fails is left to the evaluation, which may never come to it.
  mutating func folded(_ compute: (EvaluationContext) throws(EvaluationError) -> Value) -> Operand? {
    do throws(EvaluationError) { return constant(try compute(context)) } catch {
      if error.kind != .limit {
        constantErrors.append(Program.ConstantError(expression: ExpressionID(rawValue: expression), error: error))
      }
      return nil
    }
  }
}
