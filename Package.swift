// swift-tools-version: 6.2

import PackageDescription

/// Every Swift target of ours is built with the same strict settings, and a warning is an error.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let strictC: [CSetting] = [.treatAllWarnings(as: .error)]

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "dropscope",
  products: [
    .executable(name: "dropscope", targets: ["dropscope"]),
    .library(name: "DropoutCore", targets: ["DropoutCore"]),
    .library(name: "ExperimentFiles", targets: ["ExperimentFiles"]),
    // What Benchmarks measures, and draws with.
    .library(name: "DatasetFiles", targets: ["DatasetFiles"]),
    .library(name: "Explorer", targets: ["Explorer"]),
    .library(name: "TerminalCells", targets: ["TerminalCells"]),
    .library(name: "Charts", targets: ["Charts"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(
      name: "CKernels", cSettings: strictC, linkerSettings: [.linkedLibrary("m")]),
    .target(name: "Threads", swiftSettings: strict),
    .target(name: "DropoutCore", dependencies: ["CKernels"], swiftSettings: strict),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(
      name: "DatasetFiles", dependencies: ["DropoutCore", "CZlib"], swiftSettings: strict),
    .target(name: "ExperimentFiles", dependencies: ["DropoutCore"], swiftSettings: strict),
    .target(name: "TerminalCells", swiftSettings: strict),
    .target(name: "Charts", dependencies: ["TerminalCells"], swiftSettings: strict),
    .target(
      name: "CNcurses", cSettings: strictC,
      linkerSettings: [
        .linkedLibrary("ncursesw"), .linkedLibrary("tinfo", .when(platforms: [.linux])),
      ]),
    .target(
      name: "NcursesTerminal", dependencies: ["CNcurses", "TerminalCells"], swiftSettings: strict),
    .target(
      name: "Explorer", dependencies: ["DropoutCore", "TerminalCells", "Threads"],
      swiftSettings: strict),
    .target(name: "CCrash", cSettings: strictC),
    .executableTarget(
      name: "dropscope",
      dependencies: [
        "CCrash",
        "DropoutCore", "DatasetFiles", "ExperimentFiles", "Charts", "TerminalCells",
        "NcursesTerminal", "Explorer", "Threads", argumentParser,
      ],
      swiftSettings: strict),
    .target(
      name: "CAllocationCount", path: "Tests/CAllocationCount", cSettings: strictC),
    .testTarget(
      name: "DropoutCoreTests", dependencies: ["DropoutCore", "CAllocationCount"],
      swiftSettings: strict),
    .testTarget(
      name: "DropoutCoreDataTests", dependencies: ["DropoutCore"], swiftSettings: strict),
    .testTarget(
      name: "DatasetFilesTests", dependencies: ["DatasetFiles", "DropoutCore", "CAllocationCount"],
      swiftSettings: strict),
    .testTarget(
      name: "ExperimentFilesTests", dependencies: ["ExperimentFiles", "DropoutCore"],
      swiftSettings: strict),
    .testTarget(
      name: "ExplorerTests", dependencies: ["Explorer", "DropoutCore", "TerminalCells"],
      exclude: ["Panels/Expected"], swiftSettings: strict),
    .testTarget(
      name: "TerminalCellsTests", dependencies: ["TerminalCells"], swiftSettings: strict),
    .target(name: "TmuxSupport", path: "Tests/TmuxSupport", swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["TmuxSupport"], swiftSettings: strict),
    .executableTarget(
      name: "TerminalProbe", dependencies: ["NcursesTerminal", "TerminalCells"],
      path: "Tests/TerminalProbe", swiftSettings: strict),
    .testTarget(
      name: "NcursesTerminalTests", dependencies: ["TerminalProbe", "TmuxSupport"],
      swiftSettings: strict),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads"], swiftSettings: strict),
    .testTarget(
      name: "ChartsTests", dependencies: ["Charts", "TerminalCells"], swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests", dependencies: ["DropoutCore", "ExperimentFiles"],
      swiftSettings: strict),
  ]
)
