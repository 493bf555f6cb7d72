/// A type in a `TypeTable`: equal types have equal ids.
///
/// Besides the table's types there are type variables, which stand for one type that is still to be found, and the type
/// parameters of declarations, which stand for a fresh variable in each call.
struct TypeID: Hashable, Sendable {
  let rawValue: UInt32

  init(rawValue: UInt32) { self.rawValue = rawValue }

  init(_ kind: TypeKind) { rawValue = UInt32(kind.rawValue) }

  private static let variableBit: UInt32 = 1 << 31
  private static let parameterBit: UInt32 = 1 << 30
  private static let flexibleBit: UInt32 = 1 << 29
  private static let indexMask: UInt32 = flexibleBit - 1

  /// A type variable.
  ///
  /// - Parameters:
  ///   - index: The place among the variables.
  ///   - isFlexible: Whether it comes from an empty literal, whose elements may be of any type: it turns `dyn` where two
  ///     types meet in it that do not agree.
  /// - Returns: The variable.
  static func variable(_ index: Int, isFlexible: Bool = false) -> TypeID {
    TypeID(rawValue: variableBit | (isFlexible ? flexibleBit : 0) | (UInt32(truncatingIfNeeded: index) & indexMask))
  }

  /// A declaration's type parameter, by its place among them.
  static func parameter(_ index: Int) -> TypeID {
    TypeID(rawValue: parameterBit | (UInt32(truncatingIfNeeded: index) & indexMask))
  }

  var isVariable: Bool { rawValue & Self.variableBit != 0 }
  var isParameter: Bool { rawValue & Self.parameterBit != 0 }
  var isFlexible: Bool { rawValue & Self.flexibleBit != 0 }
  /// Whether it is neither variable nor parameter.
  var isInTable: Bool { rawValue & (Self.variableBit | Self.parameterBit) == 0 }
  /// The place among the variables, the parameters or the table's entries.
  var index: Int { Int(rawValue & Self.indexMask) }

  static let error = TypeID(.error)
  static let dyn = TypeID(.dyn)
  static let null = TypeID(.null)
  static let bool = TypeID(.bool)
  static let int = TypeID(.int)
  static let uint = TypeID(.uint)
  static let double = TypeID(.double)
  static let string = TypeID(.string)
  static let bytes = TypeID(.bytes)
  static let timestamp = TypeID(.timestamp)
  static let duration = TypeID(.duration)
  /// No type: a node that is still to be checked, a variable that is still to be found.
  static let unknown = TypeID(rawValue: indexMask)

  /// Whether it fits everywhere, by being unknown before evaluation or reported already.
  var isWildcard: Bool { rawValue <= UInt32(TypeKind.any.rawValue) }
}

/// What a type of the table is.
///
/// INVARIANT: those before `list` have no parts, and their raw value is their id, but where they are of an attribute.
enum TypeKind: UInt8 {
  case error, dyn, any
  case null, bool, int, uint, double, string, bytes, timestamp, duration
  case boolWrapper, intWrapper, uintWrapper, doubleWrapper, stringWrapper, bytesWrapper
  case list, map, type, abstract, message

  /// The primitive type that a wrapper holds; the kind itself for all others.
  var unwrapped: TypeKind {
    switch self {
    case .boolWrapper: .bool
    case .intWrapper: .int
    case .uintWrapper: .uint
    case .doubleWrapper: .double
    case .stringWrapper: .string
    case .bytesWrapper: .bytes
    case .error, .dyn, .any, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .list, .map,
      .type, .abstract, .message:
      self
    }
  }

  var isWrapper: Bool { unwrapped != self }

  /// Whether null is a value of the type (cel-go, `internalIsAssignableNull`).
  var admitsNull: Bool {
    switch self {
    case .error, .dyn, .any, .null, .timestamp, .duration, .boolWrapper, .intWrapper, .uintWrapper, .doubleWrapper,
      .stringWrapper, .bytesWrapper, .abstract, .message:
      true
    case .bool, .int, .uint, .double, .string, .bytes, .list, .map, .type: false
    }
  }

  var isNumber: Bool {
    switch unwrapped {
    case .int, .uint, .double: true
    case .error, .dyn, .any, .null, .bool, .string, .bytes, .timestamp, .duration, .boolWrapper, .intWrapper,
      .uintWrapper, .doubleWrapper, .stringWrapper, .bytesWrapper, .list, .map, .type, .abstract, .message:
      false
    }
  }
}
