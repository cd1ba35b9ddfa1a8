import DropoutEngine
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
