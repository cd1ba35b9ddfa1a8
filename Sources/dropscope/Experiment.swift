import DatasetFiles
import DropoutEngine
import ExperimentFiles
import Explorer

/// An experiment that is ready to run: settings, data and initial weights.
struct Experiment: Sendable {
  let settings: Settings
  let dataset: Dataset
  /// The initial weights of each learner; nil draws them.
  let initial: [NetworkParameters]?
  /// Remarks on how the weights were read, a sentence each.
  let notes: [String]
  /// The bytes that could be used before anything was allocated; nil where nobody knows.
  let allowedMemory: Int?

  /// Reads the data and the weights that settings name; `saying` is called before each task that
  /// takes time.
  ///
  /// - Throws: a failure where they cannot be read, or need more memory than may be used for this
  ///   purpose.
  init(
    assignments: [(name: String, value: String)], for purpose: MemoryNeed.Purpose = .training,
    saying: (String) -> Void
  ) throws(CommandFailure) {
    try self.init(Experiment.settings(assignments), for: purpose, saying: saying)
  }

  /// Reads the data of settings, and the weights that they name unless others are given; `saying`
  /// is called before each task that takes time.
  ///
  /// - Throws: a failure where they cannot be read, or need more memory than may be used for this
  ///   purpose.
  init(
    _ settings: Settings, initial given: [NetworkParameters]? = nil,
    for purpose: MemoryNeed.Purpose = .training, saying: (String) -> Void
  ) throws(CommandFailure) {
    let allowed = UsableMemory.bytes()
    allowedMemory = allowed
    self.settings = settings
    do {
      try BuiltInDataset(rawValue: settings.experiment.data)?
        .memoryNeed(settings.experiment, for: purpose).check(against: allowed)
    } catch {
      throw CommandFailure(error)
    }
    saying(Experiment.loading(settings.experiment))
    dataset = try Experiment.load(settings.experiment)
    do {
      try MemoryNeed(of: settings.experiment, dataset: dataset, for: purpose)
        .check(against: allowed)
    } catch {
      throw CommandFailure(error)
    }
    guard given == nil, let path = settings.experiment.weights else {
      initial = given
      notes = []
      return
    }
    saying("reading \(ForeignText.path(path))")
    let dataset = dataset
    let contents = try WeightFile.read(
      path, layers: settings.experiment.weightLayers,
      fitting: settings.experiment.layerFit(dataset))
    initial = contents.learners.map { $0.scaled(for: dataset) }
    notes = contents.notes.map { "\(ForeignText.path(path)): \($0)" }
  }

  /// Checks, before data files are read, that each fits into memory.
  static func checkFiles(_ configuration: ExperimentConfiguration) throws(CommandFailure) {
    let paths = [
      configuration.data, configuration.labels, configuration.testData, configuration.testLabels,
    ]
    for path in paths.compactMap({ $0 }) { try UsableMemory.checkFile(path) }
  }

