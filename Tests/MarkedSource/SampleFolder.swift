import Glibc

/// One folder of `samples/`: a policy that documents something, and what the engine says of it.
package struct SampleFolder: Sendable, CustomStringConvertible {
  /// Whether a sample shows how a policy is written or how it is got wrong.
  package enum Kind: String, Sendable {
    case valid, invalid
  }

  package let kind: Kind
  /// The story of a valid sample, the diagnostic's id of an invalid one.
  package let name: String
  /// `policy.yaml` or `policy.json`.
  package let policyFile: String

  package var description: String { "samples/\(kind.rawValue)/\(name)" }

  /// The policy's path from the repository's root, which is the name diagnostics show.
  package var policyPath: String { "\(description)/\(policyFile)" }

  /// The file with the policy after all fix-its: `fixed.yaml` or `fixed.json`.
  package var fixedFile: String { policyFile.hasSuffix(".json") ? "fixed.json" : "fixed.yaml" }

  /// The bytes of one of the folder's files, `nil` when there is none.
  package func bytes(_ file: String) -> [UInt8]? { SharedData.fileBytes(path(of: file)) }

  /// The folder of the sample's own resource types, `nil` when it has none.
  package var resourceTypes: String? {
    let path = path(of: "resource-types")
    return unsafe access(path, R_OK) == 0 ? path : nil
  }

  /// The repository's root.
  package static let repository: String = {
    var components = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    components.removeLast(3)
    return components.joined(separator: "/")
  }()

  /// The samples of a kind, by name.
  package static func all(_ kind: Kind) -> [SampleFolder] {
    entries(of: "\(repository)/samples/\(kind.rawValue)").flatMap { name in
      entries(of: "\(repository)/samples/\(kind.rawValue)/\(name)")
        .filter { $0 == "policy.yaml" || $0 == "policy.json" }
        .map { SampleFolder(kind: kind, name: name, policyFile: $0) }
    }
  }

  private func path(of file: String) -> String { "\(SampleFolder.repository)/\(description)/\(file)" }

  /// The names in a folder, sorted; hidden ones are left out.
  private static func entries(of path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}

// Recording: `RECORD=1 swift test` writes what the engine says now; read the diff.
extension SampleFolder {
  /// Whether this run rewrites the recorded files.
  package static var isRecording: Bool { unsafe getenv("RECORD").map { unsafe String(cString: $0) } == "1" }

  /// Compares a file with what it should hold, or rewrites it when this run records.
  ///
  /// - Parameters:
  ///   - file: The name of a file of the folder.
  ///   - expected: What it should hold; `nil` when there should be no such file.
  /// - Returns: Whether the file holds it now.
  package func isCurrent(_ file: String, _ expected: [UInt8]?) -> Bool {
    if bytes(file) == expected { return true }
    guard SampleFolder.isRecording else { return false }
    guard let expected else { return unsafe unlink(path(of: file)) == 0 }
    guard let stream = unsafe fopen(path(of: file), "wb") else { return false }
    defer { unsafe fclose(stream) }
    return unsafe fwrite(expected, 1, expected.count, stream) == expected.count
  }
}
