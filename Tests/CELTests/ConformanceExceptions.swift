/// The tests of the published conformance suite that do not pass, and why; one that starts to pass must leave the list.
enum ConformanceExceptions {
  static let reasons: [String: String] = Dictionary(
    strongEnums.map { ($0, "enums are ints here, as in cel-go and cel-cpp, and no types of their own") },
    uniquingKeysWith: { first, _ in first })

  /// Of tier `proto`, tag `enum_strong`: the same section's tests that ask for ints are those of `enum_legacy`.
  private static let strongEnums: [String] = [
    "enums/strong_proto2/literal_nested",
    "enums/strong_proto2/type_global",
    "enums/strong_proto2/select_default",
    "enums/strong_proto2/assign_standalone_int",
    "enums/strong_proto2/convert_int_inrange",
    "enums/strong_proto2/convert_int_big",
    "enums/strong_proto2/convert_int_too_big",
    "enums/strong_proto2/convert_int_too_neg",
    "enums/strong_proto2/convert_string_bad",
    "enums/strong_proto3/literal_global",
    "enums/strong_proto3/literal_nested",
    "enums/strong_proto3/type_global",
    "enums/strong_proto3/select_default",
    "enums/strong_proto3/select",
    "enums/strong_proto3/select_big",
    "enums/strong_proto3/select_neg",
    "enums/strong_proto3/assign_standalone_int",
    "enums/strong_proto3/assign_standalone_int_neg",
    "enums/strong_proto3/convert_int_big",
    "enums/strong_proto3/convert_int_neg",
    "enums/strong_proto3/convert_int_too_neg",
    "enums/strong_proto3/convert_string",
    "enums/strong_proto3/convert_string_bad",
  ]
}
