import DropoutEngine
import Explorer
import Figures
import Foundation

/// The scaling of the explorer's race: its runners together, and one after the other.
struct RaceBenchmarks {
  let options: BenchmarkOptions

  /// As in the explorer, the runners run for some milliseconds at a time, and are measured now and
  /// then.
  private static let stint = Duration.milliseconds(16)
  private static let stintsOfMeasurement = 16

  func run() throws -> ReportSection {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    var section = ReportSection(
      "The race",
      "The runners of \"\(RacePreset.question.title)\" as the explorer trains and measures them, "
        + "together and one after the other, in turns: the sum of the times that each takes alone, "
        + "over that of all. Busy is the processor's time over the clock's while they run "
        + "together: how fast it is on cores that do not slow each other down. This machine has "
        + "\(cores) \(cores == 1 ? "core" : "cores").",
      columns: [
        "network", "runners", "steps a second of each, together", "times as fast", "cores busy",
      ])
    for (data, hidden, batch) in [
      (BuiltInDataset.circle, [12, 12], 10), (BuiltInDataset.moons, [32, 32], 32),
    ] {
      var configuration = ExperimentConfiguration()
      configuration.data = data.rawValue
      configuration.hidden = hidden
      configuration.batch = batch
      try measure(configuration, dataset: data.generate(configuration), into: &section)
    }
    return section
  }

  private func measure(
    _ configuration: ExperimentConfiguration, dataset: Dataset, into section: inout ReportSection
  ) throws {
    let entries = RacePreset.question.entries(for: configuration)
    func race(_ entries: [RaceEntry]) -> RaceTraining {
      let race = RaceTraining(of: .first, dataset: dataset)
      let identity = RaceIdentity(experiment: .first, number: 0)
      race.perform(.start(RaceStart(identity, entries: entries)))
      return race
    }
    let together = race(entries)
    let alone = entries.map { race([$0]) }
    let shape = NetworkShape(
      inputs: dataset.inputCount, hidden: configuration.hidden, outputs: dataset.outputCount)
    say("\(shape.description): race …")
    let steps = Self.stepsOfStint(together)
    func seconds(_ race: RaceTraining) -> Double {
      ContinuousClock().measure {
        for _ in 0..<Self.stintsOfMeasurement { race.advance(steps: steps) }
        race.measure()
      } / .seconds(1)
    }
    var rates: [Double] = []
    var ratios: [Double] = []
    var busy: [Double] = []
    for _ in 0..<options.rounds {
      let begin = Self.processorSeconds
      let all = seconds(together)
      busy.append((Self.processorSeconds - begin) / all)
      rates.append(Double(steps * Self.stintsOfMeasurement) / all)
      ratios.append(alone.map(seconds).reduce(0, +) / all)
    }
    let ratio = Figure(ratios)
    section.rows.append([
      "\(shape.description), batch \(configuration.batch)", "\(entries.count)", Figure(rates).text,
      ratio.text, Figure(busy).text,
    ])
    section.note("race \(shape.description)", "times", ratio)
    section.note("race \(shape.description)", "cores", Figure(busy))
  }

  /// The processor seconds that this process has used.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// The number of steps that take about a stint.
  private static func stepsOfStint(_ race: RaceTraining) -> Int {
    var steps = 1
    while ContinuousClock().measure({ race.advance(steps: steps) }) < stint / 2 { steps *= 2 }
    return steps
  }
}
