import DropoutEngine
import Explorer
import TerminalCells

/// An explorer without a screen on any settings: keys are pressed, and training, measurements and
/// race do at once what they ask for.
struct PressedExplorer {
  private(set) var state: ExplorerState
  private let training: SteeredTraining
  private var race: RaceTraining
  private let steps: Int

  init(_ settings: Settings, steps: Int) throws {
    let experiment = try Person.load(settings.experiment)
    training = try SteeredTraining(experiment, load: Person.load)
    training.train(to: steps, points: 3)
    race = RaceTraining(on: training.snapshot)
    self.steps = steps
    state = ExplorerState(
      snapshot: training.snapshot, size: ScreenSize(columns: 80, rows: 24), run: settings.run,
      display: settings.display)
  }

  mutating func press(_ key: Key) { perform(state.update(.keyPressed(key))) }

  private mutating func perform(_ effects: [Effect]) {
    for effect in effects {
      if case .race(let command) = effect {
        if case .run = command { continue }
        if case .start = command { race = RaceTraining(on: state.snapshot) }
        race.perform(command)
        if case .start = command { race.train(to: steps, points: 2) }
        _ = state.update(.raceArrived(race.snapshot))
      }
      guard case .train(let command) = effect else { continue }
      training.perform(command)
      training.measureSubject()
      perform(state.update(.snapshotArrived(training.snapshot)))
    }
  }

  /// The rows of the screen at a size, in one of the sets of characters.
  func screen(columns: Int, rows: Int, glyphs: GlyphSet = .unicode) -> [String] {
    var state = state
    _ = state.update(.resized(ScreenSize(columns: columns, rows: rows)))
    state.glyphs = glyphs
    return Screen.draw(state).plainRows
  }
}
