import Glibc

/// The result of a body that runs on a stack of 512 KB.
func onSmallStack<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result? {
  let box = SmallStackCall(body)
  var attributes = pthread_attr_t()
  unsafe pthread_attr_init(&attributes)
  unsafe pthread_attr_setstacksize(&attributes, 512 << 10)
  var thread = pthread_t()
  let argument = unsafe Unmanaged.passRetained(box as SmallStackCallable).toOpaque()
  let status = unsafe pthread_create(
    &thread, &attributes,
    { argument in
      guard let argument = unsafe argument else { return nil }
      unsafe Unmanaged<SmallStackCallable>.fromOpaque(argument).takeRetainedValue().run()
      return nil
    }, argument)
  guard status == 0 else { return nil }
  pthread_join(thread, nil)
  return box.result
}

private class SmallStackCallable {
  func run() {}
}

private final class SmallStackCall<Result>: SmallStackCallable {
  let body: @Sendable () -> Result
  var result: Result?
  init(_ body: @escaping @Sendable () -> Result) { self.body = body }
  override func run() { result = body() }
}
