internal import Synchronization

/// An object that is made when it is first needed, and kept.
///
/// Threads that come first at once may each make one; the first to be done is kept. To read it takes no lock and counts no
/// reference, which would make many threads write to one place at every match.
struct LazyReference<Object: AnyObject & Sendable>: ~Copyable, Sendable {
  /// The object's address, which counts as one reference to it; 0 before it is made.
  private let address = Atomic<UInt>(0)

  init() {}

  deinit {
    if let object = unsafe UnsafeRawPointer(bitPattern: address.load(ordering: .acquiring)) {
      unsafe Unmanaged<Object>.fromOpaque(object).release()
    }
  }

  /// Calls a function with the object.
  ///
  /// - Parameters:
  ///   - make: Makes the object, if it is not there yet.
  ///   - body: What needs it.
  /// - Returns: What the function returns.
  @inline(__always)
  func with<Result>(_ make: () -> Object, _ body: (Object) -> Result) -> Result {
    let known = address.load(ordering: .acquiring)
    let bits = known != 0 ? known : store(make())
    // `store` gives no null address.
    guard let pointer = unsafe UnsafeRawPointer(bitPattern: bits) else { return body(make()) }
    // SAFETY: the object lives as long as this reference, which the caller has while this runs.
    return unsafe Unmanaged<Object>.fromOpaque(pointer)._withUnsafeGuaranteedRef(body)
  }

  private func store(_ object: Object) -> UInt {
    let made = unsafe Unmanaged.passRetained(object)
    let bits = unsafe UInt(bitPattern: made.toOpaque())
    let (isFirst, earlier) = address.compareExchange(expected: 0, desired: bits, ordering: .acquiringAndReleasing)
    if isFirst { return bits }
    unsafe made.release()
    return earlier
  }
}
