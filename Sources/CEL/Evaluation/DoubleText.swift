/// A double as CEL writes it, whatever the locale.
package struct DoubleText {
  private let value: Double

  package init(_ value: Double) { self.value = value }

  /// What `string(double)` gives: the fewest digits that read back as the same double, with an exponent below 10^-4 and
  /// from 10^6 on unless the digits reach to the point; `NaN`, `+Inf`, `-Inf`.
  ///
  /// It is Go's `%g`: `1`, `123456`, `1e+06`, `1.5e-05`, `-0`. cel-cpp writes the infinities `inf` and `-inf`.
  package func writeShortest(to bytes: inout [UInt8]) {
    if !value.isFinite {
      bytes += (value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf").utf8
      return
    }
    let decimal = DecimalDigits(shortest: value)
    if value.sign == .minus { bytes.append(0x2D) }
    if !decimal.digits.isEmpty, decimal.point < -3 || decimal.point > 6 {
      writeScientific(decimal, max(decimal.digits.count - 1, 0), to: &bytes)
    } else {
      writeFixed(decimal, max(decimal.digits.count - decimal.point, 0), to: &bytes)
    }
  }

  /// The fewest digits that read back as the same double, without an exponent; what `format` writes for `%s` and `%d`.
  package func writePositional(to bytes: inout [UInt8]) {
    if writeNotFinite(to: &bytes) { return }
    let decimal = DecimalDigits(shortest: value)
    writeFixed(decimal, max(decimal.digits.count - decimal.point, 0), to: &bytes)
  }

  /// So many digits behind the point, rounded from the exact value, a tie to the even digit; what `format` writes for `%f`.
  ///
  /// As many bytes are written, so the caller bounds them; below zero counts as zero.
  package func writeFixed(fractionDigits: Int, to bytes: inout [UInt8]) {
    if writeNotFinite(to: &bytes) { return }
    let places = max(fractionDigits, 0)
    var decimal = DecimalDigits(exact: value)
    // More than 1,074 places are zeros: no sum overflows.
    decimal.round(to: decimal.point + min(places, 2000))
    writeFixed(decimal, places, to: &bytes)
  }

  /// One digit before the point and so many behind it, with an exponent of two digits or more; what `format` writes for `%e`.
  ///
  /// As many bytes are written, so the caller bounds them; below zero counts as zero.
  package func writeScientific(fractionDigits: Int, to bytes: inout [UInt8]) {
    if writeNotFinite(to: &bytes) { return }
    let places = max(fractionDigits, 0)
    var decimal = DecimalDigits(exact: value)
    decimal.round(to: min(places, 2000) + 1)
    writeScientific(decimal, places, to: &bytes)
  }

  /// The spelling that `format` has for what is no number; for others the sign.
  private func writeNotFinite(to bytes: inout [UInt8]) -> Bool {
    if value.isNaN {
      bytes += "NaN".utf8
      return true
    }
    if value.sign == .minus { bytes.append(0x2D) }
    if value.isInfinite { bytes += "Infinity".utf8 }
    return value.isInfinite
  }

  private func writeFixed(_ decimal: DecimalDigits, _ places: Int, to bytes: inout [UInt8]) {
    if decimal.point > 0 {
      for place in 0..<decimal.point { bytes.append(0x30 + decimal[place]) }
    } else {
      bytes.append(0x30)
    }
    if places == 0 { return }
    bytes.append(0x2E)
    for place in 0..<places { bytes.append(0x30 + decimal[decimal.point + place]) }
  }

  private func writeScientific(_ decimal: DecimalDigits, _ places: Int, to bytes: inout [UInt8]) {
    bytes.append(0x30 + decimal[0])
    if places > 0 {
      bytes.append(0x2E)
      for place in 0..<places { bytes.append(0x30 + decimal[place + 1]) }
    }
    let exponent = decimal.digits.isEmpty ? 0 : decimal.point - 1
    bytes += (exponent < 0 ? "e-" : "e+").utf8
    if exponent.magnitude < 10 { bytes.append(0x30) }
    bytes += String(exponent.magnitude).utf8
  }
}

extension DoubleText {
  /// What `string(double)` gives.
  package var shortest: String { text { writeShortest(to: &$0) } }

  /// What `format` writes for `%s` and `%d`.
  package var positional: String { text { writePositional(to: &$0) } }

  /// What `format` writes for `%f`.
  package func fixed(fractionDigits: Int) -> String { text { writeFixed(fractionDigits: fractionDigits, to: &$0) } }

  /// What `format` writes for `%e`.
  package func scientific(fractionDigits: Int) -> String {
    text { writeScientific(fractionDigits: fractionDigits, to: &$0) }
  }

  private func text(_ write: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    write(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
