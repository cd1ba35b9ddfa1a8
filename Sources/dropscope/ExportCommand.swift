import ArgumentParser
import DropoutEngine
import ExperimentFiles

/// `dropscope export`: trains, and writes weights for prediction without dropout.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Train and write the weights as safetensors, ready for plain inference.",
    discussion: """
      Weights after inverted dropout are written unchanged. Where the test pass multiplies \
      activations (classic), that factor goes into the weights that receive them. Several \
      learners (random-subspace, bagging) are all in the file, as learner.0.layers.0.weight and \
      so on; a prediction is the mean of their outputs. Weights of inputs that a learner does not \
      see are 0.
      """)

  @Option(
    name: .customLong("out"),
    help: ArgumentHelp("The file to write; - is the standard output.", valueName: "FILE"),
    completion: .file())
  var path = "dropscope.safetensors"

  @OptionGroup(title: "Session") var resume: ResumeOptions
  @OptionGroup(title: "Run") var length: ParameterOptions<RunScope>
  @OptionGroup var experiment: ExperimentOptions

  func run() throws {
    let activity = ActivityLine()
    defer { activity.end() }
    let (experiment, resumed) = try resume.load(
      experiment.assignments, run: length.assignments, saying: activity.begin)
    activity.end()
    let file = path == "-" ? nil : try OutputFile(path)
    // A session may have come to it, or left it, by a change.
    if resumed == nil { try refuseMasks(experiment.settings.experiment) }
    experiment.announce(
      "export", from: resumed, self.experiment.assignments + length.assignments)
    let start = try RunStart(
      experiment, resumed, kernels: .chosen(ThisProcess.environment), activity: activity)
    let group = start.group
    let steps = start.lastStep(of: experiment)
    var progress = ProgressBar(total: steps, isShown: activity.isShown)
    defer { progress.clear() }
    while group.step < steps {
      progress.show(group.step)
      do {
        try start.advance(steps: min(64, steps - group.step))
      } catch {
        throw CommandFailure(error)
      }
    }
    progress.clear()
    try refuseMasks(group.configuration)
    let folded = group.states.map { $0.foldedParameters.inOwnUnits(of: experiment.dataset) }
    let bytes = WeightFile.bytes(
      of: folded, configuration: group.configuration.at(step: group.step), folded: true)
    guard let file else {
      var output = OutputStream.standardOutput()
      try output.write(bytes)
      return try output.flush()
    }
    try file.write(bytes)
  }

  private func refuseMasks(_ configuration: ExperimentConfiguration) throws(CommandFailure) {
    guard configuration.dropout.testPass == .masked else { return }
    throw .usage(
      "export needs a test pass that does not mask: --test-pass masked cannot be folded into "
        + "weights")
  }
}
