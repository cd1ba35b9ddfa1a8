// swift-tools-version: 6.2

import PackageDescription

/// As in the package itself: strict settings, and warnings are errors.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let strictC: [CSetting] = [.treatAllWarnings(as: .error)]

/// A library of the measured package.
func product(_ name: String) -> Target.Dependency { .product(name: name, package: "dropscope") }

let package = Package(
  name: "Benchmarks",
  dependencies: [
    .package(name: "dropscope", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .target(name: "CMachine", cSettings: strictC),
    .executableTarget(name: "RunMeasured", cSettings: strictC),
    .target(name: "Figures", swiftSettings: strict),
    .target(name: "Findings", swiftSettings: strict),
    .executableTarget(
      name: "WriteFindings",
      dependencies: [
        "Findings", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "CMachine", "Figures", "RunMeasured", product("DropoutEngine"),
        product("DropoutMeasure"), product("DatasetFiles"),
        product("Explorer"), product("TerminalCells"), product("Charts"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(name: "FiguresTests", dependencies: ["Figures"], swiftSettings: strict),
    .testTarget(name: "FindingsTests", dependencies: ["Findings"], swiftSettings: strict),
  ]
)
