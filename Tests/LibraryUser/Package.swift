// swift-tools-version: 6.2
import PackageDescription

/// A program that uses the library as any other does: by its product, without the settings of this project.
///
/// `Sources/PolicyServer/PolicyHandler.swift` is the README's example, byte for byte.
let package = Package(
  name: "LibraryUser",
  dependencies: [.package(name: "PolicyCortex", path: "../..")],
  targets: [
    .target(name: "PolicyServer", dependencies: [.product(name: "PolicyCortex", package: "PolicyCortex")]),
    .testTarget(name: "PolicyServerTests", dependencies: ["PolicyServer"], exclude: ["ResourceTypes"]),
  ]
)
