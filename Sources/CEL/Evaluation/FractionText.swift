/// The fraction of a second as timestamps and durations write it: none, or 3, 6 or 9 digits behind a point.
///
/// As protobuf's JSON mapping and cel-cpp have it; cel-go writes no trailing zeros.
struct FractionText {
  /// Below 1,000,000,000.
  let nanoseconds: UInt32

  func write(to bytes: inout [UInt8]) {
    if nanoseconds == 0 { return }
    bytes.append(0x2E)
    if nanoseconds % 1_000_000 == 0 {
      FractionText.write(Int(nanoseconds / 1_000_000), digits: 3, to: &bytes)
    } else if nanoseconds % 1000 == 0 {
      FractionText.write(Int(nanoseconds / 1000), digits: 6, to: &bytes)
    } else {
      FractionText.write(Int(nanoseconds), digits: 9, to: &bytes)
    }
  }

  /// Writes a number that is not negative with leading zeros to a width.
  static func write(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
    var scale = 1
    for _ in 1..<digits { scale *= 10 }
    while scale > 0 {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: number / scale % 10))
      scale /= 10
    }
  }
}
