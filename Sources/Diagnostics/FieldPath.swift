/// The way from a document's root to a value: member names and array indexes.
public struct FieldPath: Hashable, Sendable {
  /// One step of the way.
  public enum Component: Hashable, Sendable {
    /// A member of an object.
    case key(String)
    /// An element of an array, from 0.
    case index(Int)
  }

  /// The steps, from the root.
  public var components: [Component]

  /// Makes a path; the empty one is the document itself.
  public init(_ components: [Component] = []) { self.components = components }

  /// The path of a member of this value.
  package func key(_ name: String) -> FieldPath { FieldPath(components + [.key(name)]) }

  /// The path of an element of this value.
  package func index(_ index: Int) -> FieldPath { FieldPath(components + [.index(index)]) }

  /// The path as people write it: `rules[0].condition`, `metadata["a b"]`; empty for the document itself.
  public var field: String {
    var text = ""
    for component in components {
      switch component {
      case .index(let index): text += "[\(index)]"
      case .key(let name):
        if FieldPath.isBare(name) {
          text += text.isEmpty ? name : ".\(name)"
        } else {
          text += "[\(JSONText.quoted(name))]"
        }
      }
    }
    return text
  }

  /// The path as a JSON Pointer (RFC 6901).
  public var pointer: String {
    var text = ""
    for component in components {
      text += "/"
      switch component {
      case .index(let index): text += String(index)
      case .key(let name):
        for scalar in name.unicodeScalars {
          switch scalar {
          case "~": text += "~0"
          case "/": text += "~1"
          default: text.unicodeScalars.append(scalar)
          }
        }
      }
    }
    return text
  }

  private static func isBare(_ name: String) -> Bool {
    var isFirst = true
    for byte in name.utf8 {
      switch byte {
      case 0x41...0x5A, 0x61...0x7A, 0x5F: break
      case 0x30...0x39 where !isFirst: break
      default: return false
      }
      isFirst = false
    }
    return !isFirst
  }
}
