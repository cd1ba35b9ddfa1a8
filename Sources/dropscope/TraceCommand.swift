import ArgumentParser
import DropoutEngine
import ExperimentFiles

/// `dropscope trace`: the whole evidence of chosen steps as lines of JSON.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract:
      "Write the whole evidence of chosen steps, one JSON object a line, for another program to check."
  )

  @Option(help: ArgumentHelp("The first step to write; 0 is the first update.", valueName: "STEP"))
  var at = 0

  @Option(help: ArgumentHelp("The number of steps to write.", valueName: "COUNT"))
  var count = 1

  @Option(
    help: ArgumentHelp(
      "The learner whose steps are written, counted from 0; random-subspace and bagging have several.",
      valueName: "LEARNER"))
  var learner = 0

  @OptionGroup var experiment: ExperimentOptions

  func validate() throws {
    guard at >= 0, at <= 4_294_967_295 else {
      throw ValidationError("--at is \(at): it takes a step, 0 to 4294967295.")
    }
    guard count >= 1 else { throw ValidationError("--count is \(count): it takes at least 1.") }
  }

  func run() throws {
    let experiment = try Experiment(assignments: experiment.assignments, for: .evidence)
    let trainer = try experiment.trainer(
      learner: learner, kernels: .chosen(ThisProcess.environment))
    experiment.announce("trace")
    var output = OutputStream.standardOutput()
    do {
      try trainer.advance(steps: at)
      for _ in 0..<count {
        try output.write(TraceLine.line(of: try trainer.advanceWithEvidence()))
        try output.write(CollectionOfOne(UInt8(ascii: "\n")))
      }
    } catch let error as NotFiniteError {
      try output.flush()
      throw CommandFailure(error)
    }
    try output.flush()
  }
}
