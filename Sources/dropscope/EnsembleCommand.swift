import ArgumentParser
import DropoutEngine
import DropoutMeasure
import ExperimentFiles

/// `dropscope ensemble`: all subnetworks of a network, for chosen examples.
struct EnsembleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ensemble",
    abstract:
      "Compare all subnetworks of a network, their means, weight scaling and the test pass.",
    discussion: """
      It trains for --steps, as train does, and measures the result. With --weights it takes those \
      weights, and trains them only if --steps or --epochs is given. The file decides --hidden if \
      that is left out; a file of this program also decides --activation, --keep, --keep-input and \
      the variant. Files of export have the test factors folded into the weights: after classic \
      dropout they are read as scaling inverted, which has the same subnetworks.

      All subnetworks are enumerated up to 20 masked units that send anything, or up to 24 if at \
      most 12 of them are below the last hidden layer. Beyond that, masks are drawn. Weights and \
      activations have the engine's 32 bits; the output layer and all means over subnetworks are \
      computed in 64 bits.
      """)

  @Option(
    name: .customLong("examples"),
    help: ArgumentHelp(
      "The examples, counted from 0: \(ExampleList.form). Default: the first eight test examples.",
      valueName: "LIST"))
  var list: String?

  @Flag(
    help: ArgumentHelp(
      """
      Enumerate all subnetworks, up to \(EnsembleOptions.largestUnitLimit) masked units, or end \
      with an error.
      """))
  var exact = false

  @Option(
    help: ArgumentHelp(
      """
      Draw this many masks, 2 to 1000000000, instead of enumerating. Default where enumeration \
      would take too long: 10000.
      """, valueName: "COUNT"))
  var samples: Int?

  @Option(help: "The format of lines.")
  var format = MetricsFormat.table

  @OptionGroup(title: "Session") var resume: ResumeOptions
  @OptionGroup var experiment: EnsembleExperimentOptions

  func validate() throws {
    if exact, samples != nil {
      throw ValidationError("--exact enumerates and --samples draws masks: give one of them.")
    }
    if let samples, !(2...1_000_000_000).contains(samples) {
      throw ValidationError("--samples is \(samples): it takes 2 to 1000000000.")
    }
  }

  /// The options that say what is measured, where they are given.
  private var measured: [(name: String, value: String)] {
    [("examples", list), ("samples", samples.map { "\($0)" })].compactMap { name, value in
      value.map { (name, $0) }
    }
  }

  private var options: EnsembleOptions {
    EnsembleOptions(
      exactUnitLimit: exact ? EnsembleOptions.largestUnitLimit : samples == nil ? 20 : 0,
      samples: samples ?? 10_000, precision: .double)
  }

  func run() throws {
    let activity = ActivityLine()
    defer { activity.end() }
    let (experiment, resumed, steps) = try loaded(saying: activity.begin)
    activity.end()
    let examples = try ExampleList.examples(list, of: experiment.dataset)
    experiment.announce(
      "ensemble", from: resumed, self.experiment.assignments + measured,
      names: ["examples": "data-examples"])
    try SystemLimits.checkThreads(1)
    let interruption = Interruption()
    interruption.watch()
    let start = try RunStart(
      experiment, resumed, kernels: .chosen(ThisProcess.environment), interruption: interruption,
      activity: activity)
    let trainer = start.group.learners[0]
    try train(
      start, steps: steps ?? start.lastStep(of: experiment), interruption: interruption)
    let state = trainer.state
    let measurer = Measurer(dataset: experiment.dataset, kernels: trainer.kernels)
    if exact { try refuseTooMany(measurer, state, examples) }

    let lines = EnsembleLines(format: format, dataset: experiment.dataset)
    var output = OutputStream.standardOutput()
    var progress = ProgressBar(total: examples.count * 1_000, noun: nil, isShown: isWatched)
    var summary = EnsembleSummary()
    for (index, example) in examples.enumerated() {
      let found = measurer.ensemble(state, example: example, options: options) { share in
        progress.show(index * 1_000 + Int(nearest: (share * 1_000).rounded(.down), in: 0...1_000))
        return interruption.signal == nil
      }
      guard let ensemble = found else { break }
      summary.add(ensemble)
      if index == 0 {
        for line in lines.header(for: ensemble) { try output.writeLine(line) }
      }
      try output.writeLine(lines.line(ensemble))
      try output.flush()
    }
    progress.clear()
    for line in lines.closing(summary) { try output.writeLine(line) }
    try output.flush()
    if let signal = interruption.signal { throw CommandFailure.interrupted(signal: signal) }
  }

  private var isWatched: Bool { StandardError.isTerminal && !OutputStream.isTerminal }

  /// The experiment, completed by the metadata of a weight file, and its number of steps.
  private func loaded(
    saying: (String) -> Void
  ) throws(CommandFailure) -> (experiment: Experiment, resumed: ResumedSession?, steps: Int?) {
    var assignments = experiment.assignments
    if resume.isGiven {
      let run = experiment.length.assignments
      let others = Array(assignments.dropLast(run.count))
      let (loaded, resumed) = try resume.load(others, run: run, saying: saying)
      try refuseLearners(loaded)
      return (loaded, resumed, nil)
    }
    let given = Set(assignments.map(\.name))
    let path = assignments.last { $0.name == "weights" && $0.value != "none" }?.value
    if let path {
      let layers = assignments.last { $0.name == "layers" && $0.value != "auto" }?.value
      let decided = try WeightFile.experiment(of: path, layers: layers, given: given)
      assignments += decided
      let text = decided.map { "--\($0.name) \($0.value)" }.joined(separator: " ")
      if !decided.isEmpty { StandardError.writeLine("\(ForeignText.path(path)): decides \(text)") }
    }
    let loaded = try Experiment(assignments: assignments, saying: saying)
    try refuseLearners(loaded)
    if path != nil, given.isDisjoint(with: ["steps", "epochs"]) { return (loaded, nil, 0) }
    return (loaded, nil, nil)
  }

  private func refuseLearners(_ loaded: Experiment) throws(CommandFailure) {
    let variant = loaded.settings.experiment.variant
    guard variant.hasSeveralLearners else { return }
    throw .usage(
      "ensemble takes one network apart into the subnetworks of its masks, but variant "
        + "\(variant.rawValue) averages \(loaded.settings.experiment.learners) learners without "
        + "masks; train reports their average")
  }

  private func train(
    _ start: RunStart, steps: Int, interruption: Interruption
  ) throws(CommandFailure) {
    let group = start.group
    var progress = ProgressBar(total: steps, isShown: isWatched)
    while group.step < steps {
      do {
        try start.advance(steps: min(64, steps - group.step))
      } catch {
        progress.clear()
        throw CommandFailure(error)
      }
      progress.show(group.step)
      if let signal = interruption.signal {
        progress.clear()
        throw .interrupted(signal: signal)
      }
    }
    progress.clear()
  }

  /// Fails before any line is written if an example has too many subnetworks to enumerate.
  private func refuseTooMany(
    _ measurer: Measurer, _ state: NetworkState, _ examples: [Int]
  ) throws(CommandFailure) {
    for example in examples {
      let size = measurer.ensembleSize(state, example: example)
      guard !size.canEnumerate(options) else { continue }
      guard let units = size.maskedUnits else {
        throw .usage(
          "--exact needs a mask of its own for each unit, and noise "
            + "\(state.configuration.dropout.noise.rawValue) has none: leave --exact out, and "
            + "masks are drawn (--samples)")
      }
      throw .usage(
        "--exact cannot enumerate example \(example): of its \(units) masked units "
          + "\(size.relevantUnits) change something, "
          + "\(size.upstreamUnits) of them below the last hidden layer; at most "
          + "\(EnsembleOptions.largestUnitLimit) can be enumerated, and at most "
          + "\(EnsembleOptions.largestUpstreamLimit) there. Leave --exact out, and masks are drawn "
          + "(--samples), or mask fewer units (--hidden, or --keep 1 for a layer)")
    }
  }
}
