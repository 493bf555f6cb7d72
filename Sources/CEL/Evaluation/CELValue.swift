/// A value that stands on its own: what goes into an evaluation and what comes out of one.
///
/// While a program runs, values are `Value`s, which point into memory that is taken back afterwards.
public indirect enum CELValue: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case timestamp(Timestamp)
  case duration(Duration)
  case list([CELValue])
  /// The entries, in any order; keys are bools, ints, uints or strings.
  case map([Entry])
  /// A type, by its name.
  case type(String)
  case optional(CELValue?)
  /// A message: the name of its type, and the fields that are set.
  case record(String, [(name: String, value: CELValue)])
  case opaque(any OpaqueValue)

  /// An entry of a map.
  public struct Entry: Sendable {
    /// The key.
    public var key: CELValue
    /// The value.
    public var value: CELValue

    /// Makes an entry.
    public init(_ key: CELValue, _ value: CELValue) {
      self.key = key
      self.value = value
    }
  }
}
