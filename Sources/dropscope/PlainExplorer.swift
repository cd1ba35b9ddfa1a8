import CLibrary
import DropoutEngine
import Explorer
import TerminalCells

/// The explorer in lines, for screen readers, dumb terminals and pipes.
///
/// It prints a paragraph after a number of steps and after each line of input. The characters of a
/// line are pressed as keys one by one; a line that starts with a colon goes to the palette.
struct PlainExplorer: ~Copyable {
  private let training: SteeredTraining
  private var race: PlainRace
  private var state: ExplorerState
  private var saver = SessionSaver()
  private let progress = ProgressKeeper()
  private var output = OutputStream.standardOutput()
  private let every: Int
  private let chosen: ChosenLesson
  /// Whether it goes on with a session, where it stands still first.
  private let isResumed: Bool

  init(
    _ start: StartingPoint, lesson chosen: ChosenLesson = .none, kernels: KernelPath,
    keys: KeyMap<KeyCommand> = .standard
  ) throws {
    self.chosen = chosen
    let (experiment, training) = try PlainExplorer.make(start, kernels: kernels)
    self.training = training
    state = ExplorerState(
      snapshot: training.snapshot, size: ScreenSize(columns: 80, rows: 24),
      run: experiment.settings.run, display: experiment.settings.display)
    state.program = Dropscope.version
    state.keys = keys
    (state.ownLessons, state.lessonProgress) = (chosen.own, progress.progress)
    race = PlainRace(allowedMemory: experiment.allowedMemory, kernels: kernels)
    every = experiment.settings.run.every
    isResumed = start.resumed != nil
  }

  private static func make(
    _ start: StartingPoint, kernels: KernelPath
  ) throws -> (experiment: Experiment, training: SteeredTraining) {
    let activity = ActivityLine()
    let experiment = try start.load(saying: activity.begin)
    activity.end()
    let training: SteeredTraining
    let bar = ReplayBar(start.resumed)
    do {
      training = try SteeredTraining(
        start.loaded(experiment), kernels: kernels, replaying: bar.show, load: Experiment.loader)
    } catch {
      throw Experiment.failure(error)
    }
    bar.clear()
    for sentence in try start.sentences(experiment, training.snapshot) {
      StandardError.writeLine(sentence)
    }
    return (experiment, training)
  }

  /// Trains and prints until the goal is reached or the person quits.
  mutating func run() throws {
    var input = LineInput()
    let clock = ContinuousClock()
    try say(PlainText.opening(state.keys))
    if !perform(state.start(isPaused: isResumed)) { return }
    if let complaint = progress.complaint {
      StandardError.writeLine("dropscope: \(complaint.description)")
    }
    if let lesson = chosen.lesson {
      guard perform(state.begin(lesson, isLecture: chosen.isLecture)) else { return }
      if let refusal = state.lessonRefusal { throw CommandFailure.badData(refusal) }
    }
    try tell()
    var last = state.snapshot.step
    var due = clock.now
    while true {
      // A person's line is handled at once; otherwise training, or the race, continues.
      let wait = isRunning ? max(.zero, due - clock.now) : .seconds(60)
      switch input.next(waiting: wait) {
      case .line(let line):
        let isGoingOn = press(line)
        training.measure()
        _ = perform(state.update(.snapshotArrived(training.snapshot)))
        try tell()
        if !isGoingOn { return }
        last = state.snapshot.step
      case .end:
        // Without input nobody can resume it, so it ends where it pauses.
        if !isRunning { return }
      case .nothing: break
      }
      guard isRunning, clock.now >= due else { continue }
      let stint =
        state.speed == .infinity
        ? 4096 : Int(nearest: (state.speed / 20).rounded(.down), in: 1...1_000_000)
      if race.isRunning {
        let steps = race.advance(steps: stint, every: every, until: state.settings.run.steps)
        due = state.speed == .infinity ? clock.now : due + .seconds(Double(steps) / state.speed)
        if due < clock.now - .seconds(1) { due = clock.now }
        guard race.isTold(every: every) else { continue }
        showRace()
        try tell()
        continue
      }
      let goal = last + every - last % every
      let steps = min(stint, goal - training.snapshot.step)
      // At the end of the input nobody can go on in spite of it.
      training.stopsOutOfRange = !input.isAtEnd
      training.advance(steps: steps)
      due = state.speed == .infinity ? clock.now : due + .seconds(Double(steps) / state.speed)
      if due < clock.now - .seconds(1) { due = clock.now }
      let isPaused = !training.snapshot.isRunning
      guard training.snapshot.step >= goal || isPaused else { continue }
      training.measure()
      _ = perform(state.update(.snapshotArrived(training.snapshot)))
      last = training.snapshot.step
      try tell()
      if let error = training.snapshot.notFinite, input.isAtEnd {
        throw CommandFailure(error)
      }
    }
  }

