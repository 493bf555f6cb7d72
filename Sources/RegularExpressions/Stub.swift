package struct RE2Fault: Error { }
package struct RegularExpressionError: Error { }
package final class RegularExpression: Sendable {
  package init(_ pattern: some Collection<UInt8>) throws(RE2Fault) { }
  package func matches(_ subject: UnsafeBufferPointer<UInt8>) throws(RegularExpressionError) -> Bool { false }
}
