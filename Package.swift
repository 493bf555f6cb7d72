// swift-tools-version: 6.2
import PackageDescription

/// What every target of this project is compiled with.
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

/// Holds for what only the server needs: without the trait it is neither fetched nor compiled.
let server: TargetDependencyCondition? = .when(traits: ["Server"])

let package = Package(
  name: "PolicyCortex",
  products: [
    .library(name: "PolicyCortex", targets: ["PolicyCortex"]),
    .library(name: "CEL", targets: ["CEL"]),
    .executable(name: "policycortex", targets: ["PolicyCommand"]),
    .executable(name: "cel-conformance", targets: ["CELConformance"]),
    .executable(name: "policycortex-server", targets: ["PolicyServerCommand"]),
  ],
  traits: [
    .trait(name: "Server", description: "Builds policycortex-server, with what it depends on."),
    .default(enabledTraits: []),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Of the server alone.
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // System libraries
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),

    .testTarget(name: "SystemLibraryTests", dependencies: ["CPCRE2", "CYAML"], swiftSettings: settings),

    // Bytes, spans, lines
    .target(name: "Source", swiftSettings: settings),
    .testTarget(name: "SourceTests", dependencies: ["Source"], swiftSettings: settings),

    // Every message the engine can give
    .target(name: "Diagnostics", dependencies: ["Source"], swiftSettings: settings),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics", "Source"], swiftSettings: settings),

    // JSON and YAML into one tree
    .target(name: "DocumentTree", dependencies: ["Source", "Diagnostics"], swiftSettings: settings),
    .testTarget(
      name: "DocumentTreeTests", dependencies: ["DocumentTree", "Diagnostics", "Source", "CYAML", "MarkedSource"],
      swiftSettings: settings),

    // RE2's syntax, matched in linear time
    .target(name: "RegularExpressions", dependencies: ["CPCRE2"], swiftSettings: settings),
    .testTarget(
      name: "RegularExpressionsTests", dependencies: ["RegularExpressions", "DocumentTree", "Source", "MarkedSource"],
      exclude: ["make_unicode_tables.py", "re2_differential.py", "re2_cases.jsonl"],
      swiftSettings: settings),

    // The condition language
    .target(name: "CEL", dependencies: ["Source", "Diagnostics", "RegularExpressions"], swiftSettings: settings),
    .testTarget(
      name: "CELTests",
      dependencies: [
        "CEL", "CELConformance", "Diagnostics", "DocumentTree", "RegularExpressions", "Source", "MarkedSource",
      ],
      exclude: ["differences.py", "differential.py"],
      swiftSettings: settings),

    // The published conformance suite's runner
    .executableTarget(
      name: "CELConformance", dependencies: ["CEL", "DocumentTree", "Diagnostics", "Source"], swiftSettings: settings),

    // Document tree to typed policy
    .target(
      name: "PolicyModel", dependencies: ["Source", "Diagnostics", "DocumentTree", "CEL"], swiftSettings: settings),
    .testTarget(
      name: "PolicyModelTests",
      dependencies: ["PolicyModel", "CEL", "DocumentTree", "Diagnostics", "Source", "MarkedSource"],
      exclude: ["schema_verdicts.py"],
      swiftSettings: settings),

    // Text, JSON, Markdown
    .target(name: "DiagnosticRendering", dependencies: ["Source", "Diagnostics"], swiftSettings: settings),
    .testTarget(
      name: "DiagnosticRenderingTests", dependencies: ["DiagnosticRendering", "Diagnostics", "Source", "MarkedSource"],
      swiftSettings: settings),

    // The engine's front door
    .target(
      name: "PolicyCortex",
      dependencies: ["Source", "Diagnostics", "DocumentTree", "CEL", "PolicyModel", "DiagnosticRendering"],
      swiftSettings: settings),
    .testTarget(
      name: "PolicyCortexTests",
      dependencies: [
        "PolicyCortex", "PolicyModel", "CEL", "DocumentTree", "DiagnosticRendering", "Diagnostics", "Source",
        "MarkedSource",
      ],
      swiftSettings: settings),

    // The editor's half
    .target(
      name: "PolicyLanguageServer",
      dependencies: [
        "PolicyCortex", "PolicyModel", "CEL", "RegularExpressions", "DocumentTree", "DiagnosticRendering",
        "Diagnostics",
        "Source",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "PolicyLanguageServerTests",
      dependencies: [
        "PolicyLanguageServer", "PolicyCortex", "PolicyModel", "DocumentTree", "DiagnosticRendering",
        "Diagnostics", "Source", "MarkedSource",
      ],
      exclude: ["keystrokes.py"],
      swiftSettings: settings),

    // The command line
    .executableTarget(
      name: "PolicyCommand",
      dependencies: [
        "PolicyLanguageServer", "PolicyCortex", "PolicyModel", "CEL", "DocumentTree", "DiagnosticRendering",
        "Diagnostics", "Source",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "PolicyCommandTests", dependencies: ["PolicyCommand", "MarkedSource"], exclude: ["report_readers.py"],
      swiftSettings: settings),

    // What the server keeps: policies and their versions, keys, maintenance windows, the audit log
    .target(
      name: "PolicyStorage",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto", condition: server),
        .product(name: "GRDB", package: "GRDB.swift", condition: server),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "PolicyStorageTests",
      dependencies: [
        "PolicyStorage", "MarkedSource",
        .product(name: "GRDB", package: "GRDB.swift", condition: server),
      ],
      swiftSettings: settings),

    // The published API over HTTP
    .target(
      name: "PolicyHTTPServer",
      dependencies: [
        "PolicyStorage", "PolicyCortex", "PolicyModel", "CEL", "DocumentTree", "DiagnosticRendering", "Diagnostics",
        "Source",
        .product(name: "Crypto", package: "swift-crypto", condition: server),
        .product(name: "HTTPTypes", package: "swift-http-types", condition: server),
        .product(name: "Hummingbird", package: "hummingbird", condition: server),
        .product(name: "Logging", package: "swift-log", condition: server),
        .product(name: "NIOCore", package: "swift-nio", condition: server),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: server),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "PolicyHTTPServerTests",
      dependencies: [
        "PolicyHTTPServer", "PolicyStorage", "PolicyServerCommand", "PolicyCortex", "Diagnostics", "MarkedSource",
        .product(name: "HTTPTypes", package: "swift-http-types", condition: server),
        .product(name: "Hummingbird", package: "hummingbird", condition: server),
        .product(name: "HummingbirdTesting", package: "hummingbird", condition: server),
        .product(name: "Logging", package: "swift-log", condition: server),
        .product(name: "NIOCore", package: "swift-nio", condition: server),
      ],
      swiftSettings: settings),

    // The server's command
    .executableTarget(
      name: "PolicyServerCommand",
      dependencies: [
        "PolicyHTTPServer", "PolicyStorage", "PolicyCortex",
        .product(name: "ArgumentParser", package: "swift-argument-parser", condition: server),
        .product(name: "Hummingbird", package: "hummingbird", condition: server),
        .product(name: "Logging", package: "swift-log", condition: server),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: server),
      ],
      swiftSettings: settings),

    // Test support and benchmarks
    .target(
      name: "MarkedSource", dependencies: ["Source", "Diagnostics"], path: "Tests/MarkedSource", swiftSettings: settings
    ),
    .executableTarget(
      name: "Benchmarks",
      dependencies: ["PolicyCortex", "PolicyModel", "CEL", "DocumentTree", "Diagnostics", "Source", "CYAML"],
      path: "Tests/Benchmarks", swiftSettings: settings),
  ]
)
