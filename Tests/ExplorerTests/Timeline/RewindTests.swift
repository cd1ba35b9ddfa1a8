import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("Going through the run") struct RewindTests {
  /// A person who changes two things, at steps 100 and 150, and stands at step 200.
  private func played() throws -> Person {
    var person = try Person([("examples", "200")], steps: 100)
    person.press("s")
    person.train(50)
    person.press("]")
    person.train(50)
    return person
  }

  @Test("Back and on again is the same run, bit for bit, and follows the changes")
  func backAndOn() throws {
    var person = try played()
    let end = person.training.group.checkpoints
    person.press(",")
    #expect(person.state.snapshot.step == 199 && person.state.snapshot.timeline.isInPast)
    person.press(".")
    #expect(person.training.group.checkpoints == end)
    person.press(.home)
    #expect(person.state.snapshot.step == 0)
    #expect(person.state.settings.experiment == person.training.timeline.initialConfiguration)
    person.press(",")
    #expect(person.state.message == "this is the start")
    person.train(200)
    #expect(person.training.group.checkpoints == end)
    #expect(person.state.snapshot.timeline.branches.count == 1)
    #expect(person.state.settings.experiment.dropout.scaling == .classic)
  }

  @Test("By epochs: to where this one begins, or the one before; on to the next one")
  func epochs() throws {
    // 100 training examples in minibatches of 10.
    var person = try played()
    person.train(5)
    for step in [200, 190, 180] {
      person.press("<")
      #expect(person.state.snapshot.step == step)
    }
    person.press(">")
    #expect(person.state.snapshot.step == 190 && person.state.snapshot.epoch == 19)
    person.press(.end)
    #expect(person.state.snapshot.step == 205)
  }

  @Test("A change in the past starts a branch; the other one is kept, drawn and can be gone to")
  func branch() throws {
    var person = try played()
    let end = person.training.group.checkpoints
    person.go("120")
    #expect(person.state.snapshot.step == 120)
    person.press("[")
    #expect(person.state.message == "branch 2 begins here, at step 120; branch 1 is kept (b)")
    person.train(30)
    person.training.measure()
    person.perform([])
    let snapshot = person.state.snapshot
    #expect(snapshot.timeline.branches.map(\.reached) == [200, 150])
    #expect(snapshot.marks.map(\.label) == ["scaling classic", "keep 0.45"])
    #expect(snapshot.measured.curves.allSatisfy { $0.step <= 150 })
    #expect(snapshot.measured.otherCurves.map(\.branch) == [1])
    #expect(snapshot.measured.otherCurves[0].points.last?.step == 200)
    person.press("b", "n", "t", "r", "y", .enter)
    #expect(person.state.snapshot.timeline.branches[1].name == "try")
    let rows = Screen.draw(person.state).plainRows.joined(separator: "\n")
    #expect(rows.contains("branch 1") && rows.contains("2 try") && rows.contains("keep 0.45"))
    // The one that training is on stays.
    person.press("x")
    #expect(person.state.snapshot.timeline.branches.count == 2)
    person.press("k", .enter)
    #expect(person.training.group.checkpoints == end)
    // It takes two presses, and the box asks before the second one.
    person.press("b", "j", "x")
    #expect(person.state.snapshot.timeline.branches.count == 2)
    for columns in [80, 120] {
      _ = person.state.update(.resized(ScreenSize(columns: columns, rows: 24)))
      let asking = Screen.draw(person.state).plainRows.joined(separator: "\n")
      #expect(asking.contains("Remove try with its 2 changes?"), "\(asking)")
      #expect(asking.contains("x: remove it  any other key: keep it"))
    }
    #expect(PlainText.lines(person.state).contains { $0.hasPrefix("Remove try") })
    person.press(.escape)
    #expect(person.state.overlay == .branches(line: 1))
    person.press("x", "j", "x")
    #expect(person.state.snapshot.timeline.branches.count == 2)
    person.press("x")
    #expect(person.state.snapshot.timeline.branches.map(\.number) == [1])
  }

  @Test("u goes back before a change and trains on without it; U does it again")
  func undo() throws {
    var person = try played()
    let end = person.training.group.checkpoints
    person.press("u")
    #expect(person.state.snapshot.step == 150)
    #expect(person.state.settings.experiment.keep == PerLayer(0.5))
    #expect(person.state.message.hasPrefix("undone: keep 0.55."))
    person.press("u")
    #expect(person.state.snapshot.step == 100)
    #expect(person.state.settings.experiment.dropout.scaling == .off)
    person.press("u")
    #expect(person.state.message.contains("nothing to undo"))
    person.press("U", "U", "U")
    #expect(person.state.message.contains("nothing to do again"))
    #expect(person.state.snapshot.step == 150)
    person.press(.end)
    #expect(person.training.group.checkpoints == end)
    person.press("u")
    person.train(10)
    #expect(person.state.snapshot.timeline.branches.count == 2)
    #expect(person.training.group.configuration.keep == PerLayer(0.5))
  }

  @Test("What is typed after g is a step, a number of steps, an epoch, or a name")
  func goTo() throws {
    var person = try played()
    for (text, step) in [
      ("30", 30), ("+12", 42), ("-2", 40), ("epoch 7", 70), ("e3", 30), ("1,00", 100),
      ("end", 200), ("last change", 150), ("las", 100), ("start", 0), ("next", 100), ("step 7", 7),
    ] {
      person.go(text)
      #expect(person.state.snapshot.step == step, "\(text)")
      #expect(person.state.overlay == .none)
    }
    person.go("lowest")
    let lowest = try #require(
      person.state.snapshot.measured.curves.min { $0.testLoss < $1.testLoss })
    #expect(person.state.snapshot.step == lowest.step)
    person.press(.home)
    for (text, reason) in [
      ("first NaN", "there is no 'first NaN' in this run: no step was found not finite"),
      ("before", "there is no 'before it broke' in this run: nothing broke on this branch"),
      ("last c", "there is no 'last change' in this run: nothing was changed before"),
    ] {
      person.go(text)
      guard case .goTo(let form) = person.state.overlay else {
        Issue.record("\(text) was taken")
        continue
      }
      #expect(form.error == reason)
      person.press(.escape)
    }
    person.press(.end)
    person.go("next change")
    guard case .goTo(let form) = person.state.overlay else {
      Issue.record("there is no next change")
      return
    }
    #expect(form.error == "there is no 'next change' in this run: no change lies ahead")
    person.press(.escape)
    for text in ["nonsense", "12x", "99999999999999999999"] {
      person.go(text)
      guard case .goTo(let form) = person.state.overlay else {
        Issue.record("\(text) was taken")
        continue
      }
      #expect(form.error?.contains("is no moment of this run") == true)
      person.press(.escape)
    }
  }

  @Test("Where training stopped by itself can be gone to, and the step before it")
  func stop() throws {
    var person = try Person([("examples", "200")], steps: 40)
    person.type("learning-rate 100000")
    person.train(400)
    let stop = try #require(person.state.snapshot.notFinite)
    // The next step cannot be taken, and what is changed here did not break it.
    person.press(" ")
    #expect(person.state.message.hasPrefix("step \(stop.step) cannot be taken"))
    person.press("(")
    #expect(person.state.snapshot.notFinite?.cause == stop.cause)
    person.press("u", .home)
    #expect(person.state.snapshot.notFinite == nil)
    person.go("first NaN")
    #expect(person.state.snapshot.step == stop.calmStep && stop.calmStep < stop.step)
    #expect(person.state.snapshot.notFinite == nil)
    // The step itself can be gone to, and one step back from there is the last good one.
    person.go("\(stop.step)")
    #expect(person.state.snapshot.notFinite != nil)
    person.press(",")
    #expect(person.state.snapshot.step == stop.calmStep)
    person.go("before")
    #expect(person.state.snapshot.step == stop.calmStep)
  }

  @Test("The time line shows checkpoints, changes and where training stands", arguments: [80, 120])
  func timeLine(columns: Int) throws {
    var person = try Person(
      [("examples", "200")], steps: 600, columns: columns, rows: columns == 80 ? 24 : 40)
    person.press("s")
    person.train(600)
    person.go("300")
    let rows = Screen.draw(person.state).plainRows
    let line = try #require(rows.last { $0.contains("●") && $0.contains("┼") })
    // A checkpoint has its word, or where that finds no room it is left out.
    #expect(line.contains("·") == line.contains("checkpoint"))
    #expect(line.contains("·") || columns == 80)
    let playhead = try #require(line.firstIndex(of: "●"))
    let change = try #require(line.firstIndex(of: "┼"))
    #expect(playhead < change)
    #expect(rows[0].contains("step 300 of 1200"))
  }

  @Test("Two branches race from the start, each with its own changes, and end as they did")
  func race() throws {
    var person = try played()
    let first = person.training.group.parameters
    person.go("120")
    person.press("[")
    person.train(80)
    let second = person.training.group.parameters
    let effects = person.press("b", "k", "c")
    let start = effects.compactMap { effect -> RaceStart? in
      if case .race(.start(let start)) = effect { start } else { nil }
    }
    let race = RaceTraining(on: person.state.snapshot)
    race.perform(.start(try #require(start.first)))
    race.train(to: 200, points: 4)
    #expect(person.state.view == .race)
    #expect(try race.ends() == [second, first])
    // The race goes back and on, too.
    race.perform(.travel(.start))
    #expect(race.snapshot.step == 0)
    race.perform(.travel(.end))
    #expect(race.snapshot.step == 200)
    #expect(try race.ends() == [second, first])
  }
}

extension Person {
  /// Takes steps as a training that runs does, and measures.
  mutating func train(_ steps: Int) {
    training.train(to: training.snapshot.step + steps, points: 2)
    perform([])
  }

  /// Goes to a moment that is typed.
  mutating func go(_ text: String) {
    press("g")
    for scalar in text.unicodeScalars { press(.character(scalar)) }
    press(.enter)
  }
}

extension RaceTraining {
  /// The weights of each runner.
  fileprivate func ends() throws -> [[NetworkParameters]] {
    let identity = try #require(snapshot.identity)
    return try snapshot.lanes.indices.map { lane in
      let handover = try #require(self.handover(of: lane, in: identity))
      return try LearnerGroup(
        resuming: handover.checkpoints,
        dataset: try Person.load(handover.initialConfiguration)
          .dataset
      ).parameters
    }
  }
}
