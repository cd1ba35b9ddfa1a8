import DropoutEngine
import Lessons
import TerminalCells

// The lesson follows the training and the person.
extension ExplorerState {
  /// Takes up what the training and the person did: a lesson that begins goes to its step, and a
  /// task that was done is noticed.
  mutating func attendToLesson() -> [Effect] {
    guard let run = lesson, snapshot.handledCommands >= run.start else { return [] }
    guard run.hasArrived else {
      guard snapshot.experiment.start == run.start else { return refuseLesson() }
      lesson?.hasArrived = true
      return arrive(at: 0) + attendToLesson()
    }
    if let goal = run.raceGoal, race?.isMeasured(at: goal) ?? false { lesson?.raceGoal = nil }
    judge()
    guard isSettled, noteValues() else { return [] }
    judge()
    if let goal = run.goal { return goOn(to: goal) }
    switch run.step?.task {
    case .act(let until, _)? where run.done.contains(run.place):
      // A task that is done is true of the screen, also of one that was left and come back to.
      guard decide(until) == .fails else { return followStep() }
      lesson?.done.remove(run.place)
      lesson?.acted.remove(run.place)
      return []
    case .act(let until, _)?:
      guard decide(until) == .holds else { return pauseAtGoal(of: until) }
      lesson?.done.insert(run.place)
      let ended = endPause()
      // A task that counts steps is done at a step, so what ran stops there.
      guard until.names.contains(where: { $0 == "step" || $0 == "race.step" }) else { return ended }
      return ended + goBackToGoal(of: until) + stopForLesson() + watchMeantExample()
    default: return followStep()
    }
  }

  /// Judges an answer as soon as it is known which one is right.
  private mutating func judge() {
    guard let run = lesson, case .predict(let answers, _)? = run.step?.task,
      run.replies[run.place]?.verdict == .waiting
    else { return }
    let verdict = verdict(answers)
    lesson?.replies[run.place]?.verdict = verdict
  }

  /// Goes on to a step through all those before it, as far as nothing has to be waited for.
  private mutating func goOn(to goal: Int) -> [Effect] {
    guard let run = lesson, run.place < goal else {
      lesson?.goal = nil
      message = lesson?.notice ?? ""
      lesson?.notice = ""
      return noteProgress() + attendToLesson()
    }
    if case .act(let until, let acts)? = run.step?.task {
      guard run.acted.contains(run.place) else { return perform(acts) + attendToLesson() }
      if decide(until) == .holds { lesson?.done.insert(run.place) }
    }
    return arrive(at: run.place + 1) + attendToLesson()
  }

  /// Whether the step did the person's task, and yet that is not done.
  var lessonActsFailed: Bool {
    guard let run = lesson, case .act(let until, _)? = run.step?.task,
      run.acted.contains(run.place), !run.done.contains(run.place), !isRunning,
      snapshot.travel == nil
    else { return false }
    switch decide(until) {
    case .fails, .absent: return true
    case .holds, .waiting: return false
    }
  }

  /// The faults of the step, in words: what a lesson must not come to.
  ///
  /// - Parameter isPlayed: whether the person's part of it was played.
  /// - Returns: the faults, without a full stop.
  public func lessonFaults(isPlayed: Bool) -> [String] {
    guard let run = lesson else { return [] }
    var faults = missingLessonPlaces.map { "the screen of view \(view.name) has no place '\($0)'" }
    faults += unknownLessonNumbers.map { "'\($0)' has no value here" }
    let short = run.step == nil ? run.lesson.shortLimits : run.step?.short
    if let columns = short.map({ words($0).columns }), columns > LessonText.widestShort {
      faults.append(
        "the text in few words has \(columns) columns, and \(LessonText.widestShort) are shown")
    }
    guard isPlayed else { return faults }
    switch run.step?.task {
    case .act(let until, _)? where !run.done.contains(run.place):
      faults.append("its act does not bring about '\(until.text)'")
    case .predict(_, otherwise: nil)?:
      switch run.replies[run.place]?.verdict {
      case .open: faults.append("not exactly one answer is right, and it has no otherwise")
      case .waiting: faults.append("the right answer is never measured")
      case .right, nil: break
      }
    case .see(let check, otherwise: nil)? where decide(check) != .holds:
      faults.append("'\(check.text)' does not hold, and it has no otherwise")
    default: break
    }
    return faults
  }

  /// Whether all that was asked of the training and the race is there.
  var isSettled: Bool {
    !awaitsAnswer && lesson?.raceGoal == nil && (view != .race || race != nil || isRaceRefused)
  }

  /// Notes the values that the lesson compares with later; false while one of them is being
  /// measured.
  private mutating func noteValues() -> Bool {
    guard let run = lesson, run.since == nil else { return true }
    let present = LessonChoice(unit: selection, row: watchedRow)
    // A task that is still done keeps the values from which it was done.
    if case .act(let until, _)? = run.step?.task, run.done.contains(run.place),
      let earlier = run.before[run.place]
    {
      let values = LessonValues(
        now: value(of:), since: { earlier[$0] ?? .absent }, before: { earlier[$0] ?? .absent })
      switch until.decide(values) {
      case .waiting: return false
      case .holds:
        lesson?.since = earlier
        lesson?.arrival = present
        return true
      case .fails, .absent: break
      }
    }
    var values: [String: LessonValue] = [:]
    for name in run.notedNames {
      let value = value(of: name)
      if value == .waiting { return false }
      values[name] = value
    }
    lesson?.since = values
    lesson?.arrival = present
    if case .act? = run.step?.task { lesson?.before[run.place] = values }
    return true
  }

  /// The values of quantities, now and earlier.
  var lessonValues: LessonValues {
    let isSettled = isSettled
    return LessonValues(
      // Before an answer arrives, the numbers on the screen are of an earlier moment.
      now: { isSettled ? value(of: $0) : .waiting }, since: { lesson?.since?[$0] ?? .waiting },
      before: { lesson?.valueBefore($0) ?? .absent })
  }

  /// Decides a condition of the lesson.
  func decide(_ condition: Condition) -> Condition.Decision {
    // A condition without quantities has nothing to wait for.
    guard condition.names.isEmpty || (lesson?.since != nil && isSettled) else { return .waiting }
    return condition.decide(lessonValues)
  }

  /// The right one of some answers, as far as it is known.
  private func verdict(_ answers: [LessonAnswer]) -> LessonRun.Verdict {
    let decisions = answers.map { decide($0.right) }
    guard !decisions.contains(.waiting) else { return .waiting }
    let right = decisions.indices.filter { decisions[$0] == .holds }
    return right.count == 1 ? .right(right[0]) : .open
  }
}

extension RaceSnapshot {
  /// Whether it stands at a step, and its runners are measured there.
  fileprivate func isMeasured(at goal: Int) -> Bool {
    step == goal
      && lanes.allSatisfy { lane in
        lane.notFinite != nil || lane.points.contains { $0.step == goal }
      }
  }
}
