internal import Diagnostics
internal import PolicyCortex

extension AnswerJSON {
  /// The line of an input that cannot be read, so that there is one for each.
  static func written(_ error: UnreadableInput) -> [UInt8] {
    var output = Array("{\"error\":".utf8)
    JSONText.append("\(error.place): \(error.message)", to: &output)
    return output + Array("}\n".utf8)
  }
}
