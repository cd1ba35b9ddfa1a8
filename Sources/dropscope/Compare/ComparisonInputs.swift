import DatasetFiles
import DropoutEngine
import DropoutMeasure

/// The files that the runs of a comparison need.
///
/// Each is read once, before the first run.
struct ComparisonInputs: Sendable {
  /// The parameters that decide the contents read from files.
  private struct Source: Hashable {
    var data: String
    var labels: String?
    var testData: String?
    var testLabels: String?
    var target: String?
    var table: TableChoices
    var task: TaskChoice
    var limit: Int?

    init(_ configuration: ExperimentConfiguration) {
      data = configuration.data
      labels = configuration.labels
      testData = configuration.testData
      testLabels = configuration.testLabels
      target = configuration.target
      table = configuration.table
      task = configuration.task
      limit = configuration.limit
    }
  }

  private let plan: ComparisonPlan
  private let kernels: KernelPath
  private var contents: [Source: (contents: DatasetContents, fingerprint: String)] = [:]
  private var weights: [String: (parameters: [NetworkParameters], fingerprint: String)] = [:]

  /// Reads all files, and checks that each variant at each point of the grid can be trained.
  ///
  /// - Throws: a failure where one cannot, or where `jobs` of them at once need more memory than
  ///   may be used.
  init(
    _ plan: ComparisonPlan, kernels: KernelPath, jobs: Int, activity: ActivityLine
  ) throws(CommandFailure) {
    self.plan = plan
    let allowed = UsableMemory.bytes()
    let atOnce = max(1, min(jobs, plan.runCount))
    func check(_ need: MemoryNeed) throws(CommandFailure) {
      do {
        try need.check(against: allowed, keeping: (atOnce - 1) * need.total)
      } catch {
        throw .usage(
          error.description + (atOnce > 1 ? ", or compute fewer runs at once (--jobs)" : ""))
      }
    }
    self.kernels = kernels
    // Neighbouring points mostly have the same data, so the data are not loaded again for each
    // check.
    var checked: (values: [String], dataset: Dataset)?
    for point in 0..<plan.pointCount {
      for index in plan.variants.indices {
        let run = plan.run(plan.runNumber(point: point, variantIndex: index, seedIndex: 0))
        let settings = try settings(of: run)
        if let builtIn = BuiltInDataset(rawValue: settings.experiment.data) {
          try check(builtIn.memoryNeed(settings.experiment))
        }
        activity.begin(Experiment.loading(settings.experiment))
        try read(settings.experiment, activity: activity)
        let values = ParameterTable.rows(of: .data).map { $0.get(settings) }
        let dataset: Dataset
        if let checked, checked.values == values {
          dataset = checked.dataset
        } else {
          dataset = try self.dataset(settings.experiment)
          checked = (values, dataset)
        }
        try check(MemoryNeed(of: settings.experiment, dataset: dataset))
        if point == 0, index == 0 {
          activity.away()
          for note in dataset.notes { StandardError.writeLine("\(dataset.name): \(note)") }
        }
        do throws(ConfigurationError) {
          _ = try settings.experiment.loss(for: dataset)
          let shape = NetworkShape(
            inputs: dataset.inputCount, hidden: settings.experiment.hidden,
            outputs: dataset.outputCount)
          let given = initial(settings.experiment) ?? []
          guard given.isEmpty || given.count == settings.experiment.learnerCount else {
            throw ConfigurationError.learnersDoNotFit(
              given: given.count, needed: settings.experiment.learnerCount,
              variant: settings.experiment.variant)
          }
          for parameters in given { try parameters.check(against: shape) }
        } catch {
          throw CommandFailure(error)
        }
      }
    }
  }

  private mutating func read(
    _ configuration: ExperimentConfiguration, activity: ActivityLine
  ) throws(CommandFailure) {
    try readData(configuration)
    if let path = configuration.weights, weights[path] == nil {
      let contents = try WeightFile.read(
        path, layers: configuration.weightLayers,
        fitting: configuration.layerFit(dataset(configuration)))
      activity.away()
      for note in contents.notes { StandardError.writeLine("\(ForeignText.path(path)): \(note)") }
      let parameters = contents.learners
      let bytes = WeightFile.bytes(of: parameters, configuration: configuration, folded: false)
      weights[path] = (parameters, ComparisonInputs.hexadecimal(ComparisonInputs.hash(bytes)))
    }
  }

  private mutating func readData(
    _ configuration: ExperimentConfiguration
  ) throws(CommandFailure) {
    let source = Source(configuration)
    guard BuiltInDataset(rawValue: configuration.data) == nil, contents[source] == nil else {
      return
    }
    try Experiment.checkFiles(configuration)
    do {
      let read = try DatasetFiles.read(configuration, within: UsableMemory.bytes())
      contents[source] = (read, ComparisonInputs.hexadecimal(read.fingerprint))
    } catch {
      throw Experiment.failure(reading: error)
    }
  }

  private static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    String(number, radix: 16)
  }

  private func initial(_ configuration: ExperimentConfiguration) -> [NetworkParameters]? {
    configuration.weights.flatMap { weights[$0]?.parameters }
  }

  private func settings(of run: ComparisonPlan.Run) throws(CommandFailure) -> Settings {
    do {
      return try plan.settings(of: run)
    } catch {
      throw CommandFailure(error)
    }
  }

  private func dataset(
    _ configuration: ExperimentConfiguration
  ) throws(CommandFailure) -> Dataset {
    guard let found = contents[Source(configuration)] else {
      return try Experiment.load(configuration)
    }
    do {
      return try found.contents.dataset(configuration)
    } catch {
      throw Experiment.failure(reading: error)
    }
  }

  /// The identity of a run's files: `built-in`, or a fingerprint of their contents.
  private func fingerprint(_ configuration: ExperimentConfiguration) -> String {
    let data = contents[Source(configuration)]?.fingerprint ?? "built-in"
    let start = configuration.weights.flatMap { weights[$0]?.fingerprint }
    return start.map { "\(data)+\($0)" } ?? data
  }

  /// The fingerprint of a run's files.
  func fingerprint(of run: ComparisonPlan.Run) throws(CommandFailure) -> String {
    fingerprint(try settings(of: run).experiment)
  }

  /// Computes a run; nil where it was given up.
  func compute(
    _ run: ComparisonPlan.Run, progress: (Double) -> Bool
  ) throws(CommandFailure) -> FinishedRun? {
    let settings = try settings(of: run)
    let dataset = try dataset(settings.experiment)
    let steps = settings.run.stepCount(
      examples: dataset.trainingExamples.count, batch: settings.experiment.batch)
    do {
      let result = try ExperimentRun(
        configuration: settings.experiment, dataset: dataset,
        initial: initial(settings.experiment)?.map { $0.scaled(for: dataset) }, steps: steps,
        kernels: kernels
      ).result(progress: progress)
      return result.map {
        FinishedRun(steps: steps, data: fingerprint(settings.experiment), result: $0)
      }
    } catch {
      throw CommandFailure(error)
    }
  }
}
