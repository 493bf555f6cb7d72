internal import Glibc
internal import PolicyCortex

/// The files that differ from a revision of the repository that the working directory is in: `--changed-since`.
struct GitChanges {
  /// Why there is no answer, in words.
  struct Failure: Error {
    var text: String
  }

  /// Absolute paths, as the system has them.
  private let paths: Set<[UInt8]>

  /// Asks git.
  ///
  /// Files that git does not know yet count as changed, those that it ignores do not.
  init(since revision: String) throws(Failure) {
    let root = try GitChanges.output(
      ["rev-parse", "--show-toplevel"], otherwise: "the working directory is in no git repository")
    let commit = try GitChanges.output(
      ["rev-parse", "--quiet", "--verify", "--end-of-options", revision + "^{commit}"],
      otherwise: "git knows no revision `\(revision)`")
    let directory = String(decoding: root.dropLast(), as: UTF8.self)
    let hash = String(decoding: commit.dropLast(), as: UTF8.self)
    let changed = try GitChanges.output(
      [
        "-C", directory, "diff", "--name-only", "-z", "--no-renames", "--no-relative", "--no-ext-diff",
        "--diff-filter=d", hash, "--",
      ],
      otherwise: "git cannot compare with `\(revision)`")
    let unknown = try GitChanges.output(
      ["-C", directory, "ls-files", "--others", "--exclude-standard", "-z"],
      otherwise: "git cannot list the files of `\(directory)`")
    let prefix = Array(root.dropLast()) + [UInt8(ascii: "/")]
    paths = Set((changed.split(separator: 0) + unknown.split(separator: 0)).map { prefix + $0 })
  }

  /// Whether a file is one of them; its path is absolute, and its directory holds no links.
  func contains(_ path: [UInt8]) -> Bool { paths.contains(path) }

  /// What git prints.
  private static func output(_ arguments: [String], otherwise problem: String) throws(Failure) -> [UInt8] {
    let quoted = arguments.map {
      "'" + $0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
    guard let stream = unsafe popen("git \(quoted.joined(separator: " ")) 2>/dev/null", "re") else {
      throw Failure(text: "cannot start git: \(errorText(errno))")
    }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, stream)
      if count == 0 { break }
      output += buffer[..<count]
    }
    let status = unsafe pclose(stream)
    // What a shell says where there is no such command.
    if status == 127 << 8 { throw Failure(text: "cannot find git, which --changed-since asks") }
    guard status == 0 else { throw Failure(text: problem) }
    return output
  }
}
