internal import DocumentTree
internal import Glibc
internal import PolicyCortex

/// Finds the files that a command line names.
///
/// A file is taken whatever it is called. In a directory, and those below it, every `*.json`, `*.yaml` and `*.yml` is, tests
/// (`*.test.yaml`) aside; what is hidden (`.git`, `.policycortex.yaml`) and what the configuration leaves out is skipped, and
/// a directory that links lead to again is visited once.
struct InputSearch {
  /// Ordered by path, each once.
  private(set) var files: [InputFile] = []
  /// What could not be found, a line each.
  private(set) var problems: [String] = []
  private var visited: Set<Identity> = []
  private let kind: Content

  /// What is looked for in directories.
  enum Content {
    case policies, tests

    fileprivate var absence: String {
      switch self {
      case .policies: "no policy in `%`: it holds no *.json, *.yaml or *.yml"
      case .tests: "no test in `%`: it holds no *.test.yaml, *.test.yml or *.test.json"
      }
    }

    fileprivate var rest: String {
      switch self {
      case .policies: " besides tests and what is excluded"
      case .tests: " besides what is excluded"
      }
    }
  }

  /// Tells directories apart, whatever path leads to them.
  private struct Identity: Hashable {
    var device: UInt
    var inode: UInt
  }

  private enum Entry {
    case directory(Identity)
    case regular
    case other
  }

  /// Searches the file system.
  ///
  /// - Parameters:
  ///   - paths: Files and directories; `-` is the standard input.
  ///   - standardInputName: What the standard input is called in output.
  ///   - configurations: Where each file's configuration is found.
  ///   - kind: What is looked for in directories.
  init(
    _ paths: [String], standardInputName: String, _ configurations: inout RunConfigurations,
    for kind: Content = .policies
  ) {
    self.kind = kind
    var found: Set<InputFile> = []
    for path in paths {
      if path == "-" {
        let directory = RunConfigurations.directory(of: Array(standardInputName.utf8))
        let configuration = configurations.place(directory).configuration
        found.insert(.standardInput(name: standardInputName, configuration: configuration))
        continue
      }
      let bytes = Array(path.utf8)
      switch InputSearch.entry(bytes) {
      case nil: problems.append("cannot read `\(path)`: \(errorText(errno))")
      case .directory(let identity)?:
        visited = [identity]
        let isPartial = search(bytes, &found, &configurations)
        if !found.contains(where: { InputSearch.isBelow($0, bytes) }) {
          let parts = kind.absence.split(separator: "%", omittingEmptySubsequences: false)
          problems.append(parts.joined(separator: path) + (isPartial ? kind.rest : ""))
        }
      case .regular?, .other?:
        let configuration = configurations.place(RunConfigurations.directory(of: bytes)).configuration
        found.insert(.file(bytes, configuration: configuration))
      }
    }
    files = found.sorted { ($0.path ?? Array($0.name.utf8)).lexicographicallyPrecedes($1.path ?? Array($1.name.utf8)) }
  }

  /// Adds the policies of a directory and of those below it.
  ///
  /// - Returns: Whether something was left out.
  private mutating func search(
    _ directory: [UInt8], _ found: inout Set<InputFile>, _ configurations: inout RunConfigurations
  ) -> Bool {
    var isPartial = false
    var pending = [directory]
    while let directory = pending.popLast() {
      guard let names = namesInDirectory(directory) else {
        problems.append("cannot read `\(String(decoding: directory, as: UTF8.self))`: \(errorText(errno))")
        continue
      }
      var below: [[UInt8]] = []
      let place = configurations.place(directory)
      for name in names where name.first != UInt8(ascii: ".") {
        let path = InputSearch.joined(directory, name)
        if configurations.excludes(name, in: place) || kind == .policies && PolicyTestSuite.isFileName(name) {
          isPartial = true
          continue
        }
        switch InputSearch.entry(path) {
        case .directory(let identity)?:
          if visited.insert(identity).inserted { below.append(path) }
        case .regular?:
          if isWanted(name) { found.insert(.file(path, configuration: place.configuration)) }
        case .other?: break
        case nil:
          // A link that leads nowhere matters only where a policy should be.
          if isWanted(name) {
            problems.append("cannot read `\(String(decoding: path, as: UTF8.self))`: \(errorText(errno))")
          }
        }
      }
      pending += below.reversed()
    }
    return isPartial
  }

  /// What a path leads to, links followed; `nil` and `errno` when nothing.
  private static func entry(_ path: [UInt8]) -> Entry? {
    var status = stat()
    guard unsafe withCString(path, { unsafe stat($0, &status) }) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .directory(Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino)))
    case S_IFREG: return .regular
    default: return .other
    }
  }

  private static func joined(_ directory: [UInt8], _ name: [UInt8]) -> [UInt8] {
    var path = directory
    while path.last == UInt8(ascii: "/") { path.removeLast() }
    return path + [UInt8(ascii: "/")] + name
  }

  /// Whether a name is one of those looked for.
  private func isWanted(_ name: [UInt8]) -> Bool {
    switch kind {
    case .policies: hasEnding(name, among: [".json", ".yaml", ".yml"])
    case .tests: PolicyTestSuite.isFileName(name)
    }
  }

  private static func isBelow(_ file: InputFile, _ directory: [UInt8]) -> Bool {
    file.path?.starts(with: joined(directory, [])) ?? false
  }
}
