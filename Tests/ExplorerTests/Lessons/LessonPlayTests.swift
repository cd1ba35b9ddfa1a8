import DropoutEngine
import Explorer
import Lessons
import TerminalCells
import Testing

@Suite("The lessons of the program, played") struct LessonPlayTests {
  /// A lesson with other parameters in its experiment.
  private static func changed(
    _ lesson: Lesson, with name: String, _ value: String
  ) throws -> Lesson {
    var other = lesson
    other.setup.removeAll { $0.name == name }
    other.setup.append(ParameterSetting(name: name, value: value))
    other.configuration = try Settings(
      assignments: other.setup.map { ($0.name, $0.value) }
    ).experiment
    return other
  }

  /// The faults of the step on the screen, in words.
  private func faults(_ pupil: inout Pupil) -> [String] {
    var faults: [String] = []
    for (columns, rows) in [(80, 24), (120, 40)] {
      pupil.resize(columns, rows)
      let size = "\(columns)x\(rows)"
      let missing = pupil.state.missingLessonPlaces
      if !missing.isEmpty { faults.append("\(size): no place \(missing)") }
      if let box = pupil.state.lessonBox {
        if box.covers { faults.append("\(size): the box covers what it speaks of") }
        if box.area.intersection(Rect(x: 0, y: 0, width: columns, height: rows)) != box.area {
          faults.append("\(size): the box leaves the screen")
        }
      } else {
        faults.append("\(size): no box")
      }
      _ = Screen.draw(pupil.state)
    }
    pupil.resize(80, 24)
    let unknown = pupil.state.unknownLessonNumbers
    if !unknown.isEmpty { faults.append("no value of \(unknown)") }
    return faults
  }

  /// The faults of the replies to a question: each answer is tried by a person of its own, and one
  /// has it shown.
  private func replies(_ pupil: Pupil, _ answers: [LessonAnswer]) -> [String] {
    ([nil] + answers.indices.map(Optional.init)).flatMap { number -> [String] in
      var other = pupil
      other.finishStep(answering: number)
      let name = number.map { "answer \($0 + 1)" } ?? "no answer"
      guard let run = other.state.lesson, let reply = run.replies[run.place],
        reply.chosen == number
      else { return ["\(name) is not taken"] }
      let text = PlainText.lessonLines(other.state).joined(separator: " ")
      guard case .right(let right) = reply.verdict else { return [] }
      let words = number == nil ? "It is " : number == right ? "Right. " : "No, it is "
      let chosen = number ?? right
      let reason = chosen == right ? answers[right].why : answers[chosen].reply
      return (text.contains(words) ? [] : ["the reply to \(name) is not '\(words)'"])
        + (reason == nil ? ["the reply to \(name) has no reason"] : [])
    }
  }

  /// The faults of the person's task in the step.
  private func outcome(_ pupil: Pupil) -> [String] {
    guard let run = pupil.state.lesson, let step = run.step else { return [] }
    switch step.task {
    case .predict(_, let otherwise):
      switch run.replies[run.place]?.verdict {
      case .right: return []
      case .open: return otherwise == nil ? ["not exactly one answer is right"] : []
      case .waiting: return ["what is right is never measured"]
      case nil: return ["the question is not answered"]
      }
    case .act: return run.done.contains(run.place) ? [] : ["its act does not make it done"]
    case .see(_, let otherwise):
      if pupil.state.lessonHolds { return [] }
      return otherwise == nil ? ["it does not hold, and nothing is said otherwise"] : []
    case .look, .because: return []
    }
  }

  /// Plays a lesson to its end, with right and with wrong answers, and back out of it.
  ///
  /// - Parameters:
  ///   - lesson: the lesson.
  ///   - checksScreen: whether places and texts are checked, too.
  /// - Returns: the faults of its steps, and the steps whose sentence does not hold.
  /// - Throws: the reason why the experiment cannot be made.
  private func play(
    _ lesson: Lesson, checksScreen: Bool = true
  ) throws -> (faults: [String], untrue: [Int]) {
    var pupil = try Pupil([("hidden", "3")], steps: 2)
    let before = pupil.training.snapshot.fingerprint
    pupil.begin(lesson)
    var faults: [String] = []
    var untrue: [Int] = []
    while let run = pupil.state.lesson, let step = run.step {
      func note(_ found: [String]) {
        faults += found.map { "\(lesson.name) step \(run.place + 1): \($0)" }
      }
      if checksScreen { note(self.faults(&pupil)) }
      if case .predict(let answers, _) = step.task { note(replies(pupil, answers)) }
      pupil.finishStep()
      note(outcome(pupil))
      if case .see = step.task, !pupil.state.lessonHolds { untrue.append(run.place) }
      if checksScreen, step.task.word != "look" { note(self.faults(&pupil)) }
      pupil.goOn()
    }
    #expect(pupil.state.lesson?.place == lesson.steps.count)
    if checksScreen { faults += self.faults(&pupil).map { "\(lesson.name), its end: \($0)" } }
    pupil.press(.enter)
    #expect(!pupil.state.isInLesson && pupil.training.snapshot.fingerprint == before)
    #expect(pupil.kept?.isDone(lesson) == true)
    return (faults, untrue)
  }

  @Test(
    "Each sentence is true of the numbers on the screen, which its text never covers",
    arguments: BuiltInLessons.all.map(\.name))
  func own(_ name: String) throws {
    let lesson = try #require(BuiltInLessons.all.first { $0.name == name })
    let (faults, untrue) = try play(lesson)
    for fault in faults { Issue.record("\(fault)") }
    #expect(untrue.isEmpty, "\(name): steps from 0 whose sentence does not hold: \(untrue)")
  }

  /// The lessons with other seeds and data, where they say that they hold there.
  ///
  /// A debug build plays one of them: its kernels are slow.
  private static let elsewhere: [(name: String, parameter: String, value: String)] =
    BuiltInLessons.all.flatMap { lesson in
      let seeds = lesson.holdsOnOtherSeeds ? ["1", "2", "3"] : []
      let all =
        seeds.map { (lesson.name, "seed", $0) } + lesson.otherData.map { (lesson.name, "data", $0) }
      #if DEBUG
        return lesson.name == "two-sums" ? Array(all.prefix(1)) : []
      #else
        return all
      #endif
    }

  @Test("A lesson holds on the seeds and data that it says", arguments: elsewhere)
  func others(_ name: String, _ parameter: String, _ value: String) throws {
    let own = try #require(BuiltInLessons.all.first { $0.name == name })
    let lesson = try LessonPlayTests.changed(own, with: parameter, value)
    let (faults, _) = try play(lesson, checksScreen: false)
    for fault in faults { Issue.record("\(parameter) \(value): \(fault)") }
  }
}
