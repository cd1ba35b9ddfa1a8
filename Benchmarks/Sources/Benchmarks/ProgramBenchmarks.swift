import DropoutCore
import Figures
import Foundation

/// What the release build of the program costs as a whole: its start, its memory, its metrics, its comparisons.
struct ProgramBenchmarks {
  let options: BenchmarkOptions
  let tasks: [BenchmarkTask]
  let scratch: URL

  private var program: MeasuredProgram { MeasuredProgram(path: options.dropscope) }

  /// The time to the first step, and the memory.
  func startAndMemory() throws -> ReportSection {
    var section = ReportSection(
      "Start and memory",
      "`dropscope train --steps 1`, from the start of the process to its end: that is more than the first step, for it "
        + "measures and writes two lines as well. The memory is the peak of what was resident.",
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
      // All of them: those as well that fill no minibatch of the benchmark.
      guard case .classes(let classes) = task.dataset.targets else { continue }
      section.rows.append([
        task.description, Figure.text(Double(classes.count)), seconds.text, memory.text, bytes,
      ])
      section.note("\(task.name) first step", "ms", seconds)
      section.note("\(task.name) resident", "MB", memory)
    }
    return section
  }

  /// How much slower training is that measures every 100 steps.
  func metrics() throws -> ReportSection {
    var section = ReportSection(
      "Metrics",
      "`dropscope train` with a line every 100 steps against one line at the end, in turns: how much longer the whole "
        + "run takes. A line of losses (`--metrics losses`) evaluates the network on all examples; a line of all also measures "
        + "the divergence, over all masks or 256 of them, for 64 examples. Lines are made beside the training, so where one "
        + "takes longer than 100 steps the training waits for them.",
      columns: [
        "task", "steps", "seconds without", "seconds with losses", "longer by", "seconds with all",
        "longer by",
      ])
    for task in tasks {
      say("\(task.description): metrics …")
      let arguments = try TaskArguments(task, scratch: scratch).options
      // As many steps as take long beside the start.
      let own = try OwnTraining(task)
      let steps = max(200, try own.steps(for: 2 * options.seconds) / 100 * 100)
      var without: [Double] = []
      var losses: [Double] = []
      var all: [Double] = []
      for _ in 0..<options.shortRounds {
        let train = ["train", "--steps", "\(steps)"] + arguments
        without.append(try program.run(train + ["--every", "\(steps)"]).seconds)
        losses.append(
          try program.run(train + ["--every", "100", "--metrics", "losses"]).seconds)
        all.append(try program.run(train + ["--every", "100"]).seconds)
      }
      func longer(_ seconds: [Double]) -> Figure {
        Figure(seconds).ratios(to: Figure(without)).map { 100 * ($0 - 1) }
      }
      section.rows.append([
        task.description, Figure.text(Double(steps)), Figure(without).text, Figure(losses).text,
        "\(longer(losses).text) %", Figure(all).text, "\(longer(all).text) %",
      ])
      section.note("\(task.name) metrics, losses", "% longer", longer(losses))
      section.note("\(task.name) metrics, all", "% longer", longer(all))
    }
    return section
  }

  /// How `compare` scales.
  func comparisons() throws -> ReportSection {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let command = [
      "compare", "--variants", "inverted,unscaled", "--seeds", "8", "--steps",
      options.isQuick ? "1000" : "100000",
    ]
    var section = ReportSection(
      "Comparisons on two cores",
      "`dropscope \(command.joined(separator: " "))` with one job and with two, in turns; this machine has \(cores) "
        + "\(cores == 1 ? "core" : "cores").",
      columns: ["seconds, one job", "seconds, two jobs", "times as fast"])
    say("compare on one core and on two …")
    var one: [Double] = []
    var two: [Double] = []
    for _ in 0..<options.shortRounds {
      one.append(try program.run(command + ["--jobs", "1"]).seconds)
      two.append(try program.run(command + ["--jobs", "2"]).seconds)
    }
    let ratio = Figure(one).ratios(to: Figure(two))
    section.rows = [[Figure(one).text, Figure(two).text, ratio.text]]
    section.note("compare, two jobs", "times", ratio)
    return section
  }
}
