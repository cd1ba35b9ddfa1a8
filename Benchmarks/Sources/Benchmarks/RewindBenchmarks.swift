import DropoutEngine
import Figures
import Foundation

/// The time that it takes to reach a step of the past again.
struct RewindBenchmarks {
  let options: BenchmarkOptions
  let tasks: [BenchmarkTask]

  func run() throws -> ReportSection {
    var section = ReportSection(
      "Going back",
      "Journeys to random steps of a run, whose learning rate changes on the way: a checkpoint is "
        + "taken up, and the steps from there are taken again. Checkpoints take 48 MB at most. "
        + "Digits of 8x8 pixels are W3, pictures of 28x28 are W4.",
      columns: [
        "run", "steps", "milliseconds, half of the journeys", "the longest", "checkpoints", "MB",
      ])
    let shorter = options.isQuick ? 10 : 1
    let lengths = [("W1", 1_000_000), ("W2", 1_000_000), ("W3", 1_000_000), ("W4", 10_000)]
    for (name, steps) in lengths {
      guard let task = tasks.first(where: { $0.name == name }) else { continue }
      try measure(task, optimizer: .sgd, steps: steps / shorter, into: &section)
      if name == "W4" {
        try measure(task, optimizer: .adam, steps: steps / shorter, into: &section)
      }
    }
    return section
  }

  private func measure(
    _ task: BenchmarkTask, optimizer: Optimizer, steps: Int, into section: inout ReportSection
  ) throws {
    var configuration = task.configuration
    configuration.optimizer.kind = optimizer
    if optimizer == .adam { configuration.learningRate = PerLayer(0.001) }
    let run = "\(task.description), \(optimizer.rawValue)"
    say("going back: \(run) …")
    let timeline = Timeline(
      try LearnerGroup(configuration: configuration, dataset: task.dataset), from: configuration,
      initial: nil)
    for part in 1...10 {
      try timeline.advance(steps: steps / 10)
      let rate = (configuration.learningRate.values[0] * Double(20 - part)) / 20
      try timeline.apply(.parameter(name: "learning-rate", value: "\(rate)"))
    }
    let end = timeline.group.fingerprint
    var random = SystemRandomNumberGenerator()
    var times: [Double] = []
    for _ in 0..<(options.isQuick ? 20 : 100) {
      let step = Int.random(in: 0...steps, using: &random)
      let time = ContinuousClock().measure { _ = timeline.travel(to: step) }
      times.append(time / .milliseconds(1))
    }
    _ = timeline.travel(to: timeline.end(of: 1))
    if timeline.group.fingerprint != end {
      section.complaints.append("\(run): the end of the run has other weights after going back")
    }
    let sorted = times.sorted()
    let megabytes = Double(timeline.checkpointBytes) / 1e6
    section.rows.append([
      run, "\(steps)", Figure.text(sorted[sorted.count / 2]), Figure.text(sorted[sorted.count - 1]),
      "\(timeline.checkpointSteps.count)", Figure.text(megabytes),
    ])
    section.note("going back, \(run)", "milliseconds", Figure(times))
  }
}
