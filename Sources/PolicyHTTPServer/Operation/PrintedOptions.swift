#if Server
  /// Options as `--print-config` shows them.
  package enum PrintedOptions {
    package static func line(_ options: [(name: String, value: String, source: String)]) -> String {
      let members = options.map { option -> JSONMember in
        JSONMember(option.name, ["value": .string(option.value), "source": .string(option.source)])
      }
      return String(decoding: JSONValue.object(members).bytes, as: UTF8.self)
    }
  }
#endif
