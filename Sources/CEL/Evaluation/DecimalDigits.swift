/// The decimal digits of a double's magnitude: 0.d₁d₂d₃… × 10^point.
struct DecimalDigits {
  /// Each 0 to 9, the first not 0; none for zero.
  private(set) var digits: [UInt8] = []
  /// How many digits stand before the decimal point; below zero, zeros follow the point.
  private(set) var point = 0

  /// The fewest digits that name the double and no other.
  init(shortest value: Double) {
    var isFraction = false
    var sawDigit = false
    var exponent = 0
    let text = Array(value.magnitude.description.utf8)
    var offset = 0
    while offset < text.count, text[offset] != 0x65 {
      let byte = text[offset]
      offset += 1
      if byte == 0x2E {
        isFraction = true
        continue
      }
      if !sawDigit, byte == 0x30 {
        if isFraction { point -= 1 }
        continue
      }
      sawDigit = true
      digits.append(byte &- 0x30)
      if !isFraction { point += 1 }
    }
    if offset + 2 < text.count {
      for byte in text[(offset + 2)...] { exponent = exponent * 10 + Int(byte &- 0x30) }
      point += text[offset + 1] == 0x2D ? -exponent : exponent
    }
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  /// All digits of the double's exact value, at most 767.
  init(exact value: Double) {
    // magnitude = significand × 2^exponent
    let isSubnormal = value.exponentBitPattern == 0
    let significand = value.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    let exponent = max(Int(value.exponentBitPattern), 1) - 1075
    if significand == 0 { return }
    // m × 2^-k is m × 5^k ÷ 10^k: the product is a whole number, and the point moves k digits.
    var number = WholeNumber(significand)
    if exponent >= 0 {
      number.multiply(by: 2, power: exponent)
    } else {
      number.multiply(by: 5, power: -exponent)
    }
    digits = number.digits
    point = digits.count + min(exponent, 0)
    while digits.last == 0 { digits.removeLast() }
  }

  /// Keeps so many digits, of which a tie takes the even one; below zero, nothing is left.
  mutating func round(to count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      return
    }
    let isTie = digits[count] == 5 && digits.count == count + 1
    let isOdd = count > 0 && digits[count - 1] % 2 == 1
    let roundsUp = isTie ? isOdd : digits[count] >= 5
    digits.removeLast(digits.count - count)
    if roundsUp {
      while digits.last == 9 { digits.removeLast() }
      if let last = digits.popLast() {
        digits.append(last + 1)
      } else {
        digits = [1]
        point += 1
      }
    }
    while digits.last == 0 { digits.removeLast() }
  }

  /// The digit so many places behind the first one; zeros go on for ever on both sides.
  subscript(place: Int) -> UInt8 { digits.indices.contains(place) ? digits[place] : 0 }
}

/// A whole number of any size.
private struct WholeNumber {
  /// In base 10^9, the least first.
  private var limbs: [UInt32]
  private static let base: UInt64 = 1_000_000_000

  init(_ value: UInt64) {
    limbs = [UInt32(value % WholeNumber.base), UInt32(value / WholeNumber.base)]
  }

  /// Multiplies by a power of 2 or 5.
  mutating func multiply(by factor: UInt64, power: Int) {
    // 2^29 and 5^12 are the greatest powers below the base.
    let step = factor == 2 ? 29 : 12
    var left = power
    while left > 0 {
      var scale: UInt64 = 1
      for _ in 0..<min(left, step) { scale *= factor }
      multiply(by: scale)
      left -= step
    }
  }

  private mutating func multiply(by scale: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = UInt64(limbs[index]) * scale + carry
      limbs[index] = UInt32(product % WholeNumber.base)
      carry = product / WholeNumber.base
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
  }

  /// Without leading zeros.
  var digits: [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(limbs.count * 9)
    for limb in limbs.reversed() {
      var scale: UInt32 = 100_000_000
      while scale > 0 {
        let digit = UInt8(limb / scale % 10)
        if digit != 0 || !digits.isEmpty { digits.append(digit) }
        scale /= 10
      }
    }
    return digits
  }
}
