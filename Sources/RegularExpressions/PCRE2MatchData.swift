internal import CPCRE2
internal import Glibc

/// The memory that PCRE2 needs for a match, one for each thread.
///
/// It is kept from match to match, since to make one costs as much as a short match. PCRE2 calls nothing of ours while it
/// matches, so no thread needs two at a time.
enum PCRE2MatchData {
  /// How many ranges a thread's own memory has room for; a pattern with more groups gets its own for each match.
  static let pairCount = 16

  /// Where each thread keeps its own; freed when the thread ends.
  private static let key: pthread_key_t? = {
    var key = pthread_key_t()
    let failure = unsafe pthread_key_create(&key) { data in unsafe pcre2_match_data_free_8(OpaquePointer(data)) }
    return failure == 0 ? key : nil
  }()

  /// Calls a function with memory for some ranges; with `nil` when there is none to be had.
  ///
  /// - Parameters:
  ///   - pairs: How many ranges will be read, the whole match included.
  ///   - body: What needs the memory; it may not keep it.
  /// - Returns: What the function returns.
  @inline(__always)
  static func with<Result>(pairs: Int, _ body: (OpaquePointer?) -> Result) -> Result {
    if pairs <= pairCount, let key {
      if let data = unsafe pthread_getspecific(key) { return unsafe body(OpaquePointer(data)) }
      if let data = unsafe pcre2_match_data_create_8(UInt32(pairCount), nil) {
        if unsafe pthread_setspecific(key, UnsafeRawPointer(data)) == 0 { return unsafe body(data) }
        unsafe pcre2_match_data_free_8(data)
      }
    }
    let data = unsafe pcre2_match_data_create_8(UInt32(clamping: pairs), nil)
    defer { unsafe pcre2_match_data_free_8(data) }
    return unsafe body(data)
  }
}
