import Lessons
import TerminalCells

// Keys over a lesson, and over the table of contents.
extension ExplorerState {
  /// A key while a lesson is on the screen; nil where it means what it always means.
  mutating func pressInLesson(_ key: Key, _ command: KeyCommand?) -> [Effect]? {
    guard leavingCommand == nil else {
      // The person's own experiment is on its way: only the end of the program does not wait.
      return command == .quit ? nil : []
    }
    guard let run = lesson else { return nil }
    if command == .quit { return leaveLesson() + [.quit] }
    if key == .escape {
      guard zoomed == nil, focus == nil, snapshot.travel == nil else { return nil }
      return leaveLesson()
    }
    guard run.isShown else { return [] }
    switch key {
    case .enter: return goOn()
    case .backspace: return goBackInLesson()
    case .character(let scalar) where ("1"..."9").contains(scalar):
      guard case .predict? = run.step?.task else { return nil }
      return answer(Int(scalar.value) - 49)
    case _ where run.holdsSettings && command?.changesExperiment ?? false:
      message = "this step is about the settings as they are: Esc leaves the lesson"
      return []
    default: break
    }
    guard case .example? = command, let command else { return nil }
    lesson?.hasChosenExample = true
    return goToTellingExample(command)
  }

  /// Whether the step waits for the person: a question is not answered, or a task not done.
  public var lessonIsOpen: Bool {
    guard let run = lesson else { return false }
    if case .act? = run.step?.task {
      return !run.done.contains(run.place) && !run.acted.contains(run.place)
    }
    return run.isAsking
  }

  /// Answers the question of the step.
  private mutating func answer(_ number: Int) -> [Effect] {
    guard let run = lesson, case .predict(let answers, _)? = run.step?.task else { return [] }
    guard run.isAsking else {
      message = "this question is answered: Enter goes on"
      return []
    }
    guard answers.indices.contains(number) else {
      message = "there are \(answers.count) answers: 1 to \(answers.count)"
      return []
    }
    lesson?.replies[run.place] = LessonRun.Reply(chosen: number)
    let page = run.isLecture ? LectureLine(self).reply : nil
    lesson?.page = page ?? 0
    return attendToLesson()
  }

  /// The one key that steps on: the next page, the task of the step, then the next step.
  private mutating func goOn() -> [Effect] {
    guard let run = lesson else { return [] }
    if lessonIsElsewhere { return bringLessonBack() }
    if lessonAwaitsNumbers, !(run.hasWaited && lessonCanGoOn) {
      let canGoOn = lessonCanGoOn
      lesson?.hasWaited = canGoOn
      message =
        canGoOn
        ? "it is being measured: Enter again goes on without the numbers"
        : "it is being measured: Enter goes on as soon as the numbers are there"
      return []
    }
    let lecture = run.isLecture ? LectureLine(self) : nil
    let pages = lecture?.lines.count ?? LessonBox(self)?.pages ?? 1
    if run.page + 1 < pages {
      lesson?.page += 1
      return run.isAsking && run.page + 1 == lecture?.reply ? reveal() : []
    }
    switch run.step?.task {
    case .predict? where run.isAsking: return reveal()
    case .act(_, let acts)? where lessonIsOpen:
      return perform(acts) + attendToLesson()
    case nil: return endLesson()
    default:
      noteChoice()
      return arrive(at: run.place + 1) + attendToLesson()
    }
  }

  /// Whether a task waits for a number that nothing asks for any more: it may never be measured.
  private var lessonCanGoOn: Bool {
    guard case .act? = lesson?.step?.task else { return false }
    return isSettled && snapshot.travel == nil
  }

  /// Whether a view is on the screen that the lesson's step does not speak of.
  var lessonIsElsewhere: Bool {
    guard let run = lesson, run.isShown else { return false }
    return view != run.home && !run.leadsElsewhere
  }

  /// Goes back to the view of the lesson's step.
  private mutating func bringLessonBack() -> [Effect] {
    guard let home = lesson?.home else { return [] }
    return stopForLesson() + quietly { $0.perform(.view(home)) } + attendToLesson()
  }

  /// Shows the right answer to whoever did not choose one.
  private mutating func reveal() -> [Effect] {
    guard let run = lesson else { return [] }
    lesson?.replies[run.place] = LessonRun.Reply(chosen: nil)
    if !run.isLecture { lesson?.page = 0 }
    return attendToLesson()
  }

  private mutating func goBackInLesson() -> [Effect] {
    guard let run = lesson else { return [] }
    if lessonIsElsewhere { return bringLessonBack() }
    if run.page > 0 {
      lesson?.page -= 1
      return []
    }
    return run.place > 0 ? arrive(at: run.place - 1) + attendToLesson() : []
  }

  /// Leaves a lesson at its end, and offers the next one.
  private mutating func endLesson() -> [Effect] {
    guard let run = lesson else { return [] }
    let line = lessons.firstIndex { $0.name == run.lesson.name } ?? 0
    overlayAfterLesson = .lessons(line: min(line + 1, lessons.count - 1))
    lecturesOn = run.isLecture
    return leaveLesson()
  }

  // MARK: The table of contents

  /// Shows the lessons; the one on the screen is chosen, or the one to go on with.
  mutating func showLessons() {
    let now = lessons.firstIndex { $0.name == lesson?.lesson.name } ?? lessonToGoOnWith
    overlay = .lessons(line: now)
    lecturesOn = false
  }

  /// The lesson that the person was in last; where that came to its end, the next one that is not
  /// done.
  private var lessonToGoOnWith: Int {
    let known = lessonProgress.entries.reversed().lazy.compactMap { entry in
      lessons.firstIndex { $0.name == entry.name }
    }
    guard let last = known.first else { return 0 }
    guard lessonProgress.place(in: lessons[last]) == 0, lessonProgress.isDone(lessons[last]) else {
      return last
    }
    let others = Array(lessons.indices[last...]) + Array(lessons.indices[..<last])
    return others.first { !lessonProgress.isDone(lessons[$0]) } ?? 0
  }

  /// A key over the table of contents; nil where it means what it always means.
  mutating func press(_ key: Key, inLessons line: Int) -> [Effect]? {
    if let next = chosen(key, from: line, count: lessons.count) {
      overlay = .lessons(line: next)
      return []
    }
    if key == .enter { return begin(atLine: line) }
    if case .character(let scalar) = key, ("1"..."9").contains(scalar) {
      return begin(atLine: Int(scalar.value) - 49)
    }
    return nil
  }

  private mutating func begin(atLine line: Int) -> [Effect] {
    guard lessons.indices.contains(line) else { return [] }
    let chosen = lessons[line]
    if chosen.name == lesson?.lesson.name {
      overlay = .none
      return []
    }
    let kept = noteProgress()
    return kept + begin(chosen, isLecture: lesson?.isLecture ?? lecturesOn)
  }
}
