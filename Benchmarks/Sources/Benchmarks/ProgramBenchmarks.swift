import DropoutEngine
import DropoutMeasure
import Figures
import Foundation

/// The cost of the program's release build as a whole: its start, its memory, its metrics, its
/// comparisons.
struct ProgramBenchmarks {
  let options: BenchmarkOptions
  let tasks: [BenchmarkTask]
  let scratch: URL

  private var program: MeasuredProgram { MeasuredProgram(path: options.dropscope) }

  /// The time to the first step, and the memory.
  func startAndMemory() throws -> ReportSection {
    var section = ReportSection(
      "Start and memory",
      "`dropscope train --steps 1`, from the start of the process to its end: that is more than "
        + "the first step, for it measures and writes two lines as well. The memory is the peak of "
        + "what was resident.",
      columns: ["task", "examples", "milliseconds", "resident, MB", "the data as bytes, MB"])
    for task in tasks where ["W1", "W4"].contains(task.name) {
      say("\(task.description): start and memory …")
      let arguments = try TaskArguments(task, scratch: scratch).options
      let costs = try (0..<options.programRuns).map { _ in
        try program.run(["train", "--steps", "1"] + arguments)
      }
      let seconds = Figure(costs.map { 1_000 * $0.seconds })
      let memory = Figure(costs.map { $0.peakBytes / 1e6 })
      var bytes = "-"
      if case .bytes(let values) = task.dataset.values {
        bytes = Figure.text(Double(values.count) / 1e6)
      }
      section.rows.append([
        task.description, Figure.text(Double(task.exampleCount)), seconds.text, memory.text, bytes,
      ])
      section.note("\(task.name) first step", "ms", seconds)
      section.note("\(task.name) resident", "MB", memory)
    }
    return section
  }

  /// The cost of measuring every 100 steps, relative to training.
  func metrics() throws -> ReportSection {
    let scopes = MetricsScope.allCases
    var section = ReportSection(
      "Metrics",
      "`dropscope train` with a line every 100 steps against one line at the end, in turns: how "
        + "much longer the whole run takes. A line evaluates the network on all examples, beside "
        + "the training: where they are many more than those of 100 steps that takes longer than "
        + "the steps do. `--metrics losses` is that alone; `auto`, which is the default, measures "
        + "the divergence in those lines where it is at most a twentieth of the training's "
        + "arithmetic; `all` measures it in each line, over all masks or 256 of them for 64 "
        + "examples, which for a small network is more than the 100 steps are.",
      columns: ["task", "examples", "steps", "seconds without"]
        + scopes.map { "`\($0.rawValue)`: longer by" })
    for task in tasks {
      let arguments = try TaskArguments(task, scratch: scratch).options
      // Built-in data have 500 examples by default. W1 is also measured with twice as many examples
      // as it trains on between two lines.
      let isBuiltIn = BuiltInDataset(rawValue: task.configuration.data) != nil
      for examples in isBuiltIn ? (task.name == "W1" ? [500, 2_000] : [500]) : [nil] {
        say("\(task.description): metrics …")
        let train = arguments + (examples.map { ["--examples", "\($0)"] } ?? [])
        let row = try metrics(task, arguments: train, scopes: scopes)
        for (scope, figure) in zip(scopes, row.longer) {
          section.note(
            "\(task.name) metrics, \(scope.rawValue)\(examples.map { ", \($0) examples" } ?? "")",
            "% longer", figure)
        }
        section.rows.append(
          [
            task.description,
            Figure.text(Double(examples ?? task.exampleCount)),
            Figure.text(Double(row.steps)), row.without.text,
          ] + row.longer.map { "\($0.text) %" })
      }
    }
    return section
  }

  private func metrics(
    _ task: BenchmarkTask, arguments: [String], scopes: [MetricsScope]
  ) throws -> (steps: Int, without: Figure, longer: [Figure]) {
    // Enough steps to make the start negligible.
    let steps = max(200, try OwnTraining(task).steps(for: 2 * options.seconds) / 100 * 100)
    let train = ["train", "--steps", "\(steps)"] + arguments
    var without: [Double] = []
    var longer = [[Double]](repeating: [], count: scopes.count)
    for round in 0..<2 * options.rounds {
      let plain = try program.run(train + ["--every", "\(steps)"]).seconds
      without.append(plain)
      // The differences are small, so there are many rounds; a scope that takes many times as long
      // needs fewer.
      for (index, scope) in scopes.enumerated() where scope != .all || round % 4 == 0 {
        let seconds = try program.run(train + ["--every", "100", "--metrics", scope.rawValue])
          .seconds
        longer[index].append(100 * (seconds / plain - 1))
      }
    }
    return (steps, Figure(without), longer.map { Figure($0) })
  }

  /// The scaling of `compare` over cores.
  func comparisons() throws -> ReportSection {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let command = [
      "compare", "--variants", "inverted,unscaled", "--seeds", "8", "--steps",
      options.isQuick ? "1000" : "100000",
    ]
    var section = ReportSection(
      "Comparisons on two cores",
      "`dropscope \(command.joined(separator: " "))` with one job and with two, in turns. Busy is "
        + "the processor's time over the clock's with two: how fast it is on cores that do not "
        + "slow each other down. This machine has \(cores) \(cores == 1 ? "core" : "cores").",
      columns: ["seconds, one job", "seconds, two jobs", "times as fast", "cores busy"])
    say("compare on one core and on two …")
    var one: [Double] = []
    var two: [Double] = []
    var busy: [Double] = []
    for _ in 0..<options.rounds {
      one.append(try program.run(command + ["--jobs", "1"]).seconds)
      let cost = try program.run(command + ["--jobs", "2"])
      two.append(cost.seconds)
      busy.append(cost.processorSeconds / cost.seconds)
    }
    let ratio = Figure(one).ratios(to: Figure(two))
    section.rows = [[Figure(one).text, Figure(two).text, ratio.text, Figure(busy).text]]
    section.note("compare, two jobs", "times", ratio)
    section.note("compare, two jobs", "cores", Figure(busy))
    return section
  }
}
