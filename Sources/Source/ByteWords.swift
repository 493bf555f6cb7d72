// Eight bytes of a text, looked at in one step: the first is the lowest of a word.

/// Eight times the same byte.
@inlinable package func repeated(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

/// The highest bit of the first byte of a word that is zero, and of others that may be; 0 when none is.
@inlinable package func zeroBytes(of word: UInt64) -> UInt64 { (word &- repeated(1)) & ~word & repeated(0x80) }

/// How many bytes of a word continue a UTF-8 sequence.
@inlinable package func continuationCount(of word: UInt64) -> Int {
  // Their highest bit is set, and the next one is not.
  (word & repeated(0x80) & ~(word &<< 1)).nonzeroBitCount
}
