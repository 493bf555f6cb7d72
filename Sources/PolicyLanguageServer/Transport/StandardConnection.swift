internal import DocumentTree
internal import Glibc

/// Serves an editor until it says `exit`, closes the input, or dies.
///
/// One thread: it waits for bytes, reads all that have come, and answers one message after the other. What is typed
/// meanwhile is taken up before diagnostics are published, so that they are always of the latest text.
///
/// - Parameters:
///   - input: The descriptor to read from.
///   - output: The descriptor to write to.
///   - version: The program's version.
/// - Returns: The exit status: 0 when the editor had asked to shut down, else 1.
package func serveLanguage(input: Int32, output: Int32, version: String) -> Int32 {
  let server = LanguageServer(version: version)
  var connection = JSONRPCConnection()
  var packet = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    var isOpen = true
    while isOpen, isReadable(input, milliseconds: 0) { isOpen = read(input, &packet, into: &connection) }
    if let message = connection.next() {
      server.handle(message)
    } else {
      server.publishDiagnostics()
      if !isOpen { return server.exitStatus ?? (server.isShutDown ? 0 : 1) }
    }
    for message in server.takeOutput() where writeAll(MessageFraming.framed(message), to: output) != nil { return 1 }
    if let status = server.exitStatus { return status }
    if connection.isEmpty, !server.hasPendingDiagnostics {
      while !isReadable(input, milliseconds: parentInterval) {
        if let parent = server.clientProcess, kill(parent, 0) != 0, errno == ESRCH { return 1 }
      }
    }
  }
}

/// How often it is looked whether the editor still lives, in milliseconds.
private let parentInterval: Int32 = 1_000

private func isReadable(_ descriptor: Int32, milliseconds: Int32) -> Bool {
  var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return unsafe poll(&state, 1, milliseconds) > 0
}

/// Reads what has come; `false` at the end.
private func read(_ descriptor: Int32, _ packet: inout [UInt8], into connection: inout JSONRPCConnection) -> Bool {
  let count = unsafe packet.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
  if count > 0 { connection.receive(packet[..<count]) }
  return count > 0 || count < 0 && errno == EINTR
}
