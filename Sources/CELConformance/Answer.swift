package import CEL
internal import Diagnostics

/// What became of a test.
package struct Answer {
  package enum Outcome {
    case value(CELValue)
    case checked, parsed
    case error(String)
    case checkError(String)
    case parseError(String)
    case unsupported(String)
  }

  package let id: String
  package let outcome: Outcome
  /// What the checker deduced, when it came to that.
  package var type: CELType?
  private let records: RecordLayouts

  package init(id: String, _ outcome: Outcome, type: CELType? = nil, records: RecordLayouts = .standard) {
    self.id = id
    self.outcome = outcome
    self.type = type
    self.records = records
  }

  /// The answer as a line of JSON, without its end.
  package var line: [UInt8] {
    var bytes = Array("{\"id\":".utf8)
    JSONText.append(id, to: &bytes)
    bytes += ",\"outcome\":\"\(name)\"".utf8
    switch outcome {
    case .value(let value):
      bytes += ",\"value\":".utf8
      TaggedValue.write(value, records, to: &bytes)
    case .error(let text), .checkError(let text), .parseError(let text), .unsupported(let text):
      bytes += ",\"message\":".utf8
      JSONText.append(text, to: &bytes)
    case .checked, .parsed: break
    }
    if let type {
      bytes += ",\"type\":".utf8
      type.writeTagged(to: &bytes)
    }
    bytes.append(0x7D)
    return bytes
  }

  private var name: String {
    switch outcome {
    case .value: "value"
    case .checked: "checked"
    case .parsed: "parsed"
    case .error: "error"
    case .checkError: "check_error"
    case .parseError: "parse_error"
    case .unsupported: "unsupported"
    }
  }
}
