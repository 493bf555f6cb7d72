/// Ends the process when something that must always hold does not, which libFuzzer reports as a find.
///
/// - Parameters:
///   - condition: What must hold.
///   - rule: The rule in words; it heads the report.
package func invariant(_ condition: @autoclosure () -> Bool, _ rule: @autoclosure () -> String) {
  guard !condition() else { return }
  fatalError("broken invariant: \(rule())")
}
