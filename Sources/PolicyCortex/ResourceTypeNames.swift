internal import Diagnostics
internal import DocumentTree
internal import PolicyModel
internal import Source

/// Finds the resource types that policies name and the catalogue does not have.
func checkResourceTypes(
  of policies: [Policy], in document: Document, _ catalogue: ResourceTypeCatalogue?
) -> [Diagnostic] {
  guard let catalogue else { return [] }
  var diagnostics: [Diagnostic] = []
  var comparisons = comparisonLimit
  func check(_ node: NodeID, at path: @autoclosure () -> FieldPath) {
    guard document[document.resolved(node)].kind == .string else { return }
    let name = document.text(of: node)
    guard !catalogue.contains(name) else { return }
    var closest: String?
    if comparisons > 0 {
      comparisons -= catalogue.names.count
      closest = closestName(to: name, among: catalogue.names)
    }
    let scalar = document[node]
    let spelling = scalar.kind == .string ? closest.map { encodedScalar($0, like: scalar) } : nil
    let message = UnknownResourceType(name: name, closest: closest, spelling: spelling)
    diagnostics.append(Diagnostic(message, at: scalar.span, in: path()))
  }
  for policy in policies {
    if let node = policy.resourceTypeNode { check(node, at: policy.path.key("resource_type")) }
    guard let list = policy.resourceTypesNode else { continue }
    document.forEachElement(of: document.resolved(list)) { index, node in
      check(node, at: policy.path.key("resource_types").index(index))
    }
  }
  return diagnostics
}

/// How many names may be compared with unknown ones of a document, so that a hostile one cannot buy quadratic time.
private let comparisonLimit = 20_000
