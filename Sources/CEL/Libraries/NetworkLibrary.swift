/// The network extension (cel-spec, `network_ext` conformance tests; Kubernetes' `ip` and `cidr` libraries).
enum NetworkLibrary {
  static let functions = signatures.map { LibraryFunction(unimplemented: $0) }

  static let signatures = [
    "function cidr(string) -> net.CIDR",
    "function ip(string) -> net.IP",
    "function ip.isCanonical(string) -> bool",
    "function isCIDR(string) -> bool",
    "function isIP(string) -> bool",
    "function string(net.CIDR) -> string",
    "function string(net.IP) -> string",
    "method net.CIDR.containsCIDR(net.CIDR) -> bool",
    "method net.CIDR.containsCIDR(string) -> bool",
    "method net.CIDR.containsIP(net.IP) -> bool",
    "method net.CIDR.containsIP(string) -> bool",
    "method net.CIDR.ip() -> net.IP",
    "method net.CIDR.masked() -> net.CIDR",
    "method net.CIDR.prefixLength() -> int",
    "method net.IP.family() -> int",
    "method net.IP.isGlobalUnicast() -> bool",
    "method net.IP.isLinkLocalMulticast() -> bool",
    "method net.IP.isLinkLocalUnicast() -> bool",
    "method net.IP.isLoopback() -> bool",
    "method net.IP.isUnspecified() -> bool",
  ]
}
