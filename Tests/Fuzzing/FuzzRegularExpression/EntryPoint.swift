/// Called by libFuzzer with one input after another.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  checkRegularExpression(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
