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
        faults += SeenScreen(pupil.state, box.area).faults.map { "\(size): \($0)" }
        let rows = Screen.draw(pupil.state).plainRows
        if pupil.state.lesson?.place ?? 0 > 0, !rows.contains(where: { $0.contains("Backspace") }) {
          faults.append("\(size): the box loses the way back")
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
  /// - Returns: its course.
  /// - Throws: the reason why the experiment cannot be made.
  private func play(_ lesson: Lesson, checksScreen: Bool = true) throws -> Course {
    var pupil = try Pupil([("hidden", "3")], steps: 2)
    let before = pupil.training.snapshot.fingerprint
    pupil.begin(lesson)
    var faults: [String] = []
    var asked: [AskedScreen] = []
    var untrue: [Int] = []
    var right: [Int: Int] = [:]
    while let run = pupil.state.lesson, let step = run.step {
      func note(_ found: [String]) {
        faults += found.map { "\(lesson.name) step \(run.place + 1): \($0)" }
      }
      if checksScreen { note(self.faults(&pupil)) }
      if case .predict(let answers, _) = step.task {
        note(replies(pupil, answers))
        if checksScreen { asked = AskedScreen.all(&pupil) }
      }
      pupil.finishStep()
      note(outcome(pupil))
      note(asked.flatMap { $0.givenAway(pupil.state) })
      asked = []
      if case .see = step.task, !pupil.state.lessonHolds { untrue.append(run.place) }
      if case .right(let answer)? = pupil.state.lesson?.replies[run.place]?.verdict {
        right[run.place] = answer
      }
      if checksScreen, step.task.word != "look" { note(self.faults(&pupil)) }
      pupil.goOn()
    }
    #expect(pupil.state.lesson?.place == lesson.steps.count)
    if checksScreen { faults += self.faults(&pupil).map { "\(lesson.name), its end: \($0)" } }
    pupil.press(.enter)
    #expect(!pupil.state.isInLesson && pupil.training.snapshot.fingerprint == before)
    #expect(pupil.kept?.isDone(lesson) == true)
    return Course(faults: faults, untrue: untrue, right: right)
  }

  /// The course of a lesson that was played to its end.
  private struct Course {
    var faults: [String]
    /// The steps whose sentence does not hold.
    var untrue: [Int]
    /// The right answers, by step.
    var right: [Int: Int]
  }

  @Test(
    "Each sentence is true of the numbers on the screen, which its text never covers",
    arguments: BuiltInLessons.all.map(\.name))
  func own(_ name: String) throws {
    let lesson = try #require(BuiltInLessons.all.first { $0.name == name })
    let course = try play(lesson)
    for fault in course.faults { Issue.record("\(fault)") }
    #expect(
      course.untrue.isEmpty, "\(name): steps from 0 whose sentence does not hold: \(course.untrue)")
  }

  /// The seeds and data other than its own on which a lesson says that it holds.
  private static func elsewhere(_ lesson: Lesson) -> [(parameter: String, value: String)] {
    let seeds = lesson.holdsOnOtherSeeds ? ["1", "2", "3", "4"] : []
    return seeds.map { ("seed", $0) } + lesson.otherData.map { ("data", $0) }
  }

  /// The lessons that are played elsewhere.
  ///
  /// A debug build plays one of them: its kernels are slow.
  private static let played: [String] = {
    #if DEBUG
      return ["two-sums"]
    #else
      return BuiltInLessons.all.map(\.name)
    #endif
  }()

  @Test(
    "A lesson holds on the seeds and data that it says; on other seeds word by word",
    arguments: played)
  func others(_ name: String) throws {
    let own = try #require(BuiltInLessons.all.first { $0.name == name })
    let right = try play(own, checksScreen: false).right
    for (parameter, value) in LessonPlayTests.elsewhere(own) {
      let lesson = try LessonPlayTests.changed(own, with: parameter, value)
      let course = try play(lesson, checksScreen: false)
      for fault in course.faults { Issue.record("\(parameter) \(value): \(fault)") }
      guard parameter == "seed" else { continue }
      #expect(course.untrue.isEmpty, "\(name): on seed \(value) a sentence does not hold")
      #expect(course.right == right, "\(name): on seed \(value) another answer is right")
    }
  }
}
