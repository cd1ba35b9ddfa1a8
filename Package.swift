// swift-tools-version: 6.2

import PackageDescription

/// All our Swift targets have the same strict settings, and warnings are errors.
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
  // Locks and atomics of the standard library need it.
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "dropscope", targets: ["dropscope"]),
    .library(name: "DropoutEngine", targets: ["DropoutEngine"]),
    .library(name: "DropoutMeasure", targets: ["DropoutMeasure"]),
    .library(name: "ExperimentFiles", targets: ["ExperimentFiles"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(
      name: "CKernels", cSettings: strictC, linkerSettings: [.linkedLibrary("m")]),
    .target(name: "CLibrary", swiftSettings: strict),
    .target(name: "Threads", dependencies: ["CLibrary"], swiftSettings: strict),
    .target(name: "DropoutEngine", dependencies: ["CKernels"], swiftSettings: strict),
    .target(
      name: "DropoutMeasure", dependencies: ["DropoutEngine", "CKernels"], swiftSettings: strict),
    .target(
      name: "DropoutLaws", dependencies: ["DropoutEngine", "DropoutMeasure"],
      swiftSettings: strict),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(
      name: "DatasetFiles", dependencies: ["CLibrary", "CZlib", "DropoutEngine"],
      swiftSettings: strict),
    .target(
      name: "ExperimentFiles",
      dependencies: ["CLibrary", "DropoutEngine", "DropoutMeasure", "DropoutLaws"],
      swiftSettings: strict),
    .target(name: "Frameworks", dependencies: ["DropoutEngine"], swiftSettings: strict),
    .target(name: "JSON", swiftSettings: strict),
    .target(
      name: "Recordings", dependencies: ["CLibrary", "DropoutEngine", "JSON"],
      swiftSettings: strict),
    .target(
      name: "Sessions", dependencies: ["CLibrary", "CZlib", "DropoutEngine", "JSON"],
      swiftSettings: strict),
    .target(
      name: "Lessons", dependencies: ["DropoutEngine", "JSON", "Sessions"],
      resources: [.embedInCode("BuiltIn")], swiftSettings: strict),
    .target(name: "TerminalCells", swiftSettings: strict),
    .target(name: "Charts", dependencies: ["CLibrary", "TerminalCells"], swiftSettings: strict),
    .target(
      name: "CNcurses", cSettings: strictC,
      linkerSettings: [
        .linkedLibrary("ncursesw"), .linkedLibrary("tinfo", .when(platforms: [.linux])),
      ]),
    .target(
      name: "NcursesTerminal", dependencies: ["CLibrary", "CNcurses", "TerminalCells"],
      swiftSettings: strict),
    .target(
      name: "Explorer",
      dependencies: [
        "DropoutEngine", "DropoutLaws", "DropoutMeasure", "Lessons", "Recordings", "Sessions",
        "TerminalCells", "Threads",
      ],
      swiftSettings: strict),
    .target(name: "CCrash", cSettings: strictC),
    .target(name: "CMemory", cSettings: strictC),
    .executableTarget(
      name: "dropscope",
      dependencies: [
        "CCrash", "CLibrary", "CMemory", "DropoutEngine", "DropoutMeasure", "DropoutLaws",
        "DatasetFiles",
        "ExperimentFiles", "Charts", "Frameworks", "Lessons", "Recordings", "Sessions",
        "TerminalCells", "NcursesTerminal", "Explorer", "Threads", argumentParser,
      ],
      swiftSettings: strict),
    .target(
      name: "CAllocationCount", path: "Tests/CAllocationCount", cSettings: strictC),
    .target(
      name: "Oracles", dependencies: ["DropoutEngine", "DropoutMeasure"], path: "Tests/Oracles",
      swiftSettings: strict),
    // Trainings are watched with a measurer, so these tests need the floor above as well.
    .testTarget(
      name: "DropoutEngineTests",
      dependencies: [
        "DropoutEngine", "DropoutMeasure", "Oracles", "CAllocationCount", "RepeatableRandom",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "DropoutMeasureTests", dependencies: ["DropoutEngine", "DropoutMeasure", "Oracles"],
      swiftSettings: strict),
    .testTarget(
      name: "DropoutLawsTests", dependencies: ["DropoutEngine", "DropoutLaws", "Oracles"],
      swiftSettings: strict),
    .testTarget(
      name: "DatasetFilesTests",
      dependencies: ["DatasetFiles", "DropoutEngine", "CAllocationCount"],
      swiftSettings: strict),
    .testTarget(
      name: "FrameworksTests", dependencies: ["Frameworks", "DropoutEngine", "RepeatableRandom"],
      swiftSettings: strict),
    .testTarget(
      name: "JSONTests", dependencies: ["JSON", "RepeatableRandom"], swiftSettings: strict),
    .testTarget(
      name: "LessonsTests",
      dependencies: ["Lessons", "DropoutEngine", "RepeatableRandom", "Sessions"],
      swiftSettings: strict),
    .testTarget(
      name: "RecordingsTests",
      dependencies: ["Recordings", "DropoutEngine", "RecordingSamples", "RepeatableRandom"],
      swiftSettings: strict),
    .testTarget(
      name: "SessionsTests",
      dependencies: [
        "CLibrary", "DropoutEngine", "ParameterExtremes", "RepeatableRandom", "SessionProbe",
        "SessionSamples", "Sessions",
      ],
      swiftSettings: strict),
    .target(
      name: "SessionSamples", dependencies: ["DropoutEngine", "Sessions"],
      path: "Tests/SessionSamples", swiftSettings: strict),
    .executableTarget(
      name: "SessionProbe",
      dependencies: ["CLibrary", "DropoutEngine", "SessionSamples", "Sessions"],
      path: "Tests/SessionProbe", swiftSettings: strict),
    .target(
      name: "RecordingSamples", path: "Tests/RecordingSamples", exclude: ["Written"],
      swiftSettings: strict),
    .testTarget(
      name: "ExperimentFilesTests",
      dependencies: ["ExperimentFiles", "DropoutEngine", "DropoutMeasure"],
      swiftSettings: strict),
    .target(
      name: "ParameterExtremes", dependencies: ["DropoutEngine"], path: "Tests/ParameterExtremes",
      swiftSettings: strict),
    .target(
      name: "RepeatableRandom", path: "Tests/RepeatableRandom", swiftSettings: strict),
    .target(
      name: "ExplorerPlay",
      dependencies: [
        "Explorer", "DropoutEngine", "DropoutMeasure", "Lessons", "RepeatableRandom",
        "TerminalCells",
      ],
      path: "Tests/ExplorerPlay", swiftSettings: strict),
    .testTarget(
      name: "ExplorerTests",
      dependencies: [
        "Explorer", "ExplorerPlay", "DropoutEngine", "DropoutMeasure", "Lessons",
        "ParameterExtremes",
        "RecordingSamples", "Recordings", "RepeatableRandom", "Sessions", "TerminalCells",
        "Threads",
      ],
      exclude: ["Frame/Expected"], swiftSettings: strict),
    .target(
      name: "Fuzzing", dependencies: ["CLibrary", "RepeatableRandom"], path: "Tests/Fuzzing",
      swiftSettings: strict),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "CZlib", "DatasetFiles", "DropoutEngine", "DropoutMeasure", "ExperimentFiles", "Explorer",
        "ExplorerPlay", "Frameworks", "Fuzzing", "JSON", "Lessons", "RecordingSamples",
        "Recordings", "RepeatableRandom", "SessionSamples", "Sessions", "TerminalCells",
      ],
      path: "Tests/FuzzTargets", swiftSettings: strict),
    .executableTarget(
      name: "Fuzz",
      dependencies: ["CLibrary", "FuzzTargets", "Fuzzing", "Threads", argumentParser],
      path: "Tests/Fuzz", swiftSettings: strict),
    .testTarget(
      name: "FuzzTests", dependencies: ["Fuzz", "FuzzTargets", "Fuzzing", "RepeatableRandom"],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalCellsTests", dependencies: ["CLibrary", "RepeatableRandom", "TerminalCells"],
      swiftSettings: strict),
    .target(name: "TmuxSupport", path: "Tests/TmuxSupport", swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["RecordingSamples", "RepeatableRandom", "TmuxSupport"],
      swiftSettings: strict),
    .executableTarget(
      name: "TerminalProbe", dependencies: ["CLibrary", "NcursesTerminal", "TerminalCells"],
      path: "Tests/TerminalProbe", swiftSettings: strict),
    .testTarget(
      name: "NcursesTerminalTests", dependencies: ["TerminalProbe", "TmuxSupport"],
      swiftSettings: strict),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads"], swiftSettings: strict),
    .testTarget(
      name: "ChartsTests", dependencies: ["Charts", "TerminalCells"], swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "DatasetFiles", "DropoutEngine", "DropoutMeasure", "ExperimentFiles", "Explorer", "Lessons",
        "ParameterExtremes", "RecordingSamples", "SessionSamples", "Sessions", "TerminalCells",
      ],
      swiftSettings: strict),
    .target(name: "CMachine", path: "Benchmarks/Sources/CMachine", cSettings: strictC),
    .executableTarget(
      name: "RunMeasured", path: "Benchmarks/Sources/RunMeasured", cSettings: strictC),
    .target(name: "Figures", path: "Benchmarks/Sources/Figures", swiftSettings: strict),
    .target(name: "Findings", path: "Benchmarks/Sources/Findings", swiftSettings: strict),
    .executableTarget(
      name: "WriteFindings", dependencies: ["Findings", argumentParser],
      path: "Benchmarks/Sources/WriteFindings", swiftSettings: strict),
    // Others could write it: it sees public interfaces only.
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "CMachine", "Figures", "RunMeasured", "DropoutEngine", "DropoutMeasure", "DatasetFiles",
        "Explorer", "TerminalCells", "Charts", argumentParser,
      ],
      path: "Benchmarks/Sources/Benchmarks", packageAccess: false, swiftSettings: strict),
    .testTarget(name: "FiguresTests", dependencies: ["Figures"], swiftSettings: strict),
    .testTarget(name: "FindingsTests", dependencies: ["Findings"], swiftSettings: strict),
  ]
)

// libFuzzer has the main function, so this is linked in a build for it alone.
if Context.environment["DROPSCOPE_GUIDED"] != nil {
  package.targets += [
    .systemLibrary(name: "CLibFuzzer", path: "Tests/CLibFuzzer"),
    .executableTarget(
      name: "GuidedFuzz",
      dependencies: ["CLibFuzzer", "CLibrary", "FuzzTargets", "Fuzzing", "RepeatableRandom"],
      path: "Tests/GuidedFuzz", swiftSettings: strict),
  ]
}
