import DropoutEngine
import DropoutMeasure
import Explorer
import Foundation
import TerminalCells

/// Races on the first experiment.
enum RaceFixture {
  /// The dataset of a configuration.
  static func dataset(_ configuration: ExperimentConfiguration) throws -> Dataset {
    try Person.load(configuration).dataset
  }

  /// The first race on the first experiment.
  static let first = RaceIdentity(experiment: .first, number: 1)

  /// A race of some runners after some steps.
  static func race(
    _ entries: [RaceEntry], steps: Int = 0
  ) throws -> RaceTraining {
    let race = RaceTraining(of: .first, dataset: try dataset(entries[0].configuration))
    race.perform(.start(RaceStart(first, entries: entries)))
    race.train(to: steps, points: 4)
    return race
  }
}
