/// A value that conditions hand from function to function without looking into it, such as `net.IP`.
public protocol OpaqueValue: CELConvertible, Sendable {
  /// The name of its type, as signatures spell it: `net.IP`.
  var typeName: String { get }

  /// Whether two values are equal, as `==` in a condition says.
  func isEqual(to other: any OpaqueValue) -> Bool
}

/// An opaque value where an arena keeps it.
@safe
final class OpaqueBox {
  let value: any OpaqueValue

  init(_ value: any OpaqueValue) { self.value = value }

  var address: UInt64 { UInt64(UInt(bitPattern: unsafe Unmanaged.passUnretained(self).toOpaque())) }

  /// The box at an address.
  static func at(_ address: UInt64) -> OpaqueBox {
    guard let pointer = unsafe UnsafeRawPointer(bitPattern: UInt(address)) else { fatalError("no opaque value") }
    return unsafe Unmanaged<OpaqueBox>.fromOpaque(pointer).takeUnretainedValue()
  }
}
