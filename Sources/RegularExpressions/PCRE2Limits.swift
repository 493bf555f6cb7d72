internal import CPCRE2

/// How far PCRE2 may go before it gives up.
///
/// It runs only what backtracks in linear time, so these are a last guard; what meets them is matched in another way.
enum PCRE2Limits {
  /// Calls of the matching function at one place of the text.
  static let matchLimit: UInt32 = 1_000_000
  /// Nested backtracking points, without machine code.
  static let depthLimit: UInt32 = 100_000
  /// Memory for backtracking in KiB, without machine code.
  static let heapLimit: UInt32 = 4_096
  /// How deep groups may nest: PCRE2 compiles by recursion, and a thread's stack may be small.
  static let nestingLimit: UInt32 = 100

  /// The limits of a match.
  ///
  /// Read by many threads and never changed, as PCRE2 allows.
  nonisolated(unsafe) static let matchContext: OpaquePointer? = {
    let context = unsafe pcre2_match_context_create_8(nil)
    if let context = unsafe context {
      unsafe pcre2_set_match_limit_8(context, matchLimit)
      unsafe pcre2_set_depth_limit_8(context, depthLimit)
      unsafe pcre2_set_heap_limit_8(context, heapLimit)
    }
    return unsafe context
  }()

  /// What holds for compiling; as above.
  nonisolated(unsafe) static let compileContext: OpaquePointer? = {
    let context = unsafe pcre2_compile_context_create_8(nil)
    if let context = unsafe context {
      unsafe pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
      unsafe pcre2_set_parens_nest_limit_8(context, nestingLimit)
    }
    return unsafe context
  }()
}
