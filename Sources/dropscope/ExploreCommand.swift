import ArgumentParser
import DatasetFiles
import DropoutEngine
import Explorer
import Sessions

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

  @OptionGroup var options: ScreenOptions

  @Flag(
    help: "Go on with the latest session that was saved by itself and in which something was made.")
  var last = false

  @Option(
    help: ArgumentHelp("Offer a lesson of one's own, beside the others.", valueName: "FILE"))
  var lessonFile: String?

  func validate() throws {
    if last, options.sessions.isGiven {
      throw ValidationError("--last goes on with the last session: leave out the other one.")
    }
  }

  func run() throws {
    var chosen = try ChosenLesson(file: lessonFile)
    chosen.lesson = nil
    let entry = last ? try ExploreCommand.lastSession() : nil
    var options = options
    if let entry { options.sessions.resume = entry.path }
    try ExploreCommand.run(options, continuing: entry, lesson: chosen)
  }

  /// Runs the explorer, at a terminal or in lines.
  static func run(
    _ options: ScreenOptions, continuing entry: SessionFolderEntry? = nil,
    lesson chosen: ChosenLesson
  ) throws {
    let kernels = try KernelPath.chosen(ThisProcess.environment)
    let preferences = try PreferencesInForce(ThisProcess.environment)
    let start = try options.start(preferences)
    if start.settings.display.plain {
      preferences.complain()
      var explorer = try PlainExplorer(
        start, lesson: chosen, kernels: kernels, keys: preferences.keys.explorer)
      try explorer.run()
    } else {
      // Threads for making the experiment, training, measuring and the race; the race has one for
      // each core.
      try SystemLimits.checkThreads(5 + ThisProcess.processorCount)
      try LiveExplorer(start, continuing: entry, lesson: chosen, kernels: kernels, preferences)
        .run()
    }
  }

  /// The autosave that is gone on with.
  private static func lastSession() throws(CommandFailure) -> SessionFolderEntry {
    let folder = SessionFolder(ThisProcess.environment)
    guard let last = folder?.last else {
      if let held = folder?.entries.first(where: { $0.bytes > 0 }) {
        let name = held.name.dropLast(SessionFolder.suffix.count)
        throw .noInput(
          "the last session is that of an explorer that runs: --resume "
            + "\(ShellWord.quoted(String(name))) goes on from what it saved, in a file of its own")
      }
      throw .noInput(
        "there is no session to go on with: an explorer saves one by itself as soon as it runs")
    }
    return last
  }
}

extension Experiment {
  /// The experiment in the explorer's form.
  var loaded: LoadedExperiment {
    LoadedExperiment(
      configuration: settings.experiment, dataset: dataset, initial: initial,
      allowedMemory: allowedMemory)
  }

  /// Reads the data and weights of another experiment for the explorer.
  static let loader: ExperimentLoader = {
    (configuration: ExperimentConfiguration) throws(ExperimentLoadError) in
    do throws(CommandFailure) {
      guard configuration.data != DatasetFiles.standardInput else {
        throw .noInput(
          "the standard input was read once and cannot be read again; save it to a file and name "
            + "it with --data")
      }
      let dataset = try load(configuration)
      let initial = try configuration.weights.map { (path: String) throws(CommandFailure) in
        try WeightFile.read(
          path, layers: configuration.weightLayers, fitting: configuration.layerFit(dataset)
        ).learners
      }
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
