import DropoutEngine
import DropoutMeasure
import ExperimentFiles
import Fuzzing

extension FuzzTarget {
  /// Finished runs of comparisons.
  static let runs = FuzzTarget("runs", "files of finished runs of a comparison") { _ in
    let plans = try RunSamples.plans()
    let samples = plans.map { RunSamples.file($0) }
    let mutator = Mutator(words: RunSamples.words)
    return FuzzReader(samples: samples, mutator) { bytes in
      do {
        var inspection = RunFileInspection(program: RunSamples.program)
        try inspection.accept(bytes)
        let file = try RunFile(bytes: bytes, expected: nil, program: RunSamples.program)
        try RunSamples.check(file)
        for plan in plans {
          do {
            _ = try RunFile(bytes: bytes, expected: plan, program: RunSamples.program)
          } catch let error as RunFileError {
            try RefusalLine.check(error.description)
          }
        }
        return .accepted
      } catch let error as RunFileError {
        return .refused(error.description)
      }
    }
  }
}

/// Comparisons, and their files with all runs.
private enum RunSamples {
  static let program = "1"

  static let words =
    [
      "dropscopeRuns", "program", "variants", "seed", "seeds", "sweeps", "parameters", "run",
      "format", "steps", "configuration", "data", "targets", "divergedAt", "curve", "null", "[]",
      "classes", "numbers", "keep=0.5,0.8", "keep=", "=", "hidden=none", "steps", "keep", "\"NaN\"",
      "\"Infinity\"", "classic", "inverted", "unscaled", "bagging", "learners=1,2,3", "\\u0000",
      "built-in", "--", "seed=1,2", "\u{1B}[0m", "batch=1,2,3,4,5,6,7,8,9",
    ] + Variant.allCases.map(\.rawValue)

  static func plans() throws -> [ComparisonPlan] {
    try [
      ComparisonPlan(
        variants: "classic,inverted", seedCount: 2, sweeps: ["keep=0.5,0.8"],
        assignments: [ParameterAssignment(name: "steps", value: "3")]),
      ComparisonPlan(
        variants: "none", seedCount: 3, sweeps: [],
        assignments: [
          ParameterAssignment(name: "data", value: "plane"),
          ParameterAssignment(name: "steps", value: "3"),
          ParameterAssignment(name: "seed", value: "9007199254740988"),
        ]),
      ComparisonPlan(
        variants: "bagging,gaussian", seedCount: 1, sweeps: ["hidden=3,4:5", "batch=1,7"],
        assignments: [ParameterAssignment(name: "steps", value: "3")]),
    ]
  }

  static func file(_ plan: ComparisonPlan) -> [UInt8] {
    var lines = [RunFile.header(of: plan, program: program)]
    for number in 0..<plan.runCount {
      let isDiverged = number == 1
      let result = RunResult(
        isClassification: !plan.given.contains { $0.value == "plane" },
        values: Dictionary(
          uniqueKeysWithValues: RunMetric.allCases.map { ($0, isDiverged ? .nan : 0.25) }),
        curve: isDiverged ? [0.5, 0.5, .nan, .nan] : [0.5, 0.25, 0.25, 0.125],
        divergedAt: isDiverged ? 1 : nil)
      lines.append(
        RunLine.text(
          plan.run(number), of: plan, FinishedRun(steps: 3, data: "built-in", result: result)))
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// The use of an accepted file: its runs are asked for by number, and compared.
  static func check(_ file: RunFile) throws {
    guard let plan = file.plan else { return }
    var results: [Int: FinishedRun] = [:]
    for entry in file.entries {
      try FuzzFault.unless(
        (0..<plan.runCount).contains(entry.number), "an accepted run is one of the plan")
      results[entry.number] = entry.run
      let line = RunLine.text(plan.run(entry.number), of: plan, entry.run)
      try FuzzFault.unless(!line.contains("\n"), "a run is one line", line)
    }
    try FuzzFault.unless(
      file.tornAt.map { $0 >= 0 } ?? true, "a torn line begins in the file")
    guard results.count == plan.runCount else { return }
    let comparison = Comparison(plan, results: results)
    for format in ComparisonFormat.allCases { _ = format.lines(comparison) }
  }
}
