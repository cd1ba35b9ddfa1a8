import DropoutEngine
import DropoutMeasure
import Explorer
import Lessons
import TerminalCells
import Testing

@Suite("A lesson that a person plays by hand") struct LessonByHandTests {
  private func pupil(
    _ steps: String, select: String = "{}", columns: Int = 80, rows: Int = 24,
    isLecture: Bool = false
  ) throws -> Pupil {
    let document = """
      {"name": "small", "title": "Small", "about": "Few words", "select": \(select),
       "setup": {"data": "xor", "hidden": "4", "variant": "classic", "seed": "3"},
       "steps-before": 20, "steps": [\(steps)], "limits": "Nothing more."}
      """
    var pupil = try Pupil(columns: columns, rows: rows)
    pupil.begin(
      try Lesson(document: Array(document.utf8), name: "small.json", .explorer),
      isLecture: isLecture)
    return pupil
  }

  private func text(_ pupil: Pupil) -> String {
    PlainText.lessonLines(pupil.state).joined(separator: " ")
  }

  private let question = """
    {"kind": "predict", "text": "So?", "hide": ["sentence", "hero"],
     "answers": [{"text": "yes", "right": true}, {"text": "no", "right": false}]}
    """

  @Test("A question is answered after a race that went past its goal, which stays there")
  func pastTheGoal() throws {
    let task = """
      {"kind": "do", "text": "Three.", "race": "twins", "until": "race.step >= 3",
       "act": ["run 3"]}
      """
    var pupil = try pupil("\(task), \(question)")
    pupil.press(".", ".", ".", ".", ".")
    #expect(text(pupil).contains("Done.") && pupil.state.race?.step == 5)
    pupil.press(.enter, "2")
    #expect(text(pupil).contains("No, it is answer 1."))
    #expect(pupil.state.race?.step == 5)
  }

  @Test("A task that is passed again tells what was done in it") func again() throws {
    var pupil = try pupil(
      """
      {"kind": "look", "text": "Look."},
      {"kind": "do", "text": "Train.", "until": "step >= since(step) + 3", "act": ["run 3"]},
      {"kind": "see", "text": "After {step - before(step):0} steps.", "check": "step > 0"}
      """)
    pupil.press(.enter, ".", ".", ".", ".", .enter)
    #expect(text(pupil).contains("After 4 steps."))
    pupil.press(.backspace, .backspace, .enter, .enter)
    #expect(text(pupil).contains("After 4 steps."))
  }

  @Test("An answer does not show what the next step hides, too") func staysHidden() throws {
    let next = #"{"kind": "because", "text": "So.", "hide": ["sentence"]}"#
    func sentence(_ steps: String) throws -> Bool {
      var pupil = try pupil(steps)
      pupil.press("1")
      return Screen.draw(pupil.state).plainRows[1...3].contains { $0.contains("TESTING") }
    }
    #expect(try sentence(question))
    #expect(try !sentence("\(question), \(next)"))
  }

  @Test("What is hidden says so, also behind an answer and where nothing is asked")
  func saysHidden() throws {
    let next = #"{"kind": "because", "text": "So.", "hide": ["sentence", "divergence"]}"#
    var pupil = try pupil("\(question), \(next)")
    func hidden() -> Int {
      Screen.draw(pupil.state).plainRows.reduce(0) { $0 + $1.ranges(of: "hidden for now").count }
    }
    #expect(hidden() > 0)
    pupil.press("1")
    #expect(hidden() > 0, "the next step hides the sentence, too")
    let before = hidden()
    pupil.press(.enter)
    #expect(hidden() >= before)
    var shown = try self.pupil(question)
    shown.press("1")
    #expect(!Screen.draw(shown.state).plainRows.contains { $0.contains("hidden for now") })
  }

  @Test("A run stops at the very step that a task counts to, and goes on behind it")
  func exactGoal() throws {
    var pupil = try pupil(
      #"{"kind": "do", "text": "Go.", "until": "step >= since(step) + 30", "act": ["run 30"]}"#)
    pupil.press(" ")
    pupil.train(to: 500)
    #expect(pupil.state.snapshot.step == 50 && !pupil.state.isRunning)
    #expect(text(pupil).contains("Done."))
    pupil.train(to: 60)
    #expect(pupil.state.snapshot.step == 60, "the person may go on")
    pupil.press(".")
    #expect(pupil.state.snapshot.step == 61 && text(pupil).contains("Done."))
  }

  @Test("A race that ran past the goal of a task is taken back to it") func raceGoal() throws {
    let pupil = try pupil(
      """
      {"kind": "do", "text": "Three.", "race": "twins", "until": "race.step >= 3",
       "act": ["run 3"]}
      """)
    var state = pupil.state
    var race = try #require(state.race)
    (race.step, race.isRunning) = (7, true)
    let effects = state.update(.raceArrived(race))
    #expect(effects.contains(.race(.travel(.step(3)))), "\(effects)")
    #expect(effects.contains(.race(.run(false))))
  }

  @Test("In view average the next example is one on which the networks differ") func nextDiffers()
    throws
  {
    let document = """
      {"name": "small", "title": "Small", "about": "Few words", "view": "average",
       "setup": {"data": "circle", "hidden": "12", "variant": "unscaled", "seed": "7"},
       "steps-before": 600, "steps": [{"kind": "look", "text": "It is {ensemble.gap:6}"}],
       "limits": "Nothing more."}
      """
    var pupil = try Pupil()
    pupil.begin(try Lesson(document: Array(document.utf8), name: "small.json", .explorer))
    var gaps: Set<String> = []
    for _ in 0..<10 {
      pupil.press("e")
      let gap = try #require(text(pupil).split(separator: " ").last)
      #expect(try #require(Double(gap)).magnitude >= 0.001)
      gaps.insert(String(gap))
    }
    #expect(gaps.count > 1)
  }

  @Test("The leader of a race is one of those that compete in it") func leader() throws {
    let pupil = try pupil(
      #"{"kind": "look", "text": "It is {race.leader}", "race": "question", "run": 60}"#)
    let lanes = try #require(pupil.state.race).lanes
    let competing = lanes.filter { ![.none, .unscaledL2].contains($0.configuration.variant) }
    let best = try #require(competing.min { $0.test.loss < $1.test.loss })
    #expect(competing.count < lanes.count)
    #expect(text(pupil).hasSuffix("It is \(best.name)"), "\(text(pupil))")
  }

  @Test("The clearest example has the largest sum of the unit") func clearest() throws {
    var pupil = try pupil(
      #"{"kind": "look", "text": "It is {sum.step:6}."}"#,
      select: #"{"layer": "output", "unit": 2, "example": "clearest"}"#)
    func sum() throws -> Double {
      let words = text(pupil).split(separator: " ")
      let place = try #require(words.lastIndex(of: "is"))
      return try #require(Double(words[place + 1].dropLast()))
    }
    let largest = try sum().magnitude
    var others: Set<Double> = []
    for _ in 1..<10 {
      pupil.press("e")
      others.insert(try sum().magnitude)
    }
    #expect(others.count > 1 && others.allSatisfy { $0 <= largest })
  }

  @Test("Before a class an answer stands below its question") func lecture() throws {
    var pupil = try pupil(question, columns: 120, rows: 40, isLecture: true)
    func asks() -> Bool { Screen.draw(pupil.state).plainRows.contains { $0.contains("So?") } }
    #expect(!asks(), "the question itself is large")
    pupil.press(.enter)
    #expect(asks())
    pupil.press(.enter)
    #expect(asks())
  }
}
