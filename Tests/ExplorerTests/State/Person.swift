import DropoutEngine
import Explorer
import ExplorerPlay
import Sessions
import TerminalCells
import Testing

/// A person at an explorer without a screen: presses keys, and the training takes up what they ask
/// for.
struct Person {
  var state: ExplorerState
  let training: SteeredTraining

  /// An explorer on a small experiment, paused at a step.
  init(
    _ assignments: [(name: String, value: String)] = [], steps: Int = 0, columns: Int = 80,
    rows: Int = 24
  ) throws {
    let settings = try Settings(assignments: assignments)
    training = try SteeredTraining(
      try Person.load(settings.experiment), load: Person.load)
    training.train(to: steps, points: 10)
    state = ExplorerState(
      snapshot: training.snapshot, size: ScreenSize(columns: columns, rows: rows))
  }

  /// An explorer of a training that there is.
  init(training: SteeredTraining, display: DisplaySettings) {
    self.training = training
    state = ExplorerState(
      snapshot: training.snapshot, size: ScreenSize(columns: 80, rows: 24), display: display)
  }

  /// An explorer that goes on from a session.
  static func resumed(_ session: Session, columns: Int = 80, rows: Int = 24) throws -> Person {
    var loaded = try load(session.settings.experiment)
    loaded.initial = session.initial
    loaded.course = RunCourse(
      branches: session.branches, curves: session.curves, position: session.position)
    var person = Person(
      training: try SteeredTraining(loaded, load: load), display: session.settings.display)
    person.perform(person.state.look(as: session.view))
    person.training.measure()
    person.perform([])
    _ = person.state.update(.resized(ScreenSize(columns: columns, rows: rows)))
    return person
  }

  /// Generates built-in data; there are no files here.
  static let load: ExperimentLoader = BuiltInExperiments.load

  /// Presses keys and lets the training take up what they ask for.
  ///
  /// - Returns: the effects that were asked of the world outside.
  @discardableResult
  mutating func press(_ keys: Key...) -> [Effect] { press(keys) }

  /// Presses keys; what is asked of the training is done at once.
  @discardableResult
  mutating func press(_ keys: [Key]) -> [Effect] {
    var all: [Effect] = []
    for key in keys {
      let effects = state.update(.keyPressed(key))
      all += effects
      perform(effects)
    }
    return all
  }

  /// Lets the training take up effects, and those that follow.
  mutating func perform(_ effects: [Effect]) {
    for case .train(let command) in effects { training.perform(command) }
    let more = state.update(.snapshotArrived(training.snapshot))
    if !more.isEmpty { perform(more) }
  }

  /// Types a text and Enter into the palette.
  @discardableResult
  mutating func type(_ text: String) -> [Effect] {
    press(":")
    for scalar in text.unicodeScalars { press(.character(scalar)) }
    return press(.enter)
  }
}

/// Presses a key on a state and checks the whole transition: what changed, that nothing else did,
/// and what was asked of the world outside.
func check(
  _ key: Key, on state: ExplorerState, effects expected: [Effect] = [],
  sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout ExplorerState) -> Void
) {
  var after = state
  let effects = after.update(.keyPressed(key))
  var wanted = state
  wanted.message = ""
  change(&wanted)
  #expect(differences(after, wanted).isEmpty, sourceLocation: sourceLocation)
  #expect(effects == expected, sourceLocation: sourceLocation)
}
