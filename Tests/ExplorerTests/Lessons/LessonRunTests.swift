import DropoutEngine
import Explorer
import Lessons
import Sessions
import TerminalCells
import Testing

@Suite("A lesson in the explorer") struct LessonRunTests {
  private func text(_ pupil: Pupil) -> String {
    PlainText.lessonLines(pupil.state).joined(separator: " ")
  }

  @Test("A lesson sets up its experiment, and gives the own one back to the bit") func comesBack()
    throws
  {
    var pupil = try Pupil([("hidden", "6"), ("seed", "5")], steps: 30)
    pupil.press("]", ".", "2", "e", .down)
    let before = pupil.state
    pupil.begin(try SmallLesson.read())
    #expect(pupil.state.snapshot.step == 20 && pupil.state.snapshot.dataset.name == "xor")
    #expect(pupil.state.configuration.hidden == [4] && pupil.state.view == .live)
    pupil.press(.enter, "2", .enter, "s", .enter, .enter, .enter, .enter, "R", "S", .escape)
    pupil.press(.escape)
    #expect(!pupil.state.isInLesson && pupil.state.lesson == nil)
    let after = pupil.state
    #expect(after.snapshot.fingerprint == before.snapshot.fingerprint)
    #expect(after.snapshot.timeline == before.snapshot.timeline)
    #expect(after.session(folder: nil) == before.session(folder: nil))
    #expect(after.settings == before.settings && after.selection == before.selection)
    #expect(after.view == before.view && after.isRunning == before.isRunning)
    #expect(after.savedPath == before.savedPath && after.overlay == .none)
    pupil.press(".")
    #expect(pupil.state.snapshot.step == before.snapshot.step + 1)
  }

  @Test("A training that ran goes on running; while a lesson is shown its session is the own one")
  func running() throws {
    var pupil = try Pupil([("seed", "5")], steps: 10)
    pupil.press(" ")
    #expect(pupil.state.isRunning)
    let session = pupil.state.session(folder: nil)
    pupil.begin(try SmallLesson.read())
    #expect(!pupil.state.isRunning)
    #expect(pupil.state.own?.session(folder: nil) == session)
    pupil.press(.escape)
    #expect(pupil.state.isRunning && pupil.training.snapshot.isRunning)
  }

  @Test("A race of the person comes back where it stood, also after a race of the lesson")
  func race() throws {
    var pupil = try Pupil([("hidden", "4"), ("seed", "5")], steps: 4)
    pupil.press("3", " ", ".")
    pupil.perform([.race(.train(to: 97))])
    let before = try #require(pupil.state.keptRace)
    let masked = try #require(pupil.state.race).lanes.map(\.minibatchLoss)
    pupil.begin(try SmallLesson.read())
    #expect(pupil.state.race == nil && pupil.state.view == .live)
    pupil.press("3")
    #expect(pupil.state.race != nil)
    pupil.press(.escape)
    #expect(pupil.state.view == .race)
    let after = try #require(pupil.state.keptRace)
    #expect(after.runners == before.runners && after.place.step == before.place.step)
    #expect(pupil.state.race?.step == before.place.step)
    #expect(pupil.state.race?.lanes.map(\.minibatchLoss) == masked)
  }

  @Test("Answers are right or wrong by what is measured, and are kept") func answers() throws {
    var pupil = try Pupil()
    pupil.begin(try SmallLesson.read())
    pupil.press(.enter)
    #expect(text(pupil).contains("How much?") && !text(pupil).contains("right"))
    pupil.press("1")
    #expect(text(pupil).contains("same (your answer)") && text(pupil).contains("twice (right)"))
    #expect(text(pupil).contains("No, it is answer 2."))
    #expect(pupil.state.view == .live, "a digit is an answer, and no view")
    pupil.press(.enter, .backspace)
    #expect(text(pupil).contains("No, it is answer 2."), "an answer is kept")
    pupil.press("2")
    #expect(pupil.state.view == .live, "a second digit is no view either")
    #expect(pupil.state.message == "this question is answered: Enter goes on")
    #expect(text(pupil).contains("same (your answer)"), "the first answer stands")
  }

