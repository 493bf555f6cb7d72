/// The network extension (cel-spec, `network_ext` conformance tests; Kubernetes' `ip` and `cidr` libraries).
enum NetworkLibrary {
  static let functions = conversions + addresses + blocks

  private static let conversions: [LibraryFunction] = [
    LibraryFunction("function cidr(string) -> net.CIDR") { arguments, context throws(EvaluationError) in
      try context.opaque(try block(arguments[0]))
    },
    LibraryFunction("function ip(string) -> net.IP") { arguments, context throws(EvaluationError) in
      try context.opaque(try address(arguments[0]))
    },
    LibraryFunction("function ip.isCanonical(string) -> bool") { arguments, _ throws(EvaluationError) in
      .bool(try address(arguments[0]).description.utf8.elementsEqual(arguments[0].bytes))
    },
    LibraryFunction("function isCIDR(string) -> bool") { arguments, _ throws(EvaluationError) in
      .bool((try? CIDRBlock(arguments[0].bytes)) != nil)
    },
    LibraryFunction("function isIP(string) -> bool") { arguments, _ throws(EvaluationError) in
      .bool((try? IPAddressParser.address(arguments[0].bytes)) != nil)
    },
    LibraryFunction("function string(net.CIDR) -> string") { arguments, context throws(EvaluationError) in
      try context.string(try cidr(arguments[0]).description)
    },
    LibraryFunction("function string(net.IP) -> string") { arguments, context throws(EvaluationError) in
      try context.string(try ip(arguments[0]).description)
    },
  ]

  private static func question(
    _ name: String, _ answer: @escaping @Sendable (IPAddress) -> Bool
  ) -> LibraryFunction {
    LibraryFunction("method net.IP.\(name)() -> bool") { arguments, _ throws(EvaluationError) in
      .bool(answer(try ip(arguments[0])))
    }
  }

  private static let addresses: [LibraryFunction] = [
    LibraryFunction("method net.IP.family() -> int") { arguments, _ throws(EvaluationError) in
      .int(try ip(arguments[0]).family.rawValue)
    },
    question("isGlobalUnicast") { $0.isGlobalUnicast },
    question("isLinkLocalMulticast") { $0.isLinkLocalMulticast },
    question("isLinkLocalUnicast") { $0.isLinkLocalUnicast },
    question("isLoopback") { $0.isLoopback },
    question("isUnspecified") { $0.isUnspecified },
  ]

  private static let blocks: [LibraryFunction] = [
    LibraryFunction("method net.CIDR.containsCIDR(net.CIDR) -> bool") { arguments, _ throws(EvaluationError) in
      .bool(try cidr(arguments[0]).contains(try cidr(arguments[1])))
    },
    LibraryFunction("method net.CIDR.containsCIDR(string) -> bool") { arguments, _ throws(EvaluationError) in
      .bool(try cidr(arguments[0]).contains(try block(arguments[1])))
    },
    LibraryFunction("method net.CIDR.containsIP(net.IP) -> bool") { arguments, _ throws(EvaluationError) in
      .bool(try cidr(arguments[0]).contains(try ip(arguments[1])))
    },
    LibraryFunction("method net.CIDR.containsIP(string) -> bool") { arguments, _ throws(EvaluationError) in
      .bool(try cidr(arguments[0]).contains(try address(arguments[1])))
    },
    LibraryFunction("method net.CIDR.ip() -> net.IP") { arguments, context throws(EvaluationError) in
      try context.opaque(try cidr(arguments[0]).address)
    },
    LibraryFunction("method net.CIDR.masked() -> net.CIDR") { arguments, context throws(EvaluationError) in
      try context.opaque(try cidr(arguments[0]).masked)
    },
    LibraryFunction("method net.CIDR.prefixLength() -> int") { arguments, _ throws(EvaluationError) in
      .int(Int64(try cidr(arguments[0]).prefixLength))
    },
  ]
}

// MARK: - What a value holds

extension NetworkLibrary {
  private static func ip(_ value: Value) throws(EvaluationError) -> IPAddress {
    guard value.kind == .opaque, let address = value.opaque as? IPAddress else { throw .noOverload }
    return address
  }

  private static func cidr(_ value: Value) throws(EvaluationError) -> CIDRBlock {
    guard value.kind == .opaque, let block = value.opaque as? CIDRBlock else { throw .noOverload }
    return block
  }

  /// The address that a string spells.
  private static func address(_ value: Value) throws(EvaluationError) -> IPAddress {
    do throws(IPAddressParser.Fault) {
      return try IPAddressParser.address(value.bytes)
    } catch {
      throw .invalidArgument("`\(value.bytes.excerpt)` is no IP address: \(error.reason)")
    }
  }

  private static func block(_ value: Value) throws(EvaluationError) -> CIDRBlock {
    do throws(IPAddressParser.Fault) {
      return try CIDRBlock(value.bytes)
    } catch {
      throw .invalidArgument("`\(value.bytes.excerpt)` is no network in CIDR notation: \(error.reason)")
    }
  }
}
