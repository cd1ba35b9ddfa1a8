import ArgumentParser
import DropoutEngine
import DropoutMeasure
import ExperimentFiles

/// `dropscope compare`: variants over seeds and over a grid of parameters.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract:
      "Compare variants over seeds: means, spread, and paired differences from the first one.",
    discussion: """
      A seed gives every variant the same data, the same start and the same masks, so differences \
      are paired by seed. Explicit parameters hold for all variants and win over a variant's own \
      settings. --sweep tries several values of a parameter; several sweeps try all combinations: \
      --sweep keep=0.3,0.5,0.8 --sweep l2=0,0.001. A value that is itself a list has colons \
      instead of commas: --sweep hidden=12:12,24:24. The limit is \(ComparisonPlan.runLimit) runs.

      The results do not depend on --jobs, --resume or --shard, to the last bit. --resume FILE \
      keeps each finished run in a file, and the same command continues from there after any end. \
      --shard 3/16 computes one part of the runs and writes them as lines; --merge part-*.jsonl \
      joins the parts: \
      seq 16 | parallel 'dropscope compare … --shard {}/16 --resume part-{}.jsonl'
      """)

  /// The format of results.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json, svg
  }

  @Option(
    help: ArgumentHelp(
      "The variants; the others are compared with the first.",
      valueName: "NAME[,NAME…]"), completion: .list(Variant.allCases.map(\.rawValue)))
  var variants: String?

  @Option(
    name: .customLong("seeds"),
    help: ArgumentHelp(
      "The number of seeds, starting with --seed. Default: 10.", valueName: "COUNT"))
  var seedCount: Int?

  @Option(
    name: .customLong("sweep"),
    help: ArgumentHelp(
      "Several values of a parameter; several sweeps make a grid.", valueName: "NAME=VALUE,…"))
  var sweeps: [String] = []

  @Option(
    help: "The format of the results: table, csv, json (a line for each variant), or svg.")
  var format: Format?

  @Option(
    help: ArgumentHelp(
      "The number of runs at once. Default: the number of cores.", valueName: "COUNT"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Keep finished runs in this file, and do not repeat the runs in it.", valueName: "FILE"),
    completion: .file())
  var resume: String?

  @Option(
    help: ArgumentHelp(
      "Compute part I of N of the runs and write them as lines of JSON.", valueName: "I/N"))
  var shard: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Join files of runs instead of computing.", valueName: "FILE…"),
    completion: .file())
  var merge: [String] = []

  @OptionGroup var experiment: ComparedExperimentOptions

  func validate() throws {
    if let jobs, !(1...4096).contains(jobs) {
      throw ValidationError("--jobs is \(jobs): it takes 1 to 4096.")
    }
    if shard != nil, let format, format != .json {
      throw ValidationError(
        "--shard writes lines of runs, not --format \(format.rawValue): give the format to --merge."
      )
    }
    guard merge.isEmpty else {
      let isAlone =
        variants == nil && seedCount == nil && sweeps.isEmpty && resume == nil && shard == nil
        && jobs == nil && experiment.assignments.isEmpty
      guard isAlone else {
        throw ValidationError(
          "--merge takes everything from the files: beside it only --format makes sense.")
      }
      return
    }
    guard variants != nil else {
      throw ValidationError(
        "--variants is missing, as in --variants classic,inverted; there are "
          + Variant.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
  }

  func run() throws {
    guard merge.isEmpty else {
      let (plan, results) = try ComparisonMerge.runs(of: merge)
      try write(Comparison(plan, results: results), plan: plan)
      return
    }
    let (plan, shard) = try planned()
    let jobs = min(self.jobs ?? ThisProcess.processorCount, ThisProcess.processorCount)
    // One thread more waits for signals.
    try SystemLimits.checkThreads(jobs + 1)
    announce(plan, shard: shard)
    let activity = ActivityLine()
    defer { activity.end() }
    let inputs = try ComparisonInputs(
      plan, kernels: .chosen(ThisProcess.environment), jobs: jobs, activity: activity)
    activity.end()
    let file = try resume.map { path throws(CommandFailure) in
      try ResumeFile(path: path, plan: plan)
    }
    let interruption = Interruption()
    interruption.watch()
    let computation = ComparisonComputation(
      plan: plan, shard: shard, inputs: inputs, file: file, writesLines: self.shard != nil,
      jobs: jobs, interruption: interruption)
    let results = try computation.run()
    if self.shard == nil {
      try write(Comparison(plan, results: results), plan: plan)
    }
    guard let signal = interruption.signal,
      results.count < plan.order(of: shard).count
    else { return }
    sayHowToGoOn(finished: results.count, of: plan.order(of: shard).count)
    throw CommandFailure.interrupted(signal: signal)
  }

  private func planned() throws(CommandFailure) -> (ComparisonPlan, ComparisonShard) {
    do {
      return (
        try ComparisonPlan(
          variants: variants ?? "", seedCount: seedCount ?? 10, sweeps: sweeps,
          assignments: experiment.assignments),
        try shard.map { text throws(ComparisonError) in try ComparisonShard(text) } ?? .whole
      )
    } catch {
      throw .usage(error.description)
    }
  }

  /// Describes the comparison on the standard error: the number of runs, and the whole
  /// configuration in one line.
  private func announce(_ plan: ComparisonPlan, shard: ComparisonShard) {
    var factors = [
      "\(plan.variants.count) \(plan.variants.count == 1 ? "variant" : "variants")",
      "\(plan.seeds.count) \(plan.seeds.count == 1 ? "seed" : "seeds")",
    ]
    factors += plan.sweeps.map { "\($0.values.count) of \($0.name)" }
    let part =
      shard == .whole
      ? "" : ", of which part \(shard.text) has \(plan.order(of: shard).count)"
    StandardError.writeLine(
      "\(plan.runCount) \(plan.runCount == 1 ? "run" : "runs") "
        + "(\(factors.joined(separator: " x ")))\(part)")
    var options = [
      "--variants \(plan.variants.map(\.rawValue).joined(separator: ","))",
      "--seed \(plan.seeds[0]) --seeds \(plan.seeds.count)",
    ]
    options += plan.sweeps.map { "--sweep \($0.text)" }
    options += plan.sharedParameters.map { "--\($0.name) \($0.value)" }
    StandardError.writeLine("dropscope compare \(options.joined(separator: " "))")
  }

  private func write(_ comparison: Comparison, plan: ComparisonPlan) throws(CommandFailure) {
    guard comparison.finished > 0 else { return }
    var output = OutputStream.standardOutput()
    switch format ?? .table {
    case .table: try output.writeLines(ComparisonFormat.table.lines(comparison))
    case .csv: try output.writeLines(ComparisonFormat.csv.lines(comparison))
    case .json: try output.writeLines(ComparisonFormat.json.lines(comparison))
    case .svg: try output.write(ComparisonCurves.picture(of: comparison, plan: plan).utf8)
    }
    try output.flush()
  }

  private func sayHowToGoOn(finished: Int, of total: Int) {
    let rest = "\(finished) of \(total) runs are finished"
    if let resume {
      StandardError.writeLine(
        "\(rest) and kept in \(ForeignText.path(resume)): the same command goes on from there")
    } else if shard != nil {
      StandardError.writeLine(
        "\(rest) and written: with --resume and a file of what was written the same command goes "
          + "on from there")
    } else {
      StandardError.writeLine(
        "\(rest), and none is kept: with --resume FILE the same command would go on where it "
          + "stopped")
    }
  }
}

extension OutputStream {
  /// Appends lines.
  mutating func writeLines(_ lines: [String]) throws(CommandFailure) {
    for line in lines { try writeLine(line) }
  }
}
