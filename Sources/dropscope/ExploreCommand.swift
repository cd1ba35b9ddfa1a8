import ArgumentParser
import DropoutEngine
import Explorer

/// `dropscope explore`: the live explorer, which also starts without a subcommand.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Watch a network train, live, and change everything from the keyboard (the default).",
    discussion: """
      Training pauses when --steps, --epochs, --until-loss or --until-accuracy is reached. With \
      --plain, --every is the number of steps between paragraphs, and keys are read as lines from \
      the standard input.
      """)

  @Flag(help: "Go on with the session that an explorer saved last by itself.")
  var last = false

  @OptionGroup(title: "Session") var resume: ResumeOptions
  @OptionGroup var options: ScreenOptions

  func validate() throws {
    if last, resume.isGiven {
      throw ValidationError("--last, --resume and --share name a session each: give one of them.")
    }
  }

  func run() throws {
    let kernels = try KernelPath.chosen(ThisProcess.environment)
    let source = try ExplorerSource(
      options, resumed: last ? resume.lastSession() : resume.session())
    if source.settings.display.plain {
      let activity = ActivityLine()
      defer { activity.end() }
      let experiment = try source.experiment(saying: activity.begin)
      activity.end()
      for remark in experiment.remarks { StandardError.writeLine(remark) }
      var explorer = try PlainExplorer(experiment, kernels: kernels)
      try explorer.run()
    } else {
      // Threads for making the experiment, training, measuring and the race; the race has one for
      // each core.
      try SystemLimits.checkThreads(5 + ThisProcess.processorCount)
      try LiveExplorer(source, kernels: kernels).run()
    }
  }
}

extension Experiment {
  /// The experiment in the explorer's form.
  var loaded: LoadedExperiment {
    LoadedExperiment(
      configuration: settings.experiment, dataset: dataset, initial: initial,
      allowedMemory: allowedMemory, course: resumed?.course)
  }

  /// The training of an explorer without a terminal; where it goes on with a session, the standard
  /// error says whether the weights are the same.
  func steeredTraining(kernels: KernelPath) throws -> SteeredTraining {
    do {
      let training = try SteeredTraining(loaded, kernels: kernels, load: Experiment.loader)
      if let resumed {
        StandardError.writeLine(try resumed.checkWeights(training.group.fingerprint))
      }
      return training
    } catch {
      throw Experiment.failure(error)
    }
  }

  /// Reads the data and weights of another experiment for the explorer.
  static let loader: ExperimentLoader = {
    (configuration: ExperimentConfiguration) throws(ExperimentLoadError) in
    do throws(CommandFailure) {
      let initial = try configuration.weights.map { (path: String) throws(CommandFailure) in
        try WeightFile.read(path, layers: configuration.weightLayers).learners
      }
      let dataset = try load(configuration)
      return LoadedExperiment(
        configuration: configuration, dataset: dataset,
        initial: initial?.map { $0.scaled(for: dataset) })
    } catch {
      throw .unreadable(error)
    }
  }

  /// The failure for an experiment that could not be started.
  static func failure(_ error: any Error) -> any Error {
    switch error {
    case let error as ConfigurationError: CommandFailure(error)
    case let error as NotFiniteError: CommandFailure(error)
    default: error
    }
  }
}
