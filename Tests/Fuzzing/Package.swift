// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// One of the engine's targets.
///
/// `Engine` is a link to the sources, since what the fuzzers call is visible in one package only.
func engine(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, path: "Engine/\(name)", swiftSettings: settings)
}

/// An entry point of libFuzzer.
func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: ["Invariants", "Diagnostics", "Source"] + dependencies, path: name,
    swiftSettings: settings)
}

let package = Package(
  name: "Fuzzing",
  targets: [
    // The engine, as the main manifest has it
    engine("Source", []),
    engine("Diagnostics", ["Source"]),
    engine("DocumentTree", ["Source", "Diagnostics"]),
    .systemLibrary(name: "CPCRE2", path: "Engine/CPCRE2", pkgConfig: "libpcre2-8"),
    engine("RegularExpressions", ["CPCRE2"]),
    engine("CEL", ["Source", "Diagnostics", "RegularExpressions"]),
    engine("PolicyModel", ["Source", "Diagnostics", "DocumentTree", "CEL"]),
    engine("PolicyCortex", ["Source", "Diagnostics", "DocumentTree", "CEL", "PolicyModel", "DiagnosticRendering"]),
    engine("DiagnosticRendering", ["Source", "Diagnostics"]),

    // What must hold of every answer
    .target(
      name: "Invariants", dependencies: ["DocumentTree", "Diagnostics", "Source"], path: "Invariants",
      swiftSettings: settings),

    fuzzer("FuzzJSON", ["DocumentTree"]),
    fuzzer("FuzzYAML", ["DocumentTree"]),
    fuzzer("FuzzCondition", ["CEL"]),
    fuzzer("FuzzEvaluate", ["CEL"]),
    fuzzer("FuzzRegularExpression", ["RegularExpressions"]),
    fuzzer("FuzzDocument", ["PolicyCortex", "DiagnosticRendering"]),
  ]
)
