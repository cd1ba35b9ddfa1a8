import DropoutEngine
public import Lessons

// A lesson begins, and gives the person's own experiment back.
extension ExplorerState {
  /// The state of the person's own experiment while a lesson is on the screen; nil where none is.
  public var own: ExplorerState? { keptState.first }

  /// The lessons that the person can choose from; those of the program are read when somebody needs
  /// them.
  public var lessons: [Lesson] {
    ownLessons
      + BuiltInLessons.all.filter { lesson in
        !ownLessons.contains { $0.name == lesson.name }
      }
  }

  /// Whether a lesson is on the screen, or gives way to the person's own experiment.
  public var isInLesson: Bool { !keptState.isEmpty }

  /// Begins a lesson, where it was left; the experiment on the screen is put aside.
  ///
  /// - Parameters:
  ///   - lesson: the lesson.
  ///   - place: the step to begin at; nil is where the person left it.
  ///   - isLecture: whether it is shown to a class.
  ///   - notice: one line to tell the person once the lesson is there; empty is none.
  /// - Returns: the commands to the training.
  public mutating func begin(
    _ lesson: Lesson, at place: Int? = nil, isLecture: Bool = false, notice: String = ""
  ) -> [Effect] {
    var effects: [Effect] = race?.isRunning ?? false ? [.race(.run(false))] : []
    overlay = .none
    message = ""
    lecturesOn = false
    if keptState.isEmpty { keptState = [self] }
    (focus, zoomed, tab, scroll, watchedUnit, phase) = (nil, nil, 0, [:], nil, nil)
    (race, askedRace, keptRace, awaitedRace) = (nil, nil, nil, nil)
    // The file of the person's own session must not be written over.
    savedPath = nil
    (arrivalMessage, lessonRefusal) = ("", nil)
    settings.run = RunSettings()
    settings.experiment = lesson.configuration
    isRunning = false
    effects += send(.setAside(lesson.configuration, steps: lesson.stepsBefore))
    askedStart = sentCommands
    var run = LessonRun(lesson)
    // A class begins at the beginning.
    let known = isLecture ? 0 : lessonProgress.place(in: lesson)
    run.goal = min(place ?? known, lesson.steps.count)
    (run.isLecture, run.notice) = (isLecture, notice)
    run.start = sentCommands
    run.laws = LessonRun.laws(of: lesson)
    self.lesson = run
    return effects
  }

  /// Leaves the lesson: the person's own experiment comes back as it was.
  mutating func leaveLesson() -> [Effect] {
    guard lesson != nil else { return [] }
    let kept = noteProgress()
    lesson = nil
    let effects: [Effect] = race?.isRunning ?? false ? [.race(.run(false))] : []
    defer { leavingCommand = sentCommands }
    return kept + effects + send(.bringBack)
  }

  /// Takes the person's own state up again, as soon as its experiment is there; nil before that.
  mutating func comeBack(with new: TrainingSnapshot) -> [Effect]? {
    guard let leaving = leavingCommand, new.handledCommands >= leaving, let own else { return nil }
    let present = self
    self = own
    keepPresent(of: present)
    overlay = present.overlayAfterLesson ?? .none
    message = present.message
    lecturesOn = present.lecturesOn
    let effects = take(new)
    let isReplaced = present.startedRaces != own.startedRaces
    return effects + (present.speed == speed ? [] : send(.speed(speed)))
      + bringRaceBack(isReplaced: isReplaced)
  }

  /// Takes over what is of the program and its screen, and not of an experiment.
  private mutating func keepPresent(of present: ExplorerState) {
    (sentCommands, startedRaces) = (present.sentCommands, present.startedRaces)
    (size, glyphs, theme, keys) = (present.size, present.glyphs, present.theme, present.keys)
    (folder, autosaveFailure) = (present.folder, present.autosaveFailure)
    (ownLessons, lessonProgress) = (present.ownLessons, present.lessonProgress)
    lessonRefusal = present.lessonRefusal
    let speed = settings.display.speed
    settings.display = present.settings.display
    settings.display.speed = speed
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
    let losses = race?.lanes.map { $0.minibatchLoss.isNaN ? nil : $0.minibatchLoss } ?? []
    (race, askedRace) = (nil, identity)
    return [.race(.start(RaceStart(identity, goingOnWith: course, maskedLosses: losses)))]
      + (isRunning ? [.race(.run(true))] : [])
  }

  /// The lesson's experiment cannot be started: nothing was put aside.
  mutating func refuseLesson() -> [Effect] {
    guard let own else { return [] }
    let present = self
    self = own
    keepPresent(of: present)
    snapshot = present.snapshot
    message = "the lesson cannot begin: \(present.message)"
    lessonRefusal = message
    return race?.isRunning ?? false ? [.race(.run(true))] : []
  }

  /// Keeps how far the lesson is.
  mutating func noteProgress() -> [Effect] {
    guard let run = lesson, run.isShown else { return [] }
    let before = lessonProgress
    lessonProgress.note(run.lesson, at: run.place)
    return lessonProgress == before ? [] : [.keepProgress(lessonProgress)]
  }
}