  @Test("What the person does is noticed; Enter does it in their place") func tasks() throws {
    var pupil = try Pupil()
    pupil.begin(try SmallLesson.read(), at: 2)
    #expect(!text(pupil).contains("Done."))
    pupil.press("s")
    #expect(text(pupil).contains("Done."))
    pupil.press(.enter)
    #expect(text(pupil).contains("From 2.00 to 1.00."))
    pupil.press(.enter, ".", ".")
    #expect(!text(pupil).contains("Done."))
    pupil.press(".")
    #expect(text(pupil).contains("Done."))
    pupil.press(.backspace, .backspace)
    #expect(pupil.state.configuration.dropout.scaling == .off, "the state that belongs to it")
    pupil.press(.enter, .enter, .enter, .enter)
    #expect(pupil.state.lesson?.place == 5)
  }

  @Test("A sentence that does not hold is not said") func honesty() throws {
    var pupil = try Pupil()
    let text = SmallLesson.document.replacing(
      "before(ratio) > ratio", with: "before(ratio) < ratio")
    pupil.begin(try SmallLesson.read(text), at: 3)
    #expect(self.text(pupil).hasSuffix("No."))
  }

  @Test("Settings are held where a step speaks of them, and free in a task about them")
  func settings() throws {
    var pupil = try Pupil()
    for place in [0, 1, 3] {
      pupil.begin(try SmallLesson.read(), at: place)
      let before = pupil.state.settings.experiment
      for key in ["s", "[", "{", "(", "v", ":", "m", "r", "R", "u", ",", "g", "b", .home] as [Key] {
        pupil.press(key)
        #expect(pupil.state.settings.experiment == before && pupil.state.overlay == .none, "\(key)")
        #expect(pupil.state.message.contains("the settings as they are"), "\(key)")
      }
      pupil.press(.escape)
    }
    pupil.begin(try SmallLesson.read(), at: 2)
    pupil.press("]", "s")
    #expect(text(pupil).contains("Done."))
  }

  @Test("A task that was done before a lesson was left has its numbers when one goes back to it")
  func resumed() throws {
    let text = SmallLesson.document.replacing(
      "So it is.", with: "After {step - before(step):0} steps.")
    var pupil = try Pupil()
    pupil.begin(try SmallLesson.read(text), at: 5)
    #expect(self.text(pupil).contains("After 3 steps."))
    pupil.press(.backspace, .enter)
    #expect(pupil.state.lesson?.place == 5 && self.text(pupil).contains("After 3 steps."))
  }

  @Test("A lesson that is begun in the middle does what its steps before do") func middle() throws {
    var pupil = try Pupil()
    pupil.begin(try SmallLesson.read(), at: 5)
    #expect(pupil.state.snapshot.step == 23 && pupil.state.view == .sums)
    #expect(pupil.state.configuration.dropout.scaling == .classic)
    #expect(pupil.state.configuration.keep[0] == 0.8)
    pupil.press(.enter)
    #expect(text(pupil).contains("Nothing more."))
  }

  @Test("The way back is where one was, and the end leads to the next lesson") func progress()
    throws
  {
    var pupil = try Pupil()
    pupil.press("t")
    #expect(pupil.state.overlay == .lessons(line: 0))
    pupil.press("2")
    #expect(pupil.state.lesson?.lesson.name == "two-sums")
    pupil.press(.enter, .escape)
    #expect(pupil.kept?.place(in: BuiltInLessons.all[1]) == 1)
    pupil.press("t")
    let rows = Screen.draw(pupil.state).plainRows
    #expect(rows.contains { $0.contains("Two sums") && $0.contains("at 2 of") }, "\(rows)")
    pupil.press("2")
    #expect(pupil.state.lesson?.place == 1)
    pupil.press("t", "1")
    #expect(pupil.state.lesson?.lesson.name == "mask")
    pupil.press(.escape)
    #expect(!pupil.state.isInLesson)
    pupil.press("t")
    #expect(pupil.state.overlay == .lessons(line: 0), "the one that was begun last")
    pupil.press("2", .escape, "t")
    #expect(pupil.state.overlay == .lessons(line: 1))
    pupil.press(.escape)
    pupil.begin(BuiltInLessons.all[1], at: BuiltInLessons.all[1].steps.count)
    pupil.press(.escape, "t")
    #expect(pupil.state.overlay == .lessons(line: 2), "behind one that came to its end")
    pupil.press(.escape)
    pupil.begin(try SmallLesson.read(), at: 6)
    pupil.press(.enter)
    #expect(!pupil.state.isInLesson && pupil.state.overlay == .lessons(line: 1))
  }

