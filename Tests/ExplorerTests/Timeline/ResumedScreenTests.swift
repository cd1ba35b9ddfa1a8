import DropoutEngine
import Explorer
import Sessions
import TerminalCells
import Testing

@Suite("The screen of a session that is gone on with") struct ResumedScreenTests {
  /// Trains on, and measures at steps that lie as unevenly as those of a screen.
  private func train(_ person: inout Person, _ stretches: [Int]) {
    for steps in stretches {
      person.training.advance(steps: steps)
      person.training.measure()
    }
    person.perform([])
  }

  /// Changes at five moments, a change of the test pass alone, and two branches that go on.
  private func played(
    _ more: [(name: String, value: String)], columns: Int, rows: Int
  ) throws -> Person {
    var person = try Person(
      [("examples", "200"), ("optimizer", "adam")] + more, columns: columns, rows: rows)
    train(&person, [3, 1, 17, 40, 2, 2, 2])
    person.type("l2 0.01")
    train(&person, [11, 29, 8])
    person.type("scaling classic")
    person.training.measure()
    train(&person, [13, 13, 7])
    person.type("batch 20")
    train(&person, [31, 5])
    person.type("learning-rate 0.02")
    train(&person, [9, 43])
    person.go("60")
    person.training.measure()
    person.type("learning-rate 0.03")
    person.training.measure()
    train(&person, [21, 34, 55, 1, 1, 1])
    person.go("100")
    person.training.measure()
    person.type("keep 0.9")
    train(&person, [25, 50, 12])
    return person
  }

  @Test(
    "Each row is that of the screen before, the curves of all branches among them",
    arguments: [(80, 24), (120, 40)], [[], [("variant", "bagging"), ("learners", "3")]])
  func sameScreen(
    _ size: (columns: Int, rows: Int), _ more: [(name: String, value: String)]
  ) throws {
    var person = try played(more, columns: size.columns, rows: size.rows)
    person.press(.escape)
    let session = person.state.session(folder: nil)
    #expect(session.curves.count == 3)
    let read = try Session(document: session.document, name: "test")
    #expect(read == session)
    var other = try Person.resumed(read, columns: size.columns, rows: size.rows)
    for keys: [Key] in [[], ["b"], [.escape, "o"]] {
      for key in keys {
        person.press(key)
        other.press(key)
      }
      let (before, after) = (Screen.draw(person.state), Screen.draw(other.state))
      for (row, (old, new)) in zip(before.plainRows, after.plainRows).enumerated() {
        #expect(old == new, "row \(row)")
      }
    }
    let (old, new) = (person.state.snapshot.measured, other.state.snapshot.measured)
    #expect(old.curves.count > 5 && old.otherCurves.count == 2)
    // A loss that is not a number equals no other: texts compare all.
    #expect("\(old.curves)" == "\(new.curves)")
    #expect("\(old.otherCurves)" == "\(new.otherCurves)")
    #expect(other.state.session(folder: nil) == person.state.session(folder: nil))
  }

  @Test("A session goes on at a moment of the past, with the curve that lies ahead")
  func past() throws {
    var person = try played([], columns: 120, rows: 40)
    person.go("90")
    person.training.measure()
    person.perform([])
    let session = person.state.session(folder: nil)
    let other = try Person.resumed(
      try Session(document: session.document, name: "test"), columns: 120, rows: 40)
    #expect(
      "\(other.state.snapshot.measured.curves)" == "\(person.state.snapshot.measured.curves)")
    #expect(other.training.group.fingerprint == person.training.group.fingerprint)
    #expect(other.state.snapshot.step == 90)
  }

  @Test("A curve that was thinned out has the values of the moments that are left")
  func thinned() throws {
    let person = try played([], columns: 80, rows: 24)
    let session = person.state.session(folder: nil)
    let some = session.curves.mapValues { moments in
      moments.indices.filter { $0 % 2 == 1 }.map { moments[$0] }
    }
    let other = try Person.resumed(
      Session(
        program: session.program, settings: session.settings, branches: session.branches,
        curves: some, position: session.position, data: session.data, weights: session.weights,
        view: session.view), columns: 80, rows: 24)
    let known = person.state.snapshot.measured.curves.map { "\($0)" }
    let curve = other.state.snapshot.measured.curves
    #expect(curve.count < known.count && curve.count > 2)
    #expect(curve.dropLast().allSatisfy { known.contains("\($0)") })
  }

  @Test("A session without moments shows a curve of each branch nevertheless")
  func older() throws {
    let person = try played([], columns: 120, rows: 40)
    let session = person.state.session(folder: nil)
    let old = Session(
      program: session.program, settings: session.settings, branches: session.branches,
      position: session.position, data: session.data, weights: session.weights,
      view: session.view)
    let other = try Person.resumed(old, columns: 120, rows: 40)
    let measured = other.state.snapshot.measured
    #expect(measured.curves.count > 50 && measured.otherCurves.count == 2)
    for curve in measured.otherCurves {
      let last = person.state.snapshot.measured.otherCurves.first { $0.branch == curve.branch }
      #expect(curve.points.last?.testLoss == last?.points.last?.testLoss)
    }
  }
}
