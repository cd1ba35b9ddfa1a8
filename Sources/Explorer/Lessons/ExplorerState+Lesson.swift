import DropoutEngine
public import Lessons

// A lesson begins, goes through its steps, and gives the person's own experiment back.
extension ExplorerState {
  /// The state of the person's own experiment while a lesson is on the screen; nil where none is.
  public var own: ExplorerState? { keptState.first }

  /// Whether a lesson is on the screen, or gives way to the person's own experiment.
  public var isInLesson: Bool { !keptState.isEmpty }

  /// Begins a lesson, where it was left; the experiment on the screen is put aside.
  ///
  /// - Parameters:
  ///   - lesson: the lesson.
  ///   - place: the step to begin at; nil is where the person left it.
  ///   - isLecture: whether it is shown to a class.
  /// - Returns: the commands to the training.
  public mutating func begin(
    _ lesson: Lesson, at place: Int? = nil, isLecture: Bool = false
  ) -> [Effect] {
    var effects: [Effect] = race?.isRunning ?? false ? [.race(.run(false))] : []
    overlay = .none
    message = ""
    if keptState.isEmpty { keptState = [self] }
    (focus, zoomed, tab, scroll, watchedUnit, phase) = (nil, nil, 0, [:], nil, nil)
    (race, askedRace, keptRace, awaitedRace) = (nil, nil, nil, nil)
    // What a lesson made must not be written over what the person made.
    savedPath = nil
    arrivalMessage = ""
    settings.run = RunSettings()
    settings.experiment = lesson.configuration
    isRunning = false
    effects += send(.setAside(lesson.configuration, steps: lesson.stepsBefore))
    askedStart = sentCommands
    var run = LessonRun(lesson)
    run.place = min(place ?? lessonProgress.place(in: lesson), lesson.steps.count)
    run.isLecture = isLecture
    run.start = sentCommands
    self.lesson = run
    return effects
  }

  /// Leaves the lesson: the person's own experiment comes back as it was.
  mutating func leaveLesson() -> [Effect] {
    guard lesson != nil else { return [] }
    noteProgress()
    lesson = nil
    let effects: [Effect] = race?.isRunning ?? false ? [.race(.run(false))] : []
    defer { leavingCommand = sentCommands }
    return effects + send(.bringBack)
  }

  /// Takes the person's own state up again, as soon as its experiment is there; nil before that.
  mutating func comeBack(with new: TrainingSnapshot) -> [Effect]? {
    guard let leaving = leavingCommand, new.handledCommands >= leaving, let own else { return nil }
    let present = self
    self = own
    (sentCommands, startedRaces) = (present.sentCommands, present.startedRaces)
    (size, glyphs, theme, keys) = (present.size, present.glyphs, present.theme, present.keys)
    (folder, autosaveFailure) = (present.folder, present.autosaveFailure)
    (lessons, lessonProgress) = (present.lessons, present.lessonProgress)
    overlay = present.overlayAfterLesson ?? .none
    message = present.message
    let speed = settings.display.speed
    settings.display = present.settings.display
    settings.display.speed = speed
    // Only its number of commands is that of now: all else is as it was put aside.
    var effects = take(new)
    if present.speed != speed { effects += send(.speed(speed)) }
    return effects + bringRaceBack(isReplaced: present.startedRaces != own.startedRaces)
  }

  /// Goes on with the person's race; where a lesson had one of its own, it goes there again.
  private mutating func bringRaceBack(isReplaced: Bool) -> [Effect] {
    let isRunning = race?.isRunning ?? false
    guard isReplaced else { return isRunning ? [.race(.run(true))] : [] }
    guard let course = keptRace else {
      (race, askedRace) = (nil, nil)
      return []
    }
    startedRaces += 1
    let identity = RaceIdentity(experiment: snapshot.experiment, number: startedRaces)
    (race, askedRace) = (nil, identity)
    return [.race(.start(RaceStart(identity, goingOnWith: course)))]
      + (isRunning ? [.race(.run(true))] : [])
  }

  /// Takes up what the training and the person did: a lesson that begins arrives at its step, and
  /// a task that was done is noticed.
  mutating func attendToLesson() -> [Effect] {
    guard let run = lesson, snapshot.handledCommands >= run.start else { return [] }
    guard run.hasArrived else {
      guard snapshot.experiment.start == run.start else { return refuseLesson() }
      lesson?.hasArrived = true
      return catchUp(through: run.place)
    }
    guard !awaitsAnswer, let step = run.step else { return [] }
    if run.since == nil {
      guard let values = valuesNow(of: step) else { return [] }
      lesson?.since = values
    }
    switch step.task {
    case .act(let until, _) where !run.done.contains(run.place):
      if decide(until) == .holds { lesson?.done.insert(run.place) }
    case .predict(let answers, _, _) where run.replies[run.place]?.verdict == .waiting:
      let verdict = verdict(answers)
      lesson?.replies[run.place]?.verdict = verdict
    default: break
    }
    return []
  }

  /// The lesson's experiment cannot be started: nothing was put aside.
  private mutating func refuseLesson() -> [Effect] {
    guard let own else { return [] }
    let present = self
    self = own
    (sentCommands, snapshot) = (present.sentCommands, present.snapshot)
    (size, glyphs, theme) = (present.size, present.glyphs, present.theme)
    (lessons, lessonProgress) = (present.lessons, present.lessonProgress)
    message = "the lesson cannot begin: \(present.message)"
    return race?.isRunning ?? false ? [.race(.run(true))] : []
  }

  /// The values that the step compares with later; nil while one of them is being measured.
  private func valuesNow(of step: LessonStep) -> [String: LessonValue]? {
    var values: [String: LessonValue] = [:]
    for name in step.sinceNames {
      let value = value(of: name)
      if value == .waiting { return nil }
      values[name] = value
    }
    return values
  }

  /// Decides a condition of the lesson.
  func decide(_ condition: Condition) -> Condition.Decision {
    guard let lesson, lesson.since != nil, !awaitsAnswer, !isRaceOnItsWay else { return .waiting }
    return condition.decide(value(of:)) { lesson.since?[$0] ?? .absent }
  }

  /// Whether the lesson's race is on its way to the step that it was asked for.
  private var isRaceOnItsWay: Bool {
    guard let goal = lesson?.raceGoal, goal > 0 else { return false }
    return (race?.step ?? 0) < goal
  }

  /// What is known of the right one of some answers.
  private func verdict(_ answers: [LessonAnswer]) -> LessonRun.Verdict {
    let decisions = answers.map { decide($0.right) }
    guard !decisions.contains(.waiting) else { return .waiting }
    let right = decisions.indices.filter { decisions[$0] == .holds }
    return right.count == 1 ? .right(right[0]) : .open
  }
}

extension LessonStep {
  /// The quantities whose values at the beginning of the step are needed.
  fileprivate var sinceNames: Set<String> {
    switch task {
    case .act(let until, _): until.sinceNames
    case .see(let check, _): check.sinceNames
    case .predict(let answers, _, _):
      answers.reduce(into: []) { $0.formUnion($1.right.sinceNames) }
    case .look, .because: []
    }
  }
}
