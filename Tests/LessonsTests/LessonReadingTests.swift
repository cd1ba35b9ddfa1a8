import DropoutEngine
import Lessons
import RepeatableRandom
import Testing

@Suite("Reading lessons") struct LessonReadingTests {
  @Test("A lesson of every kind of step is read") func whole() throws {
    let lesson = try LessonSamples.read(
      LessonSamples.document(
        more: #""minutes": 2, "steps-before": 600, "view": "sums", "other-seeds": true,"#
          + #""other-data": ["xor"], "select": {"layer": "hidden2", "unit": "widest"},"#))
    #expect(lesson.steps.map(\.task.word) == ["look", "predict", "do", "see", "because"])
    #expect(lesson.setup == [ParameterSetting(name: "keep", value: "0.5")])
    #expect(lesson.configuration.keep[0] == 0.5 && lesson.stepsBefore == 600)
    #expect(lesson.selection == LessonSelection(layer: "hidden2", unit: .widest))
    #expect(lesson.holdsOnOtherSeeds && lesson.otherData == ["xor"] && lesson.view == "sums")
    #expect(lesson.steps[1].hides == ["sums/ratio"])
    guard case .act(_, let acts) = lesson.steps[2].task else {
      Issue.record("\(lesson.steps[2])")
      return
    }
    let set = LessonAct.set(ParameterSetting(name: "scaling", value: "classic"))
    #expect(acts == [set, .key("step-on"), .run(3), .view("sums"), .race("twins")])
    #expect(lesson.steps[4].text.parts == [.words("{so}} [it]] is")])
    guard case .runners(let runners)? = lesson.steps[4].race else {
      Issue.record("\(lesson.steps[4])")
      return
    }
    #expect(runners.map(\.name) == ["L2"])
    #expect(runners[0].settings == [ParameterSetting(name: "l2", value: "0.01")])
  }

  private static let look = #"{"kind": "look", "text": "so"}"#

  @Test(
    "A fault is named with its place, its value and its remedy",
    arguments: [
      (#"{"kind": "look"}"#, "line 2: steps[0].text is missing"),
      (#"{"kind": "look", "text": "a\u001b[2J"}"#, "text has the character U+1B"),
      (#"{"kind": "look", "text": "a\u202eb"}"#, "text has the character U+202E"),
      (#"{"kind": "lok", "text": "so"}"#, "steps[0].kind cannot be 'lok', did you mean 'look'?"),
      (#"{"kind": "look", "text": "so", "mrak": []}"#, "mrak is not known, did you mean 'mark'?"),
      (
        #"{"kind": "look", "text": "so", "until": "1 = 1"}"#,
        "steps[0].until has no meaning in a step of the kind look"
      ),
      (#"{"kind": "look", "text": ""}"#, "steps[0].text has 0 characters"),
      (#"{"kind": "look", "text": 3}"#, "steps[0].text is 3, where a text is expected"),
      (#"{"kind": "look", "text": "a {ratio"}"#, "at column 3: '{' is not closed by '}'"),
      (
        #"{"kind": "look", "text": "a {ratoi}"}"#,
        "at column 4: there is no quantity 'ratoi', did you mean 'ratio'?"
      ),
      (#"{"kind": "look", "text": "a {ratio:x}"}"#, "'x' is no number of decimals, 0 to 9"),
      (#"{"kind": "look", "text": "a [scalling]"}"#, "did you mean 'scaling'?"),
      (
        #"{"kind": "look", "text": "so", "mark": ["sum/test"]}"#,
        "steps[0].mark[0] cannot be 'sum', did you mean 'sums'?"
      ),
      (#"{"kind": "look", "text": "so", "view": "lives"}"#, "did you mean 'live'?"),
      (#"{"kind": "look", "text": "so", "set": {"kepe": 1}}"#, "set.kepe is refused"),
      (#"{"kind": "look", "text": "so", "set": {"keep": "2"}}"#, "set.keep is refused"),
      (#"{"kind": "look", "text": "so", "set": {"speed": "2"}}"#, "set.speed is refused"),
      (#"{"kind": "look", "text": "so", "run": -1}"#, "run is -1, out of its range 0 to 100000"),
      (#"{"kind": "look", "text": "so", "select": {"layer": "h2"}}"#, "layer cannot be 'h2'"),
      (#"{"kind": "look", "text": "so", "race": "quest"}"#, "race cannot be 'quest'"),
      (
        #"{"kind": "predict", "text": "so", "answers": [{"text": "a", "right": true}]}"#,
        "steps[0].answers has 1 values, and there are 2 to 4"
      ),
      (
        #"{"kind": "do", "text": "so", "until": "1 = 1", "act": ["press s"]}"#,
        "steps[0].act[0] cannot be 'press' (there are set, key, run, view, race)"
      ),
      (#"{"kind": "do", "text": "so", "until": "1 = 1", "act": ["run many"]}"#, "is many, out of"),
      (#"{"kind": "do", "text": "so", "until": "1 = 1", "act": ["key scal"]}"#, "cannot be 'scal'"),
    ]) func faults(_ step: String, fault: String) throws
  {
    let found = try #require(LessonSamples.fault(LessonSamples.document(steps: step)), "\(step)")
    #expect(found.contains(fault), "\(found)")
    #expect(found.hasPrefix("small.json: ") && found.contains("; "), "\(found)")
  }

  @Test("A lesson as a whole is checked, too") func wholeFaults() throws {
    func fault(_ text: String) throws -> String { try #require(LessonSamples.fault(text)) }
    #expect(try fault("[]").contains("is a list, where an object is expected"))
    #expect(try fault("{").contains("ends too early"))
    #expect(try fault(LessonSamples.document(steps: "")).contains("steps has 0 values"))
    let look = LessonReadingTests.look
    #expect(
      try fault(LessonSamples.document(steps: look, setup: #"{"hidden": "4", "keep": "1,1"}"#))
        .contains("setup is refused"))
    #expect(
      try fault(LessonSamples.document(steps: look).replacing("small", with: "Sm all"))
        .contains("is 'Sm all', and a name has lower case letters"))
    let steps = Array(repeating: look, count: 61).joined(separator: ",")
    #expect(try fault(LessonSamples.document(steps: steps)).contains("61 values"))
    let nested = String(repeating: "[", count: 40)
    #expect(try fault(nested).contains("nested more than 16 deep"))
    #expect(throws: LessonError.self) {
      try Lesson.read("/nowhere/at.json", LessonSamples.vocabulary)
    }
  }

  @Test("Damaged bytes never bring the reader down", arguments: 0..<300)
  func damaged(_ seed: Int) throws {
    var random = Generator(seed: UInt64(seed))
    var bytes = Array(LessonSamples.document().utf8)
    for _ in 0..<(1 + seed % 4) {
      let place = Int(random.next() % UInt64(bytes.count))
      switch random.next() % 3 {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 1: bytes.remove(at: place)
      default: bytes.removeLast(bytes.count - place)
      }
      if bytes.isEmpty { bytes = [0] }
    }
    do {
      _ = try Lesson(document: bytes, name: "small.json", LessonSamples.vocabulary)
    } catch {
      #expect(error.description.hasPrefix("small.json: "), "\(error)")
    }
  }
}
