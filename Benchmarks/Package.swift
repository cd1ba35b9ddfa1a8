// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "dropscope", path: "..")],
  targets: [
    .executableTarget(
      name: "Benchmarks",
      dependencies: [.product(name: "DropoutCore", package: "dropscope")],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