  @Test("In the list of lessons the tenth has no digit, and nothing in its place") func tenth()
    throws
  {
    var state = try Pupil().state
    state.ownLessons = [try SmallLesson.read()]
    _ = state.update(.keyPressed("t"))
    let last = try #require(BuiltInLessons.all.last)
    let rows = Screen.draw(state).plainRows
    let row = try #require(rows.first { $0.contains(last.title) })
    let title = try #require(row.firstRange(of: last.title))
    #expect(row[..<title.lowerBound].last { $0 != " " } == "\u{2502}", "\(row)")
  }

  @Test("In a lesson the palette says that a change is in force in the step on the screen")
  func palette() throws {
    var pupil = try Pupil()
    pupil.begin(try SmallLesson.read(), at: 2)
    pupil.press(":", "k", "e", "e", "p", " ")
    let text = Screen.draw(pupil.state).plainRows.joined(separator: "\n")
    #expect(text.contains("takes effect in this very step"), "\(text)")
  }

  @Test("A task that waits for a number which is never measured holds Enter once")
  func neverMeasured() throws {
    let text = SmallLesson.document.replacing(
      #""until": "step >= since(step) + 3""#, with: #""until": "loss.test < 0""#)
    var pupil = try Pupil()
    pupil.begin(try SmallLesson.read(text), at: 4)
    var state = pupil.state
    _ = state.update(.keyPressed(.enter))
    // The steps are taken, and nobody measures the loss behind them.
    var snapshot = state.snapshot
    snapshot.step += 3
    snapshot.handledCommands = state.sentCommands
    _ = state.update(.snapshotArrived(snapshot))
    _ = state.update(.keyPressed(.enter))
    #expect(state.lesson?.place == 4 && state.message.contains("Enter again goes on"))
    _ = state.update(.keyPressed(.enter))
    #expect(state.lesson?.place == 5, "\(state.message)")
  }

  @Test("Enter waits until the numbers of a sentence are there") func waits() throws {
    var pupil = try Pupil()
    pupil.begin(try SmallLesson.read(), at: 3)
    // Nobody answers here: the next example is asked for, and is not there.
    var state = pupil.state
    _ = state.update(.keyPressed("e"))
    for _ in 0..<2 { _ = state.update(.keyPressed(.enter)) }
    #expect(state.lesson?.place == 3 && state.message.contains("it is being measured"))
    #expect(PlainText.lessonLines(state).contains("It is being measured."))
    pupil.press("e", .enter)
    #expect(pupil.state.lesson?.place == 4)
  }

  @Test("A key that shows another view leaves a way back to the lesson's") func elsewhere() throws {
    for back in [.enter, .backspace, "1"] as [Key] {
      var pupil = try Pupil()
      pupil.begin(try SmallLesson.read(), at: 3)
      let before = text(pupil)
      pupil.press("3")
      #expect(pupil.state.view == .race)
      #expect(text(pupil).contains("view 1, live: Enter goes back there"), "\(text(pupil))")
      pupil.press(back)
      #expect(pupil.state.view == .live && pupil.state.lesson?.place == 3)
      #expect(text(pupil) == before && pupil.state.race?.isRunning != true)
    }
  }

  @Test("The unit that a person chose in a task stays for the sentence about it") func ownChoice()
    throws
  {
    let lesson = try #require(BuiltInLessons.all.first { $0.name == "two-sums" })
    var pupil = try Pupil()
    pupil.begin(lesson, at: 4)
    #expect(pupil.state.selection.unit == 3)
    pupil.press(.down, .down, .down)
    let chosen = pupil.state.selection
    pupil.press(.enter)
    #expect(pupil.state.lesson?.place == 5 && pupil.state.selection == chosen)
    #expect(text(pupil).contains("Unit \(chosen.unit + 1) averages"))
    pupil.press(.enter, "2", .enter)
    #expect(pupil.state.lesson?.place == 7 && pupil.state.selection == chosen)
    pupil.press(.backspace, .backspace, .backspace)
    #expect(pupil.state.lesson?.place == 4 && pupil.state.selection.unit == 3)
  }

  @Test("An example that a lesson shows lets signals through, also behind a task that takes a step")
  func tellingExample() throws {
    for (name, place) in [("mask", 8), ("update-scale", 6), ("way-back", 5)] {
      let lesson = try #require(BuiltInLessons.all.first { $0.name == name })
      for seed in ["7", "1", "2"] {
        var other = lesson
        other.configuration = try Settings(
          assignments: lesson.setup.map { ($0.name, $0.name == "seed" ? seed : $0.value) }
        ).experiment
        var pupil = try Pupil()
        pupil.begin(other, at: place)
        if name == "way-back" { pupil.press(.enter) }
        let watched = pupil.state.snapshot.watched.value
        let layer = watched.evidence.layers[pupil.state.selection.layer]
        let passing = layer.delta.row(watched.row)
        #expect(passing.contains { $0 != 0 }, "\(name) \(seed)")
        #expect(layer.received.row(watched.row).contains { $0 != 0 })
        guard name != "way-back" else { continue }
        #expect(passing[passing.startIndex + pupil.state.selection.unit] != 0, "\(name) \(seed)")
      }
    }
  }

  @Test("A unit that differs is masked on one way only, for the example that is shown")
  func differing() throws {
    let lesson = try #require(BuiltInLessons.all.first { $0.name == "way-back" })
    var pupil = try Pupil()
    pupil.begin(lesson, at: 9)
    let watched = pupil.state.snapshot.watched.value
    let selected = pupil.state.selection
    let masks = watched.evidence.mask(of: .result(of: selected.layer))
    let isForward = masks.forwardMask[watched.row, selected.unit] == 0
    #expect(isForward != (masks.backwardMask[watched.row, selected.unit] == 0))
    let signals = watched.evidence.layers[selected.layer].signal
    #expect(signals[watched.row, selected.unit] != 0)
    #expect(text(pupil).contains("Unit \(selected.unit + 1) is one of the"))
  }

  @Test("A task that one comes back to is done only where that is true of the screen")
  func doneAgain() throws {
    let lesson = try #require(BuiltInLessons.all.first { $0.name == "l2" })
    var pupil = try Pupil()
    pupil.begin(lesson, at: 2)
    pupil.press(.enter)
    #expect(text(pupil).contains("Done.") && pupil.state.configuration.l2[0] > 0)
    pupil.press(.enter, .backspace)
    #expect(pupil.state.configuration.l2[0] == 0 && !text(pupil).contains("Done."))
    pupil.press(.enter)
    #expect(text(pupil).contains("Done.") && pupil.state.configuration.l2[0] > 0)
  }

  @Test("Acts that do not do the task are told, and Enter goes on") func failedActs() throws {
    let text = SmallLesson.document.replacing("set scaling classic", with: "run 3")
    var pupil = try Pupil()
    pupil.begin(try SmallLesson.read(text), at: 2)
    #expect(pupil.state.lessonFaults(isPlayed: false) == [])
    pupil.press(.enter)
    #expect(self.text(pupil).contains("That did not bring about what this step waits for."))
    #expect(
      pupil.state.lessonFaults(isPlayed: true)
        == ["its act does not bring about 'scaling = classic'"])
    pupil.press("s")
    #expect(self.text(pupil).contains("Done.") && !self.text(pupil).contains("did not"))
    pupil.press(.enter)
    #expect(pupil.state.lesson?.place == 3)
  }

  @Test("A lesson that cannot begin leaves everything as it is") func refused() throws {
    var pupil = try Pupil(steps: 3)
    let before = pupil.training.snapshot.fingerprint
    let text = SmallLesson.document.replacing(#""data": "xor""#, with: #""data": "no.csv""#)
    pupil.begin(try SmallLesson.read(text))
    #expect(!pupil.state.isInLesson && pupil.state.message.contains("the lesson cannot begin"))
    #expect(pupil.state.lessonRefusal?.contains("no.csv") ?? false)
    #expect(pupil.training.snapshot.fingerprint == before)
    pupil.press(".")
    #expect(pupil.state.snapshot.step == 4)
    pupil.begin(try SmallLesson.read())
    #expect(pupil.state.lessonRefusal == nil && pupil.state.isInLesson)
  }
}
