/// The elements of a list, where they lie.
///
/// INVARIANT: as for `Value`. Indices are checked.
@safe
package struct ListView: RandomAccessCollection, BitwiseCopyable {
  @usableFromInline let address: UInt64
  package let count: Int

  @inlinable
  init(address: UInt64, count: Int) {
    self.address = address
    self.count = count
  }

  @inlinable package var startIndex: Int { 0 }
  @inlinable package var endIndex: Int { count }

  @inlinable package var buffer: UnsafeBufferPointer<Value> {
    unsafe UnsafeBufferPointer(start: UnsafePointer(bitPattern: UInt(address)), count: count)
  }

  @inlinable package subscript(index: Int) -> Value {
    precondition(index >= 0 && index < count)
    return unsafe buffer[index]
  }
}
