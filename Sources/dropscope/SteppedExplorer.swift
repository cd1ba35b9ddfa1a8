import DropoutEngine
import Explorer
import Lessons
import Sessions
import TerminalCells

/// The explorer without a terminal and without a clock: keys are pressed and steps are taken one
/// after the other.
struct SteppedExplorer {
  private(set) var state: ExplorerState
  private let training: SteeredTraining
  private var race: RaceTraining
  private let kernels: KernelPath
  private let allowedMemory: Int?
  /// The steps that were asked for so far: a race that starts goes up to there.
  private var steps: Int

  /// The state of the training before its first step here.
  let start: TrainingSnapshot

  /// Trains the first steps of an experiment, or goes on from a session, and draws the view.
  init(
    _ start: StartingPoint, _ experiment: Experiment, kernels: KernelPath, size: PictureSize
  ) throws {
    let bar = ReplayBar(start.resumed)
    defer { bar.clear() }
    do {
      training = try SteeredTraining(
        start.loaded(experiment), kernels: kernels, replaying: bar.show,
        load: Experiment.loader)
    } catch {
      throw Experiment.failure(error)
    }
    self.start = training.snapshot
    steps =
      training.snapshot.step
      + experiment.settings.run.stepCount(
        examples: experiment.dataset.trainingExamples.count,
        batch: training.snapshot.configuration.batch)
    training.train(to: steps, points: SteppedExplorer.points)
    self.kernels = kernels
    allowedMemory = experiment.allowedMemory

    let display = experiment.settings.display
    let look = PictureLook(display)
    state = ExplorerState(
      snapshot: training.snapshot, size: ScreenSize(columns: size.columns, rows: size.rows),
      run: experiment.settings.run, display: display,
      glyphs: look.glyphs, theme: look.theme)
    state.program = Dropscope.version
    race = RaceTraining(on: state.snapshot, allowedMemory: allowedMemory, kernels: kernels)
    if let session = start.resumed?.session {
      if let race = session.race { perform(state.goOn(with: race)) }
      perform(state.look(as: session.view))
    }
  }

  /// The points of the curves that are measured on the way to a picture.
  private static let points = 100

  /// The screen as it is now.
  var screen: CellBuffer { Screen.draw(state) }

  /// Draws what follows so that it can be read without colours.
  mutating func drawWithoutColors() { state.glyphs = state.glyphs.withoutColors }

  /// Goes to a view as a person does, so that what it shows is measured.
  mutating func show(_ view: ViewDefinition) {
    press([.character(Unicode.Scalar(UInt8(ascii: "0") + UInt8(view.number)))])
  }

  /// Begins a lesson at one of its steps.
  ///
  /// - Throws: bad data where its experiment cannot be made.
  mutating func begin(_ lesson: Lesson, at place: Int) throws(CommandFailure) {
    perform(state.begin(lesson, at: place))
    if let refusal = state.lessonRefusal { throw .badData(refusal) }
  }

  /// Presses keys, one after the other.
  mutating func press(_ keys: [Key]) {
    for key in keys { perform(state.update(.keyPressed(key))) }
  }

  /// Takes more steps, in the training and in a race that has started.
  ///
  /// The curves get a point at the end and, on the way, as often as one picture at step `last`
  /// measures them.
  mutating func train(steps more: Int, last: Int) {
    steps += more
    let points = max(1, more / max(1, last / SteppedExplorer.points))
    training.train(to: training.snapshot.step + more, points: points)
    perform(state.update(.snapshotArrived(training.snapshot)))
    // A race without runners never gets anywhere.
    guard !race.snapshot.lanes.isEmpty else { return }
    race.train(to: race.snapshot.step + more, points: points)
    perform(state.update(.raceArrived(race.snapshot)))
  }

  private mutating func perform(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .train(let command): perform(command)
      case .race(let command): perform(command)
      case .takeFromRace(let lane, of: let identity):
        if let handover = race.handover(of: lane, in: identity) { perform(state.adopt(handover)) }
      case .quit, .save, .copy, .write, .redraw, .setUpDisplay, .keepProgress:
        // Nobody waits, and the picture is written anyway.
        continue
      }
    }
  }

  private mutating func perform(_ command: TrainingCommand) {
    training.perform(command)
    if case .change = command { training.measure() }
    if case .step = command { training.measure() }
    if case .drawLearner = command { training.measure() }
    if case .travel = command { training.measure() }
    training.measureSubject()
    perform(state.update(.snapshotArrived(training.snapshot)))
  }

  private mutating func perform(_ command: RaceCommand) {
    // A picture is taken of a race that stands still.
    if case .run = command { return }
    guard case .start(let start) = command else {
      race.perform(command)
      if !race.snapshot.lanes.isEmpty { race.measure() }
      perform(state.update(.raceArrived(race.snapshot)))
      return
    }
    race = RaceTraining(on: state.snapshot, allowedMemory: allowedMemory, kernels: kernels)
    race.perform(command)
    // A lesson says itself how far its race goes.
    if !race.snapshot.lanes.isEmpty, !state.isInLesson {
      // A race that is gone on with takes as many steps more as the run does.
      let goal = start.course.map { $0.place.step + steps - self.start.step } ?? steps
      race.train(to: goal, points: SteppedExplorer.points)
    }
    perform(state.update(.raceArrived(race.snapshot)))
  }
}
