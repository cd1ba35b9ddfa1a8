import Explorer
import Foundation
import Lessons
import Testing

@Suite("dropscope lesson") struct LessonCommandTests {
  @Test("Without a name it lists the lessons; a wrong one names those that there are") func list()
    throws
  {
    let list = try Program.run(["lesson"])
    #expect(list.status == 0)
    for name in BuiltInLessons.all.map(\.name) { #expect(list.output.contains(name)) }
    let wrong = try Program.run(["lesson", "two-sum"])
    #expect(wrong.status == 64 && wrong.errors.contains("two-sum: is no lesson; there are mask,"))
    #expect(try Program.run(["lesson", "--print"]).status == 64)
    #expect(try Program.run(["lesson", "--lecture"]).status == 64)
  }

  @Test("It prints the text of each step with the numbers of its network") func printed() throws {
    let result = try Program.run(["lesson", "two-sums", "--print"])
    #expect(result.status == 0)
    let lesson = try #require(BuiltInLessons.all.first { $0.name == "two-sums" })
    for (number, step) in lesson.steps.enumerated() {
      let place = "\(number + 1) of \(lesson.steps.count), \(step.task.word):"
      #expect(result.output.contains(place), "\(place)")
    }
    #expect(result.output.contains("2.00 times as much") && result.output.contains("(right)"))
    for line in result.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("A task is printed as it is before it is done") func task() throws {
    let output = try Program.run(["lesson", "mask", "--print"]).output.replacing("\n", with: " ")
    let asked = try #require(output.firstMatch(of: /show the mask of example ([0-9]+) of 10/))
    let seen = try #require(output.firstMatch(of: /this is the mask of example ([0-9]+)/))
    #expect(try #require(Int(seen.1)) == #require(Int(asked.1)) % 10 + 1)
    #expect(!output.contains("Done."))
  }

  @Test("A lesson of one's own is read; its faults have line, place, value and remedy") func own()
    throws
  {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("lesson-\(UInt32.random(in: 0 ... .max)).json")
    defer { try? FileManager.default.removeItem(at: path) }
    let text = """
      {"name": "mine", "title": "Mine", "about": "Few words",
       "steps": [{"kind": "look", "text": "Step {step:0}."}], "limits": "No more."}
      """
    try Data(text.utf8).write(to: path)
    let result = try Program.run(["lesson", "--lesson-file", path.path, "--print"])
    #expect(result.status == 0 && result.output.contains("Step 0."), "\(result.errors)")
    try Data(text.replacing("{step:0}", with: "{stp}").utf8).write(to: path)
    let broken = try Program.run(["lesson", "--lesson-file", path.path, "--print"])
    #expect(broken.status == 65)
    #expect(
      broken.errors.contains(
        "line 2: steps[0].text at column 7: there is no quantity 'stp', did you mean 'step'?"),
      "\(broken.errors)")
    let none = try Program.run(["explore", "--lesson-file", "/nowhere/mine.json"])
    #expect(none.status == 66, "\(none.errors)")
  }

  /// The result of a command on a lesson of one's own.
  private func run(
    _ lesson: String, _ command: [String]
  ) throws -> (status: Int32, output: String, errors: String) {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("lesson-\(UInt32.random(in: 0 ... .max)).json")
    defer { try? FileManager.default.removeItem(at: path) }
    try Data(lesson.utf8).write(to: path)
    let result = try Program.run(command + ["--lesson-file", path.path])
    return (result.status, result.output, result.errors)
  }

  @Test("A lesson that comes to what it must not come to is printed, and ends with bad data")
  func faults() throws {
    let text = """
      {"name": "mine", "title": "Mine", "about": "Few words", "setup": {"hidden": "3"},
       "steps": [{"kind": "do", "text": "Do.", "until": "keep = 0.9", "act": ["run 1"]},
        {"kind": "see", "text": "{race.step}.", "check": "step = 9", "mark": ["sums/test/9"]}],
       "limits": "No more."}
      """
    let result = try run(text, ["lesson", "--print"])
    #expect(result.status == 65)
    #expect(result.output.contains("FAULT: its act does not bring about 'keep = 0.9'."))
    #expect(result.output.contains("FAULT: the screen of view live has no place 'sums/test/9'."))
    #expect(result.output.contains("FAULT: 'race.step' has no value here."))
    #expect(result.output.contains("FAULT: 'step = 9' does not hold, and it has no otherwise."))
    #expect(result.errors.contains("steps[0]: its act does not"), "\(result.errors)")
    #expect(result.errors.contains("(and 3 more, marked FAULT above)"), "\(result.errors)")
  }

  @Test(
    "A lesson whose data cannot be read is refused as other commands refuse them",
    arguments: [
      ["lesson", "--print"], ["lesson", "--plain"], ["lesson"], ["snapshot"],
    ]) func unreadable(_ command: [String]) throws
  {
    let text = """
      {"name": "mine", "title": "Mine", "about": "Few words",
       "steps": [{"kind": "look", "text": "Look.", "set": {"data": "/nowhere/at.csv"}}],
       "limits": "No more."}
      """
    let other = try Program.run(["train", "--data", "/nowhere/at.csv"])
    let result = try run(text, command)
    #expect(result.status == other.status && result.status == 66 && result.output.isEmpty)
    #expect(result.errors.contains("/nowhere/at.csv: cannot be read"), "\(result.errors)")
  }

  @Test("Options that a printed lesson cannot follow are refused") func options() throws {
    let result = try Program.run(["lesson", "l2", "--hidden", "3", "--print"])
    #expect(result.status == 64)
    #expect(result.errors.contains("sets up its own experiment: leave out --hidden"))
    #expect(try Program.run(["lesson", "l2", "--steps", "3", "--print"]).status == 64)
    let unnamed = try Program.run(["lesson", ""])
    #expect(unnamed.errors.contains("an empty name is no lesson; there are mask,"))
  }

  @Test("A step of a lesson is drawn, with its own experiment") func picture() throws {
    let result = try Program.run(["snapshot", "--lesson", "two-sums", "--lesson-step", "2"])
    #expect(result.status == 0 && result.output.contains("PREDICT  Two sums of one unit  2 of"))
    let last = try Program.run(["snapshot", "--lesson", "two-sums", "--lesson-step", "99"])
    #expect(last.status == 64 && last.errors.contains("has steps 1 to"))
    let option = try Program.run(["snapshot", "--lesson", "two-sums", "--keep", "0.8"])
    #expect(option.status == 64 && option.errors.contains("leave out --keep"))
    #expect(try Program.run(["snapshot", "--lesson-step", "2"]).status == 64)
  }

  @Test(
    "The page about the format of lessons has the quantities and places that it prints",
    arguments: ["quantities", "places"]) func page(_ name: String) throws
  {
    let page = try String(
      contentsOf: DocumentationTests.root.appendingPathComponent("docs/lesson-format.md"),
      encoding: .utf8)
    let parts = page.components(separatedBy: "<!-- \(name) -->\n")
    let table = try #require(parts.last?.components(separatedBy: "<!-- /\(name) -->").first)
    let printed = try Program.run(["lesson", "--\(name)"])
    #expect(printed.status == 0)
    #expect(printed.output == table)
  }

  @Test("The lesson on the page about the format is one") func example() throws {
    let page = try String(
      contentsOf: DocumentationTests.root.appendingPathComponent("docs/lesson-format.md"),
      encoding: .utf8)
    let block = try #require(
      page.components(separatedBy: "```json\n").last?.components(separatedBy: "```").first)
    _ = try Lesson(document: Array(block.utf8), name: "lesson-format.md", .explorer)
  }
}
