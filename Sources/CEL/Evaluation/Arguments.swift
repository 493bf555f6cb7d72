/// The arguments of a call, the receiver of a method first.
///
/// INVARIANT: as for `Value`. Indices are checked; the kinds fit the signature.
package typealias Arguments = ListView
