import CMachine
import DropoutEngine
import Figures

/// Steps per second of the fast form on each path of the kernels.
struct KernelBenchmarks {
  let options: BenchmarkOptions
  let tasks: [BenchmarkTask]

  func run() throws -> ReportSection {
    _ = cm_pin()
    defer { cm_unpin() }
    let paths = KernelPath.allNames.compactMap { KernelPath(named: $0) }
    var section = ReportSection(
      "Kernel paths",
      "Steps a second on each path that this processor can run; all give the same bits.",
      columns: ["task"] + paths.map(\.name))
    for task in tasks {
      say("\(task.description) on each path …")
      let participants = try paths.map { try OwnTraining(task, kernels: $0) }
      let figures = try Turns(
        participants, rounds: options.shortRounds, seconds: options.seconds
      ).rates
      section.rows.append([task.description] + figures.map(\.text))
      for (path, figure) in zip(paths, figures) {
        section.note("\(task.name) \(path.name)", "steps/s", figure)
      }
    }
    return section
  }
}
