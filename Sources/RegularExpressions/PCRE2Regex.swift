internal import CPCRE2

/// A pattern that PCRE2 compiled, to machine code where it can.
///
/// Nothing in it changes once it is made, so any number of threads may match with it at once.
@safe package final class PCRE2Regex: @unchecked Sendable {
  private let code: OpaquePointer
  private let isCompiledToMachineCode: Bool
  /// How many ranges a match has: the whole and each group's.
  private let pairCount: Int

  /// Compiles a pattern; `nil` where PCRE2 cannot, for it is too large or nested too deeply.
  package init?(_ pattern: RE2Pattern) {
    let text = PCRE2Pattern(pattern)
    var errorCode: Int32 = 0
    var errorOffset = 0
    let options = UInt32(PCRE2_UTF) | UInt32(PCRE2_NO_UTF_CHECK) | UInt32(PCRE2_NEVER_UCP)
    guard
      let code = unsafe text.bytes.withUnsafeBufferPointer({ bytes in
        unsafe pcre2_compile_8(
          bytes.baseAddress, bytes.count, options, &errorCode, &errorOffset, PCRE2Limits.compileContext)
      })
    else { return nil }
    unsafe self.code = code
    isCompiledToMachineCode = unsafe pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE)) == 0
    pairCount = pattern.captureCount + 1
  }

  deinit { unsafe pcre2_code_free_8(code) }

  /// Whether the pattern matches somewhere in a text.
  ///
  /// - Parameter subject: UTF-8.
  /// - Returns: Whether it does.
  /// - Throws: `tooComplex` where a limit was met: of time (-47), machine stack (-46), depth or memory (-53, -63).
  package func matches(_ subject: UnsafeBufferPointer<UInt8>) throws(RegularExpressionError) -> Bool {
    let result = unsafe PCRE2MatchData.with(pairs: 1) { data in unsafe match(subject, from: 0, data) }
    if result >= 0 { return true }
    if result == PCRE2_ERROR_NOMATCH { return false }
    throw .tooComplex
  }

  /// The first match at or behind an offset.
  ///
  /// - Parameters:
  ///   - subject: UTF-8.
  ///   - start: Where a code point begins.
  /// - Returns: The range of the whole match and those of the groups, `nil` for one that took no part; `nil` for no match.
  /// - Throws: As above.
  package func firstMatch(
    in subject: UnsafeBufferPointer<UInt8>, from start: Int
  ) throws(RegularExpressionError) -> [Range<Int>?]? {
    var captures: [Range<Int>?] = []
    let result = unsafe PCRE2MatchData.with(pairs: pairCount) { data in
      let result = unsafe match(subject, from: start, data)
      guard result > 0, let data = unsafe data, let offsets = unsafe pcre2_get_ovector_pointer_8(data) else {
        return result
      }
      captures.reserveCapacity(pairCount)
      for pair in 0..<pairCount {
        // A group that took no part is marked by -1; those behind the last that did are not set.
        let first = unsafe offsets[pair * 2]
        let end = unsafe offsets[pair * 2 + 1]
        let tookPart = pair < Int(result) && first >= 0 && first <= end && end <= subject.count
        captures.append(tookPart ? first..<end : nil)
      }
      return result
    }
    if result > 0 { return captures }
    if result == PCRE2_ERROR_NOMATCH { return nil }
    throw .tooComplex
  }

  /// What PCRE2 answers: a count of ranges, or an error below zero.
  @inline(__always)
  private func match(
    _ subject: UnsafeBufferPointer<UInt8>, from start: Int, _ data: OpaquePointer?
  ) -> Int32 {
    guard let data = unsafe data else { return PCRE2_ERROR_NOMEMORY }
    guard start >= 0, start <= subject.count else { return PCRE2_ERROR_NOMATCH }
    // An empty buffer may have no address, but PCRE2 wants one.
    guard let address = subject.baseAddress else {
      return unsafe [0 as UInt8].withUnsafeBufferPointer { bytes in unsafe run(bytes.baseAddress, 0, 0, data) }
    }
    return unsafe run(address, subject.count, start, data)
  }

  @inline(__always)
  private func run(_ address: UnsafePointer<UInt8>?, _ count: Int, _ start: Int, _ data: OpaquePointer) -> Int32 {
    if isCompiledToMachineCode {
      return unsafe pcre2_jit_match_8(code, address, count, start, 0, data, PCRE2Limits.matchContext)
    }
    return unsafe pcre2_match_8(
      code, address, count, start, UInt32(PCRE2_NO_UTF_CHECK), data, PCRE2Limits.matchContext)
  }
}
