import DropoutEngine
import Explorer
import ExplorerPlay
import Fuzzing
import RepeatableRandom
import TerminalCells

extension FuzzTarget {
  /// The explorer: keys, text, mouse, sizes and parameters, with threads that answer late or never.
  static let explorer = FuzzTarget(
    "explorer", "the explorer, with late answers", pieces: .lines
  ) { _ in
    FuzzReader(samples: PlayInput.samples, make: PlayInput.make) { bytes in
      do {
        var play = try Play(PlayInput.settings(bytes))
        for line in PlayInput.events(bytes) { try play.happen(line) }
        try play.end()
        return .accepted(events: play.events)
      } catch let error as ConfigurationError {
        return .refused(error.description)
      } catch let error as ExperimentLoadError {
        return .refused(error.description)
      } catch let error as NotFiniteError {
        return .refused(error.description)
      } catch let broken as BrokenInvariant {
        throw FuzzFault(broken.sentence, broken.evidence)
      }
    }
  }
}

/// Something that happens to an explorer, as a line; a line that is none means nothing.
struct Play {
  private var explorer: SlowExplorer
  /// How much has happened so far.
  private(set) var events = 0

  init(_ settings: [(name: String, value: String)]) throws {
    explorer = try SlowExplorer(
      settings, size: ScreenSize(columns: 80, rows: 24), stopsOutOfRange: true,
      lessonPoints: BoundedExperiments.lessonPoints, load: BoundedExperiments.load)
  }

  /// Does what a line says, and checks what always holds.
  mutating func happen(_ line: String) throws {
    let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    let text = words.count > 1 ? String(words[1]) : ""
    let numbers = text.split(separator: " ").map { Int($0) ?? 0 }
    let (first, second) = (numbers.first ?? 0, numbers.dropFirst().first ?? 0)
    var random = Generator(seed: UInt64(bitPattern: Int64(first)))
    switch words[0] {
    case "key":
      guard let key = Key(name: text) else { return }
      explorer.press(key)
    case "type":
      explorer.type(text)
      events += text.unicodeScalars.count + 2
    case "write":
      for scalar in text.unicodeScalars { explorer.press(.character(scalar)) }
      events += text.unicodeScalars.count
    case "paste": explorer.happen(.pasted(text.replacing("\\n", with: "\n")))
    case "mouse": try use(text.split(separator: " ").map(String.init))
    case "size":
      explorer.happen(
        .resized(ScreenSize(columns: min(max(0, first), 400), rows: min(max(0, second), 200))))
    case "train":
      try explorer.train(commands: min(max(0, first), 99), steps: min(max(0, second), 99))
    case "race": explorer.race(commands: min(max(0, first), 99), steps: min(max(0, second), 99))
    case "ask": explorer.ask()
    case "measure": explorer.measure(&random)
    case "deliver": explorer.deliver(&random)
    case "deliver-race": explorer.deliverRace(&random)
    case "settle": try explorer.settle()
    case "told": explorer.happen(.told(text))
    case "saved": explorer.happen(.saved(PlayInput.outcome(first)))
    case "autosaved": explorer.happen(.autosaved(failure: text.isEmpty ? nil : text))
    case "written": explorer.happen(.written(folder: text, names: ["a.svg", "b.csv"]))
    case "not-written": explorer.happen(.notWritten(folder: text, reason: "no room"))
    case "lesson":
      let lessons = BuiltInLessons.all
      explorer.begin(lessons[abs(first % lessons.count)])
    default: return
    }
    events += 1
    try ExplorerInvariants.check(explorer, line)
  }

  private mutating func use(_ words: [String]) throws {
    let actions: [String: Mouse.Action] = [
      "press": .press(button: 1), "release": .release(button: 1), "up": .wheelUp,
      "down": .wheelDown,
    ]
    guard words.count == 3, let action = actions[words[0]], let x = Int(words[1]),
      let y = Int(words[2])
    else { return }
    explorer.happen(.mouseUsed(Mouse(x: x, y: y, action: action)))
  }

  /// Lets everything arrive; then screen and training agree, and the journal leads to the same
  /// bits.
  mutating func end() throws {
    try explorer.settle()
    try ExplorerInvariants.check(explorer, "the end")
    let (state, training) = (explorer.state, explorer.training)
    try FuzzFault.unless(explorer.isSettled, "everything that was asked for is answered")
    try FuzzFault.unless(
      state.configuration == state.snapshot.configuration,
      "the settings that were asked for are those of the training")
    try Play.replay(training.timeline)
  }

  /// Takes the same steps and changes again.
  private static func replay(_ timeline: Timeline) throws {
    guard timeline.branches.allSatisfy({ $0.reached <= 4000 }) else { return }
    let loaded = try BoundedExperiments.load(timeline.initialConfiguration)
    let again = Timeline(
      try LearnerGroup(
        configuration: timeline.initialConfiguration, dataset: loaded.dataset,
        initial: timeline.initial),
      from: timeline.initialConfiguration, initial: timeline.initial, branches: timeline.branches,
      current: timeline.branch.number)
    let arrival = again.travel(to: timeline.position)
    try FuzzFault.unless(
      arrival == .arrived, "the journal leads to where the run stood", "\(arrival)")
    try FuzzFault.unless(
      again.group.fingerprint == timeline.group.fingerprint,
      "the journal leads to the same bits", "\(timeline.position)")
  }
}
