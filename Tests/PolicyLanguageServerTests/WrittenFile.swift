import Glibc

struct UnwrittenFile: Error {}

/// Writes a file under another name first, so that whoever reads it meanwhile has all of it.
func writeFile(_ path: String, _ bytes: [UInt8]) throws {
  let name = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max))"
  guard let file = unsafe fopen(name, "wb") else { throw UnwrittenFile() }
  let count = unsafe fwrite(bytes, 1, bytes.count, file)
  guard unsafe fclose(file) == 0, count == bytes.count, unsafe rename(name, path) == 0 else { throw UnwrittenFile() }
}
