import Lessons
import Testing

@Suite("Conditions on the numbers of the screen") struct ConditionTests {
  /// The condition of a step that waits for it.
  private func condition(_ text: String) throws -> Condition {
    let step = #"{"kind": "see", "text": "so", "check": "\#(text)"}"#
    let lesson = try LessonSamples.read(LessonSamples.document(steps: step))
    guard case .see(let check, _) = lesson.steps[0].task else { preconditionFailure("\(lesson)") }
    return check
  }

  private func decision(
    _ text: String, _ values: [String: LessonValue] = [:], since: [String: LessonValue] = [:],
    before: [String: LessonValue] = [:]
  ) throws -> Condition.Decision {
    try condition(text).decide(
      LessonValues(
        now: { values[$0] ?? .absent }, since: { since[$0] ?? .absent },
        before: { before[$0] ?? .absent }))
  }

  @Test(
    "Arithmetic binds as it is taught",
    arguments: [
      ("1 + 2 * 3 = 7", true), ("(1 + 2) * 3 = 9", true), ("8 / 4 / 2 = 1", true),
      ("5 - 2 - 1 = 2", true), ("-2 * -3 = 6", true), ("abs(1 - 3) = 2", true),
      ("1 < 2 and 3 < 4", true), ("1 > 2 or 3 < 4 and 1 = 2", false), ("not 1 > 2", true),
      ("not (1 < 2 or 1 > 2)", false), ("2 <= 2", true), ("2 >= 3", false), ("2 != 2", false),
      ("0.1 + 0.2 = 0.3", true), ("0.3 < 0.1 + 0.2", false), ("1 / 3 * 3 >= 1", true),
    ]) func arithmetic(_ text: String, holds: Bool) throws
  {
    #expect(try decision(text) == (holds ? .holds : .fails))
  }

  @Test("Words are the same or not; a minus has blanks, a hyphen belongs to a name") func words()
    throws
  {
    let values: [String: LessonValue] = ["scaling": .word("classic"), "ratio": .number(2)]
    #expect(try decision("scaling = classic", values) == .holds)
    #expect(try decision("scaling != left-on-at-test", values) == .holds)
    #expect(try decision("scaling = view", ["scaling": .word("a"), "view": .word("a")]) == .holds)
    #expect(try decision("ratio - 1 = 1", values) == .holds)
    #expect(
      LessonSamples.fault(see("ratio-1 = 1"))?.contains("there is no quantity 'ratio-1'") ?? false)
  }

  @Test("Earlier values are told from those of now") func earlier() throws {
    let now: [String: LessonValue] = ["step": .number(8)]
    #expect(try decision("step >= since(step) + 3", now, since: ["step": .number(5)]) == .holds)
    #expect(try decision("step > before(step)", now, before: ["step": .number(9)]) == .fails)
    #expect(try condition("since(step) < before(ratio)").earlier.since == ["step"])
    #expect(try condition("since(step) < before(ratio)").earlier.before == ["ratio"])
  }

  @Test("What is being measured waits, unless the rest decides") func waiting() throws {
    let values: [String: LessonValue] = ["ratio": .waiting, "step": .number(1), "keep": .absent]
    #expect(try decision("ratio > 1", values) == .waiting)
    #expect(try decision("ratio > 1 or step = 1", values) == .holds)
    #expect(try decision("ratio > 1 and step = 2", values) == .fails)
    #expect(try decision("step = 1 and ratio > 1", values) == .waiting)
    #expect(try decision("keep > 1", values) == .absent("keep"))
    #expect(try decision("not ratio > 1", values) == .waiting)
  }

  private func see(_ check: String) -> String {
    LessonSamples.document(steps: #"{"kind": "see", "text": "so", "check": "\#(check)"}"#)
  }

  @Test(
    "A fault has its column, its value and its remedy",
    arguments: [
      ("ratoi > 1", "at column 1: there is no quantity 'ratoi', did you mean 'ratio'?"),
      ("ratio > ", "at column 9: a number, a quantity or a word is expected, and not the end"),
      ("ratio", "at column 1: a condition, as in ratio < 2 is expected, and not ratio"),
      ("ratio = classic", "there is no quantity 'classic'"),
      ("scaling > 1", "at column 9: a number is compared or computed with a word"),
      ("scaling < classic", "at column 9: a number is compared"),
      ("1 < 2 < 3", "at column 7: an operator or the end is expected, and not '<'"),
      ("(ratio > 1", "at column 11: ) is expected, and not the end"),
      ("ratio > 1;", "a number, a name or an operator is expected, and not ';'"),
      ("since(1 + 1) = 2", "the name of a quantity is expected, and not a computation"),
      ("abs(scaling) = 2", "a number is compared or computed with a word"),
      ("1.2.3 = 1", "a number is expected, and not 1.2.3"),
      ("1 / 0 > 1", "at column 3: a number is divided by 0"),
      ("ratio / (2 - 2) > 1", "at column 7: a number is divided by 0"),
      (
        "scaling = clasic",
        "at column 11: scaling is never 'clasic', did you mean 'classic'? (it is one of off,"
      ),
      ("not since(scaling) != inverse", "at column 23: scaling is never 'inverse'"),
    ]) func faults(_ text: String, fault: String) throws
  {
    let found = try #require(LessonSamples.fault(see(text)))
    #expect(found.contains("small.json: line 2: steps[0].check"), "\(found)")
    #expect(found.contains(fault), "\(found)")
    #expect(found.contains("docs/lesson-format.md"), "\(found)")
  }

  @Test("Neither depth nor length can bring the reader down") func bounds() throws {
    let deep = String(repeating: "(", count: 120) + "1" + String(repeating: ")", count: 120)
    #expect(LessonSamples.fault(see("\(deep) = 1"))?.contains("brackets in brackets") ?? false)
    let minus = String(repeating: "-", count: 200)
    #expect(LessonSamples.fault(see("\(minus)1 = 1"))?.contains("brackets in brackets") ?? false)
    let long = String(repeating: "1 + ", count: 100) + "1 = 1"
    #expect(LessonSamples.fault(see(long))?.contains("fit there") ?? false)
  }
}
