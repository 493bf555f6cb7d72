// swift-tools-version: 6.2
import PackageDescription

// The fuzzers call what is `package` in the engine. Access goes by the package's name, which SwiftPM makes of the name of
// the checkout's folder; taking the same name opens the same doors.
let checkout = String(Context.packageDirectory.split(separator: "/").dropLast(2).last ?? "")
let enginePackage = String(checkout.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .unsafeFlags(["-package-name", enginePackage]),
]

let engine: [Target.Dependency] = [
  .product(name: "PolicyCortex", package: checkout), .product(name: "CEL", package: checkout),
]

let package = Package(
  name: "Fuzzing",
  dependencies: [.package(path: "../..")],
  targets: [
    // What must hold of every answer
    .target(name: "Invariants", dependencies: engine, path: "Invariants", swiftSettings: settings),

    // One entry point each
    .executableTarget(name: "FuzzJSON", dependencies: ["Invariants"] + engine, path: "FuzzJSON", swiftSettings: settings),
    .executableTarget(name: "FuzzYAML", dependencies: ["Invariants"] + engine, path: "FuzzYAML", swiftSettings: settings),
    .executableTarget(
      name: "FuzzCondition", dependencies: ["Invariants"] + engine, path: "FuzzCondition", swiftSettings: settings),
    .executableTarget(
      name: "FuzzDocument", dependencies: ["Invariants"] + engine, path: "FuzzDocument", swiftSettings: settings),
  ]
)