  /// The settings from assignments.
  static func settings(
    _ assignments: [(name: String, value: String)]
  ) throws(CommandFailure) -> Settings {
    do {
      for (name, value) in assignments {
        try ParameterTable.definition(named: name)?.checkTyped(value)
      }
      return try Settings(assignments: assignments)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// The work of ``load(_:)`` for a configuration, in words.
  static func loading(_ configuration: ExperimentConfiguration) -> String {
    guard let builtIn = BuiltInDataset(rawValue: configuration.data) else {
      return "reading \(ForeignText.path(configuration.data))"
    }
    return "making \(configuration.examples) examples of \(builtIn.rawValue)"
  }

  /// Generates or reads the data of a configuration.
  static func load(_ configuration: ExperimentConfiguration) throws(CommandFailure) -> Dataset {
    if let builtIn = BuiltInDataset(rawValue: configuration.data) {
      do {
        return try builtIn.generate(configuration)
      } catch {
        throw .badData(error.description)
      }
    }
    try checkFiles(configuration)
    do {
      return try DatasetFiles.load(configuration, within: UsableMemory.bytes())
    } catch {
      throw failure(reading: error)
    }
  }

  /// The failure for a data file that cannot be read or has the wrong contents.
  static func failure(reading error: DatasetFileError) -> CommandFailure {
    guard error.isMissing else { return .badData(error.description) }
    let names = BuiltInDataset.allCases.map(\.rawValue).joined(separator: ", ")
    let nearest = NameDistance.nearest(
      to: error.path, in: BuiltInDataset.allCases.map(\.rawValue))
    return .noInput(
      "\(error.description); built in are \(names)"
        + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
  }

  /// The learners at step 0; `saying` is called before each is made.
  func group(
    kernels: KernelPath, saying: (String) -> Void
  ) throws(CommandFailure) -> LearnerGroup {
    let count = settings.experiment.learnerCount
    do {
      return try LearnerGroup(
        configuration: settings.experiment, dataset: dataset, initial: initial, kernels: kernels,
        preparing: {
          saying(count == 1 ? "preparing the network" : "preparing learner \($0 + 1) of \(count)")
        })
    } catch {
      throw CommandFailure(error)
    }
  }

  /// One learner at step 0.
  ///
  /// The other learners of its experiment are not made, since its bits do not depend on them.
  ///
  /// - Throws: a failure where the experiment does not have this learner.
  func trainer(learner: Int = 0, kernels: KernelPath) throws(CommandFailure) -> Trainer {
    let configuration = settings.experiment
    let count = configuration.learnerCount
    guard (0..<count).contains(learner) else {
      throw Experiment.noLearner(learner, of: configuration)
    }
    if let initial, initial.count != count {
      throw CommandFailure(
        ConfigurationError.learnersDoNotFit(
          given: initial.count, needed: count, variant: configuration.variant))
    }
    do {
      return try Trainer(
        configuration: configuration, dataset: dataset, initial: initial?[learner],
        learner: learner, kernels: kernels)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// The failure for a learner that an experiment does not have.
  static func noLearner(
    _ learner: Int, of configuration: ExperimentConfiguration
  ) -> CommandFailure {
    let count = configuration.learnerCount
    return .usage(
      "--learner is \(learner): variant \(configuration.variantName) has "
        + (count == 1
          ? "one learner, so it takes 0"
          : "\(count) learners (--learners), so it takes 0 to \(count - 1)"))
  }

  /// Describes the run on the standard error: the whole configuration in one line, and the
  /// decisions made while reading the data.
  ///
  /// `names` maps parameters to options where the command calls them otherwise.
  func announce(_ command: String, names: [String: String] = [:]) {
    let options = ParameterTable.all
      .filter {
        $0.effect != .display && $0.applies(to: settings.experiment) && $0.name != "drop"
          && $0.name != "drop-input" && $0.name != "seed"
      }
      .map { "--\(names[$0.name] ?? $0.name) \(ShellWord.quoted($0.get(settings)))" }
    announce(command: "dropscope \(command) \(options.joined(separator: " "))")
  }

  /// Writes the command that goes on from a session to the standard error, or the command for a run
  /// from step 0 where there is none.
  ///
  /// - Parameters:
  ///   - command: the name of the command.
  ///   - resumed: the session, if any.
  ///   - given: the options that stand beside the session's.
  ///   - names: other names for parameters.
  func announce(
    _ command: String, from resumed: ResumedSession?, _ given: [(name: String, value: String)],
    names: [String: String] = [:]
  ) {
    guard let resumed else { return announce(command, names: names) }
    let words = (resumed.words + given).map { "--\($0.name) \(ShellWord.quoted($0.value))" }
    announce(
      command: (["dropscope \(command)"] + words
        + (resumed.goesOnAnyway ? ["--resume-anyway"] : []))
        .joined(separator: " "))
  }

  private func announce(command: String) {
    StandardError.writeLine(command)
    for note in dataset.notes { StandardError.writeLine("\(dataset.name): \(note)") }
    for note in notes { StandardError.writeLine(note) }
  }
}

extension ExperimentConfiguration {
  /// The network that weights for a dataset must fit.
  func layerFit(_ dataset: Dataset) -> LayerFit {
    LayerFit(inputs: dataset.inputCount, outputs: dataset.outputCount, hidden: hidden)
  }
}

extension KernelPath {
  /// The path that the environment variable DROPSCOPE_KERNELS names, else the fastest one.
  static func chosen(_ environment: [String: String]) throws(CommandFailure) -> KernelPath {
    guard let name = environment["DROPSCOPE_KERNELS"], !name.isEmpty else { return .best }
    guard let path = KernelPath(named: name) else {
      throw .usage(
        "DROPSCOPE_KERNELS is '\(ForeignText.shown(name))', which this processor cannot run or "
          + "nobody knows; it takes " + KernelPath.allNames.joined(separator: ", "))
    }
    return path
  }
}
