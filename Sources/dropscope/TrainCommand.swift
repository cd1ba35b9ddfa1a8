public import ArgumentParser
import DropoutEngine
public import DropoutMeasure
public import ExperimentFiles

/// `dropscope train`: training without a screen, with metrics on the standard output.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train without a screen and write a line of metrics after every --every steps.")

  @Option(help: "The format of lines.")
  var format = MetricsFormat.table

  @Option(
    help: """
      The measurements in a line. auto: losses and accuracies; the divergence in the first \
      \(DivergenceSchedule.firstLines) lines, in the last one, and in between where it costs at \
      most a twentieth of the steps since the last time. all: the divergence in every line, which \
      slows the training of a small network. losses: no divergence.
      """)
  var metrics = MetricsScope.auto

  @Option(
    name: .customLong("export"),
    help: ArgumentHelp("Write the trained weights as safetensors.", valueName: "FILE"),
    completion: .file())
  var exportPath: String?

  @OptionGroup(title: "Session") var resume: ResumeOptions
  @OptionGroup(title: "Run") var length: ParameterOptions<RunScope>
  @OptionGroup var experiment: ExperimentOptions

  func run() throws {
    let activity = ActivityLine()
    defer { activity.end() }
    let (experiment, resumed) = try resume.load(
      experiment.assignments, run: length.assignments, saying: activity.begin)
    activity.end()
    let export = try exportPath.map { path throws(CommandFailure) in try OutputFile(path) }
    experiment.announce(
      "train", from: resumed, self.experiment.assignments + length.assignments)
    try SystemLimits.checkThreads(1 + ThisProcess.processorCount)
    let interruption = Interruption()
    interruption.watch()
    let start = try RunStart(
      experiment, resumed, kernels: .chosen(ThisProcess.environment), interruption: interruption,
      activity: activity)
    let group = start.group
    var training = TrainingRun(
      experiment: experiment, from: start, scope: metrics, format: format,
      interruption: interruption, activity: activity)
    let end = try training.run()
    // The weights after an explosion are finite, but of no use.
    let isExploded = if case .notFinite = end { true } else { false }
    let weights = isExploded ? group.calmParameters : group.parameters
    try export?.write(
      WeightFile.bytes(
        of: weights.map { $0.inOwnUnits(of: experiment.dataset) },
        configuration: group.configuration.at(step: group.step), folded: false))
    switch end {
    case .done: return
    case .notFinite(let error):
      let kept = exportPath.map { path in
        " \(ForeignText.path(path)) has the weights of step \(error.calmStep)."
      }
      throw CommandFailure.notFinite(error.description + (kept ?? ""))
    case .interrupted(let signal): throw CommandFailure.interrupted(signal: signal)
    }
  }
}

extension MetricsFormat: ExpressibleByArgument {}

extension MetricsScope: ExpressibleByArgument {}
