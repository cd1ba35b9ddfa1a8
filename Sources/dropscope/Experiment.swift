import DatasetFiles
import DropoutEngine
import ExperimentFiles

/// An experiment that is ready to run: settings, data, and the weights to start from.
struct Experiment: Sendable {
  let settings: Settings
  let dataset: Dataset
  /// The weights to start from, a learner each; nil draws them.
  let initial: [NetworkParameters]?
  /// The bytes that could be used for all of it, before any of it was there; nil where nobody knows.
  let allowedMemory: Int?

  /// Reads the data and the weights that settings name; `saying` is told what takes its time, before it does.
  ///
  /// - Throws: a failure where they cannot be had, or need more memory than may be used for this purpose.
  init(
    assignments: [(name: String, value: String)], for purpose: MemoryNeed.Purpose = .training,
    saying: (String) -> Void
  ) throws(CommandFailure) {
    let allowed = UsableMemory.bytes()
    allowedMemory = allowed
    settings = try Experiment.settings(assignments)
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
    guard let path = settings.experiment.weights else {
      initial = nil
      return
    }
    saying("reading \(ForeignText.path(path))")
    initial = try WeightFile.read(path)
  }

  /// Checks, before files of data are read, that each fits into memory as it is.
  static func checkFiles(_ configuration: ExperimentConfiguration) throws(CommandFailure) {
    let paths = [
      configuration.data, configuration.labels, configuration.testData, configuration.testLabels,
    ]
    for path in paths.compactMap({ $0 }) { try UsableMemory.checkFile(path) }
  }

  /// The settings that assignments make.
  static func settings(
    _ assignments: [(name: String, value: String)]
  ) throws(CommandFailure) -> Settings {
    do {
      return try Settings(assignments: assignments)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// What ``load(_:)`` does for a configuration, in words.
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
      return try DatasetFiles.load(configuration)
    } catch {
      throw failure(reading: error)
    }
  }

  /// A file of data that cannot be read, or does not hold what it should.
  static func failure(reading error: DatasetFileError) -> CommandFailure {
    guard error.isMissing else { return .badData(error.description) }
    let names = BuiltInDataset.allCases.map(\.rawValue).joined(separator: ", ")
    return .noInput("\(error.description); built in are \(names)")
  }

  /// The learners at step 0; `saying` is told of each before it is made.
  func group(
    kernels: KernelPath, saying: (String) -> Void
  ) throws(CommandFailure) -> LearnerGroup {
    let count = settings.experiment.learnerCount
    do {
      return try LearnerGroup(
        configuration: settings.experiment, dataset: dataset, initial: initial, kernels: kernels,
        preparing: { saying("preparing learner \($0 + 1) of \(count)") })
    } catch {
      throw CommandFailure(error)
    }
  }

  /// One learner at step 0, the others of its experiment beside it left out: its bits do not depend on them.
  ///
  /// - Throws: a failure where the experiment has no such learner.
  func trainer(learner: Int = 0, kernels: KernelPath) throws(CommandFailure) -> Trainer {
    let configuration = settings.experiment
    let count = configuration.learnerCount
    guard (0..<count).contains(learner) else {
      throw .usage(
        "--learner is \(learner): variant \(configuration.variantName) has "
          + (count == 1
            ? "one learner, so it takes 0"
            : "\(count) learners (--learners), so it takes 0 to \(count - 1)"))
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

  /// Says on the standard error what runs: the whole configuration in one line, and what reading
  /// the data decided.
  ///
  /// `names` are those of options that the command calls otherwise.
  func announce(_ command: String, names: [String: String] = [:]) {
    let options = ParameterTable.all
      .filter {
        $0.effect != .display && $0.name != "drop" && $0.name != "drop-input" && $0.name != "seed"
      }
      .map { "--\(names[$0.name] ?? $0.name) \($0.get(settings))" }
    StandardError.writeLine("dropscope \(command) \(options.joined(separator: " "))")
    for note in dataset.notes { StandardError.writeLine("\(dataset.name): \(note)") }
  }
}

extension KernelPath {
  /// The path that the environment variable DROPSCOPE_KERNELS names, else the fastest.
  static func chosen(_ environment: [String: String]) throws(CommandFailure) -> KernelPath {
    guard let name = environment["DROPSCOPE_KERNELS"], !name.isEmpty else { return .best }
    guard let path = KernelPath(named: name) else {
      throw .usage(
        "DROPSCOPE_KERNELS is '\(ForeignText.shown(name))', which this processor cannot run or nobody knows; it takes "
          + KernelPath.allNames.joined(separator: ", "))
    }
    return path
  }
}
