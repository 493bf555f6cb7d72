/// A message of the editor's that is answered.
protocol RequestMessage: SendableMetatype {
  static var method: String { get }
  init(_ parameters: Parameters) throws(ResponseError)
  func result(of server: LanguageServer) throws(ResponseError) -> JSON
}

/// A message of the editor's that is not answered.
protocol NotificationMessage: SendableMetatype {
  static var method: String { get }
  /// Makes nothing of parameters that lack what is needed.
  init?(_ parameters: Parameters)
  func take(by server: LanguageServer)
}
