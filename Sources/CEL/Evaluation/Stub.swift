package struct Timestamp { package let seconds: Int64; package let nanoseconds: Int32
  init(uncheckedSeconds s: Int64, nanoseconds: Int32) { seconds = s; self.nanoseconds = nanoseconds } }
package struct Duration { package let seconds: Int64; package let nanoseconds: Int32
  init(uncheckedSeconds s: Int64, nanoseconds: Int32) { seconds = s; self.nanoseconds = nanoseconds } }
package struct RecordType: Sendable { package struct Field: Sendable { package let name: String }; package let name: String; package let fields: [Field] }
