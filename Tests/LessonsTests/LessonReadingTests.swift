import DropoutEngine
import Foundation
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

  private static func question(_ answers: String) -> String {
    #"{"kind": "predict", "text": "so", "answers": [\#(answers)]}"#
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
        "steps[0].answers has 1 value, and 2 to 4 are possible"
      ),
      (
        #"{"kind": "do", "text": "so", "until": "1 = 1", "act": ["press s"]}"#,
        "steps[0].act[0] cannot be 'press' (there are set, key, run, view, race)"
      ),
      (#"{"kind": "do", "text": "so", "until": "1 = 1", "act": ["run many"]}"#, "is many, out of"),
      (#"{"kind": "do", "text": "so", "until": "1 = 1", "act": ["key scal"]}"#, "cannot be 'scal'"),
      (#"{"kind": "do", "text": "so", "until": "1 = 1"}"#, "line 2: steps[0].act is missing"),
      (#"{"kind": "see", "text": "so"}"#, "line 2: steps[0].check is missing"),
      (#"{"kind": "predict", "text": "so"}"#, "line 2: steps[0].answers is missing"),
      (
        #"{"kind": "do", "text": "so", "until": "1 = 1", "act": ["run"]}"#,
        "steps[0].act[0] is 'run'; write it as in run 300"
      ),
      (
        #"{"kind": "do", "text": "so", "until": "1 = 1", "act": ["set keep"]}"#,
        "steps[0].act[0] is 'set keep'; write it as in set keep 0.8"
      ),
      (
        #"{"kind": "do", "text": "so", "until": "1 = 1", "act": ["run 3 now"]}"#,
        "is 'run 3 now'; write it as in run 300"
      ),
      (
        #"{"kind": "do", "text": "so", "until": "1 = 1", "act": ["key lessons"]}"#,
        "steps[0].act[0] is 'lessons', which leaves the lesson or waits for more keys; let acts"
      ),
      (
        #"{"kind": "do", "text": "so", "until": "1 = 1", "act": ["set keep 1,1,1"]}"#,
        "steps[0].act[0] is refused"
      ),
      (
        question(#"{"text": "a", "right": true}, {"text": "b", "right": true}"#),
        "steps[0].answers has 2 right answers, whatever is measured; let exactly one answer be"
      ),
      (
        question(#"{"text": "a", "right": "1 = 2"}, {"text": "b", "right": false}"#),
        "steps[0].answers has no right answer, whatever is measured"
      ),
      (
        question(#"{"text": "a", "right": "ratio = 1"}, {"text": "b", "right": "ratio = 1"}"#),
        "steps[0].answers has the same condition for the answers 1 and 2"
      ),
      (
        #"{"kind": "look", "text": "so", "mark": ["sums/tset"]}"#,
        "mark[0] is 'tset', and sums has no such part, did you mean 'test'? (there are test, ratio)"
      ),
      (
        #"{"kind": "look", "text": "so", "mark": ["sentence/word"]}"#,
        "is 'word', and sentence has no parts"
      ),
      (
        #"{"kind": "look", "text": "so", "mark": ["sums/test/13"]}"#,
        "mark[0] is 13, out of its range 1 to 12, or selected"
      ),
      (
        #"{"kind": "look", "text": "so", "view": "race", "hide": ["sums/test"]}"#,
        "hide[0] is of sums, which stands in view live, sums and not in race; leave it out, or give"
      ),
      (
        #"{"kind": "look", "text": "so", "race": "twins", "mark": ["sums"]}"#,
        "mark[0] is of sums, which stands in view live, sums and not in race"
      ),
      (
        #"{"kind": "look", "text": "{kept.hidden3}"}"#,
        "the network has no layer 'hidden3' (there are hidden1, hidden2, output, inputs)"
      ),
      (
        #"{"kind": "look", "text": "so", "select": {"layer": "hidden3"}}"#,
        "select.layer cannot be 'hidden3', did you mean 'hidden1'?"
      ),
      (
        #"{"kind": "look", "text": "so", "select": {"layer": "hidden2", "unit": 13}}"#,
        "select.unit is 13, out of its range 1 to 12"
      ),
      (
        #"{"kind": "look", "text": "so", "race": [{"name": "a b"}, {"name": "a-b"}]}"#,
        "steps[0].race has two runners that texts would call 'a-b'"
      ),
      (#"{"kind": "look", "text": "so", "race": [{"name": "a", "keep": "1,1,1"}]}"#, "is refused"),
      (
        #"{"kind": "look", "text": "so", "short": "\#(String(repeating: "x", count: 77))"}"#,
        "steps[0].short has 77 characters, and 1 to 76 fit there"
      ),
    ]) func faults(_ step: String, fault: String) throws
  {
    let found = try #require(LessonSamples.fault(LessonSamples.document(steps: step)), "\(step)")
    #expect(found.contains(fault), "\(found)")
    #expect(found.hasPrefix("small.json: ") && found.contains("; "), "\(found)")
  }

  @Test("A network that a step sets is the one that its texts speak of") func layers() throws {
    let steps = #"""
      {"kind": "look", "text": "{kept.hidden3}", "set": {"hidden": "4,4,4"}},
      {"kind": "look", "text": "so", "select": {"layer": "hidden3", "unit": 4}}
      """#
    #expect(try LessonSamples.read(LessonSamples.document(steps: steps)).steps.count == 2)
    let fault = LessonSamples.fault(
      LessonSamples.document(steps: steps.replacing("4,4,4", with: "4,4")))
    #expect(fault?.contains("has no layer 'hidden3'") ?? false)
  }

  @Test("A step can name places of the view that it comes to by its acts") func acts() throws {
    func fault(_ act: String) -> String? {
      let steps = #"""
        {"kind": "look", "text": "so", "view": "race"},
        {"kind": "do", "text": "so", "until": "1 = 1", "act": ["\#(act)"], "mark": ["sums"]}
        """#
      return LessonSamples.fault(LessonSamples.document(steps: steps))
    }
    #expect(fault("view live") == nil)
    #expect(fault("race twins")?.contains("stands in view live, sums and not in race") ?? false)
  }

  @Test("The mark that some editors write before UTF-8 is no part of a lesson") func mark() throws {
    let bytes = [0xEF, 0xBB, 0xBF] + Array(LessonSamples.document().utf8)
    let lesson = try Lesson(document: bytes, name: "small.json", LessonSamples.vocabulary)
    #expect(lesson == (try LessonSamples.read(LessonSamples.document())))
  }

  @Test("A folder or a pipe in place of a lesson is called so") func notRegular() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lesson-\(UInt32.random(in: 0 ... .max))").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let pipe = folder + "/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    for (path, fault) in [(folder, "is a folder"), (pipe, "is a pipe or a device")] {
      let error = try #require(throws: LessonError.self) {
        try Lesson.read(path, LessonSamples.vocabulary)
      }
      #expect(error.description.hasSuffix("\(fault); name the file of a lesson"), "\(error)")
    }
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
    #expect(
      try fault(LessonSamples.document(steps: look, more: #""other-data": ["circel"],"#))
        .contains("other-data[0] is 'circel', which is neither a built-in dataset nor a file"))
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