  /// Whether the training or the race runs.
  private var isRunning: Bool { state.isRunning || race.isRunning }

  /// Takes up what the race has come to.
  private mutating func showRace() {
    guard let snapshot = race.measured() else { return }
    _ = perform(state.update(.raceArrived(snapshot)))
  }

  /// Presses the keys of a line; false where one of them quits.
  private mutating func press(_ line: String) -> Bool {
    // Without a terminal, an empty line is Enter.
    let keys = line.isEmpty ? [Key.enter] : PlainText.keys(of: line, state.keys)
    for key in keys {
      guard perform(state.update(.keyPressed(key))) else { return false }
    }
    return true
  }

  /// Performs effects; false where one of them quits.
  private mutating func perform(_ effects: [Effect]) -> Bool {
    for effect in effects {
      switch effect {
      case .train(let command):
        training.perform(command)
        training.measureSubject()
        let more = state.update(.snapshotArrived(training.snapshot))
        guard perform(more) else { return false }
      case .quit: return false
      case .race(let command):
        race.perform(command, on: state.snapshot)
        showRace()
      case .takeFromRace(let lane, of: let identity):
        guard let handover = race.handover(of: lane, in: identity) else { continue }
        guard perform(state.adopt(handover)) else { return false }
      case .save(let path, replacing: let replacing):
        let outcome = saver.save(state, to: path, replacing: replacing)
        guard perform(state.update(.saved(outcome))) else { return false }
      case .copy: continue
      case .keepProgress(let lessons):
        guard let failure = progress.keep(lessons) else { continue }
        guard perform(state.update(.told(failure))) else { return false }
      case .write(let folder):
        guard perform(state.update(ScreenFiles.write(state, to: folder))) else { return false }
      case .redraw, .setUpDisplay:
        guard perform(state.update(.told("there is no screen in plain lines"))) else {
          return false
        }
      }
    }
    return true
  }

  private mutating func tell() throws {
    try say(PlainText.lines(state))
  }

  private mutating func say(_ lines: [String]) throws {
    for line in lines { try output.writeLine(ForeignText.line(line)) }
    try output.writeLine("")
    try output.flush()
  }
}

/// Lines from the standard input, with a limited wait.
struct LineInput {
  /// A piece of input, or its absence.
  enum Item {
    case line(String)
    case nothing
    case end
  }

  private var buffer: [UInt8] = []
  /// Whether the input has ended.
  private(set) var isAtEnd = false

  mutating func next(waiting time: Duration) -> Item {
    if let line = takeLine() { return .line(line) }
    let milliseconds = Int32(
      Int(nearest: (time / .milliseconds(1)).rounded(.up), in: 0...60_000))
    if isAtEnd {
      if milliseconds > 0 { usleep(UInt32(min(milliseconds, 1000)) * 1000) }
      return .end
    }
    var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, milliseconds) > 0 else { return .nothing }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    if count <= 0 {
      isAtEnd = true
      return .end
    }
    buffer += bytes[..<count]
    return takeLine().map { .line($0) } ?? .nothing
  }

  private mutating func takeLine() -> String? {
    guard let end = buffer.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { buffer.removeSubrange(...end) }
    return String(decoding: buffer[..<end], as: UTF8.self)
  }
}
