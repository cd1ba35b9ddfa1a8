import ArgumentParser
import DropoutCore
import ExperimentFiles
import Foundation

/// `dropscope export`: trains, and writes weights that predict without knowing of dropout.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Train and write the weights as safetensors, ready for plain inference.",
    discussion: """
      Weights after inverted dropout are written as they are; where the test pass multiplies activations \
      (classic), the factor is multiplied into the weights that receive them.
      """)

  @Option(
    name: .customLong("out"),
    help: ArgumentHelp("The file to write; - is the standard output.", valueName: "FILE"),
    completion: .file())
  var path = "dropscope.safetensors"

  @OptionGroup(title: "Run") var length: ParameterOptions<RunScope>
  @OptionGroup var experiment: ExperimentOptions

  func run() throws {
    let experiment = try Experiment(assignments: experiment.assignments + length.assignments)
    if path != "-" { try WeightFile.checkDestination(path) }
    if experiment.settings.experiment.dropout.testPass == .masked {
      throw CommandFailure.usage(
        "export needs a test pass that does not mask: --test-pass masked cannot be folded into weights"
      )
    }
    experiment.announce("export")
    let trainer = try experiment.trainer(kernels: .chosen(ProcessInfo.processInfo.environment))
    let steps = experiment.settings.run.stepCount(
      examples: experiment.dataset.trainingExamples.count,
      batch: experiment.settings.experiment.batch)
    do {
      try trainer.advance(steps: steps)
    } catch {
      throw CommandFailure(error)
    }
    let folded = trainer.state.foldedParameters
    if path == "-" {
      var output = OutputStream.standardOutput()
      try output.write(
        WeightFile.bytes(of: folded, configuration: trainer.configuration, folded: true))
      try output.flush()
    } else {
      try WeightFile.write(folded, of: trainer.configuration, to: path, folded: true)
    }
  }
}
