import DropoutEngine
import Explorer
import Lessons
import TerminalCells

/// A person in a lesson, without a screen: what is asked of the training and the race is done at
/// once, and measured.
struct Pupil {
  private(set) var state: ExplorerState
  let training: SteeredTraining
  private var race: RaceTraining
  /// The progress that was kept last.
  private(set) var kept: LessonProgress?

  /// A person with an experiment of their own, paused at a step.
  init(
    _ assignments: [(name: String, value: String)] = [], steps: Int = 0, columns: Int = 80,
    rows: Int = 24, glyphs: GlyphSet = .unicode
  ) throws {
    let settings = try Settings(assignments: assignments)
    training = try SteeredTraining(try Person.load(settings.experiment), load: Person.load)
    training.train(to: steps, points: 4)
    state = ExplorerState(
      snapshot: training.snapshot, size: ScreenSize(columns: columns, rows: rows))
    state.glyphs = glyphs
    race = RaceTraining(on: state.snapshot)
  }

  /// Begins a lesson at a step.
  mutating func begin(_ lesson: Lesson, at place: Int = 0, isLecture: Bool = false) {
    perform(state.begin(lesson, at: place, isLecture: isLecture))
  }

  /// The commands that begin a lesson with a notice.
  mutating func begun(_ lesson: Lesson, notice: String) -> [Effect] {
    state.begin(lesson, at: 0, notice: notice)
  }

  /// Presses keys, one after the other.
  mutating func press(_ keys: Key...) {
    for key in keys { perform(state.update(.keyPressed(key))) }
  }

  /// Lets the training run towards a step, as far as it was not asked to pause before.
  mutating func train(to step: Int) {
    training.train(to: step, points: 4)
    perform(state.update(.snapshotArrived(training.snapshot)))
  }

  /// Types a parameter and its value.
  mutating func type(_ text: String) {
    press(":")
    for scalar in text.unicodeScalars { press(.character(scalar)) }
    press(.enter)
  }

  /// Gives the screen another size.
  mutating func resize(_ columns: Int, _ rows: Int) {
    perform(state.update(.resized(ScreenSize(columns: columns, rows: rows))))
  }

  /// Steps on until the step that the lesson is at is over; `answer` is given to a question.
  mutating func finishStep(answering answer: Int? = nil) {
    guard let run = state.lesson else { return }
    if let answer, case .predict? = run.step?.task, run.replies[run.place] == nil {
      press(.character(Unicode.Scalar(UInt8(ascii: "1") + UInt8(answer))))
    }
    while state.lessonIsOpen { press(.enter) }
  }

  /// Goes on to the next step.
  mutating func goOn() {
    let place = state.lesson?.place
    while let run = state.lesson, run.place == place { press(.enter) }
  }

  mutating func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .train(let command): perform(command)
      case .race(let command): perform(command)
      case .keepProgress(let progress): kept = progress
      case .takeFromRace, .copy, .save, .write, .redraw, .setUpDisplay, .quit: continue
      }
    }
  }

  private mutating func perform(_ command: TrainingCommand) {
    training.perform(command)
    switch command {
    case .change, .step, .travel, .drawLearner: training.measure()
    case .watch, .look: training.measureSubject()
    default: break
    }
    perform(state.update(.snapshotArrived(training.snapshot)))
  }

  private mutating func perform(_ command: RaceCommand) {
    if case .start = command { race = RaceTraining(on: state.snapshot) }
    race.perform(command)
    if !race.snapshot.lanes.isEmpty { race.measure() }
    perform(state.update(.raceArrived(race.snapshot)))
  }
}
