import CEL
import Diagnostics
import PolicyModel
import Source

/// What was found in expressions, for who validates nearly the same document again and again, as an editor's server does.
///
/// Of expressions that were checked before only the places are found anew. What is reported is the same with a cache and
/// without one. One cache is for one validator; it is safe to use from any number of threads.
package final class ExpressionCache: Sendable {
  /// What an expression means besides its text.
  struct Environment: Hashable {
    let resourceTypes: [String?]
    /// The names and the texts of all variables.
    let variables: [[String?]]
  }

  private let tables = Guarded<[Environment: ExpressionTable]>([:])

  package init() {}

  /// Starts a validation.
  func beginRun() {
    tables.withLock { tables in
      // What no policy of the last run had is given up.
      tables = tables.filter { $0.value.beginRun() }
    }
  }

  /// What was found in the expressions of policies that mean the same by them.
  func table(for environment: Environment) -> ExpressionTable {
    tables.withLock { tables in
      if let table = tables[environment] { return table }
      let table = ExpressionTable()
      tables[environment] = table
      return table
    }
  }
}

/// What was found in expressions of one environment, by their texts.
final class ExpressionTable: Sendable {
  /// One expression.
  struct Entry: Sendable {
    let text: [UInt8]
    let role: ExpressionRole
    /// In the expression's own offsets.
    let found: [Diagnostic]
    let reads: ExpressionReads
    fileprivate var run: Int
  }

  private struct Entries {
    var byHash: [UInt64: Entry] = [:]
    var run = 0
    var usedInRun = 0
  }

  private let entries = Guarded(Entries())

  /// Starts a validation: of expressions that were not met in the last one only as many are kept as there are others.
  ///
  /// - Returns: Whether any was met.
  fileprivate func beginRun() -> Bool {
    entries.withLock { entries in
      let wasUsed = entries.usedInRun > 0
      if entries.byHash.count > 2 * entries.usedInRun + 64 {
        let run = entries.run
        entries.byHash = entries.byHash.filter { $0.value.run == run }
      }
      entries.run += 1
      entries.usedInRun = 0
      return wasUsed
    }
  }

  /// What was found in a text with a role before.
  func entry(for text: UnsafeBufferPointer<UInt8>, _ role: ExpressionRole) -> Entry? {
    let hash = unsafe hash(of: text, role)
    return entries.withLock { entries in
      guard let place = entries.byHash.index(forKey: hash) else { return nil }
      guard entries.byHash.values[place].role == role,
        unsafe text.elementsEqual(entries.byHash.values[place].text)
      else { return nil }
      if entries.byHash.values[place].run != entries.run {
        entries.byHash.values[place].run = entries.run
        entries.usedInRun += 1
      }
      return entries.byHash.values[place]
    }
  }

  /// Remembers what was found.
  func add(
    _ text: UnsafeBufferPointer<UInt8>, _ role: ExpressionRole, found: [Diagnostic], reads: ExpressionReads
  ) {
    let hash = unsafe hash(of: text, role)
    let text = unsafe Array(text)
    entries.withLock { entries in
      entries.usedInRun += 1
      entries.byHash[hash] = Entry(text: text, role: role, found: found, reads: reads, run: entries.run)
    }
  }

  private func hash(of text: UnsafeBufferPointer<UInt8>, _ role: ExpressionRole) -> UInt64 {
    var hasher = Hasher()
    unsafe hasher.combine(bytes: UnsafeRawBufferPointer(text))
    hasher.combine(role)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
