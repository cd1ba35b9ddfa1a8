import DropoutEngine
import Explorer
import ExplorerPlay
import Fuzzing
import Lessons
import RepeatableRandom
import Sessions
import TerminalCells

extension FuzzTarget {
  /// Lessons, with their conditions and the expressions in their texts.
  static let lessons = FuzzTarget("lessons", "lessons, and their conditions") { _ in
    let samples = LessonSamples.all
    let vocabulary = LessonVocabulary.explorer
    var words: [String] = LessonSamples.words
    words += vocabulary.commands
    words += vocabulary.views
    for place in vocabulary.places { words += [place.name] + (place.parts ?? []) }
    words += vocabulary.quantities.prefix(60)
    let mutator = Mutator(words: words, most: 30_000)
    func make(_ random: inout Generator) -> [UInt8] {
      // Playing takes ten thousand times as long as reading.
      let isPlayed = random.int(below: 200) == 0
      return PartedInput(
        settings: isPlayed ? [("use", "play")] : [], parts: [mutator.mutated(samples, &random)]
      ).bytes
    }
    return FuzzReader(samples: samples, make: make) { bytes in
      let input = PartedInput(bytes)
      do {
        let lesson = try Lesson(document: input.parts[0], name: "lesson.json", .explorer)
        for text in [lesson.name, lesson.title, lesson.about] { try RefusalLine.check(text) }
        guard input.value("use") == "play" else { return .accepted }
        return .accepted(events: try LessonSamples.play(lesson))
      } catch let error as LessonError {
        return .refused(error.description)
      }
    }
  }

  /// How far a person is with the lessons.
  static let progress = FuzzTarget("progress", "the file of progress with lessons") { room in
    let file = LessonProgressFile(path: room.file("lessons.json"))
    let lessons = BuiltInLessons.all
    var progress = LessonProgress()
    for (index, lesson) in lessons.enumerated() { progress.note(lesson, at: index) }
    try file.write(progress)
    let samples = [
      try FuzzRoom.contents(of: file.path), Array(#"{"dropscopeLessons": 1, "lessons": []}"#.utf8),
    ]
    let mutator = Mutator(
      words: ["dropscopeLessons", "lessons", "name", "place", "done", "true", "null", "mask", "[]"])
    return FuzzReader(samples: samples, mutator) { bytes in
      try room.write(bytes, to: "lessons.json")
      do {
        let read = try file.read()
        for lesson in lessons {
          try FuzzFault.unless(
            (0...lesson.steps.count).contains(read.place(in: lesson)),
            "the place in a lesson exists", lesson.name)
        }
        return .accepted
      } catch let error as SavedFileError {
        return .refused(error.description)
      }
    }
  }
}

private enum LessonSamples {
  /// Goes through a lesson, whose training answers each time.
  static func play(_ lesson: Lesson) throws -> Int {
    guard lesson.stepsBefore <= 2000 else { return 0 }
    var keys = 0
    do {
      var explorer = try SlowExplorer(
        [("examples", "20"), ("hidden", "2")], size: ScreenSize(columns: 80, rows: 24),
        lessonPoints: BoundedExperiments.lessonPoints, load: BoundedExperiments.load)
      explorer.begin(lesson)
      while explorer.state.isInLesson, keys < 40 {
        try explorer.settle()
        try ExplorerInvariants.check(explorer)
        explorer.press(keys % 4 == 3 ? .character("1") : .enter)
        keys += 1
      }
      try explorer.settle()
      try ExplorerInvariants.check(explorer)
    } catch let broken as BrokenInvariant {
      throw FuzzFault(broken.sentence, broken.evidence)
    }
    return keys
  }

  static let words = [
    "name", "title", "about", "steps", "limits", "minutes", "setup", "steps-before", "view",
    "select", "other-seeds", "other-data", "kind", "look", "predict", "do", "see", "mark", "hide",
    "text", "short", "answers", "right", "reply", "why", "until", "act", "check", "otherwise",
    "run", "race", "set", "since(step)", "before(step)", "abs(", ")", "{", "}", "{keep:0}",
    "{keep:99}",
    "[step-on]", "[", "and", "or", "not", ">=", "<=", "!=", "=", "+ 3", "* 0", "/ 0", "- 1",
    "((((((((((", "1e309", "\\u0000", "\\ud800", "\u{1B}[0m", "\n", "true", "false", "null",
    "min(1,2)", "step", "example", "keep", "units.hidden2",
  ]

  static let all: [[UInt8]] =
    [
      #"""
      {"name": "small", "title": "Small", "about": "A small one", "minutes": 1,
       "setup": {"data": "circle", "hidden": "3", "keep": "0.5"}, "steps-before": 5, "view": "live",
       "steps": [
        {"kind": "look", "mark": ["network"],
         "text": "Some {units.hidden1:0} units, kept with {keep}."},
        {"kind": "predict", "text": "How many?", "answers": [
          {"text": "All of {units.hidden1:0}", "right": false, "reply": "No."},
          {"text": "Some", "right": "keep < 1"}]},
        {"kind": "do", "text": "Press [step-on].", 
         "until": "step >= since(step) + 1", "act": ["run 1"]},
        {"kind": "see", "text": "Now {step:0}.", "check": "abs(step - 6) <= 3 or not (step = 2)",
         "otherwise": "Not so."}],
       "limits": "None."}
      """#,
      #"{"name": "s", "title": "S", "about": "a", "steps": [{"kind": "look", "text": "x"}], "#
        + #""limits": "y"}"#,
    ].map { Array($0.utf8) }
}
