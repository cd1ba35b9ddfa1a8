import DropoutEngine
import DropoutMeasure
import Explorer
import TerminalCells
import Testing

@Suite("The sums view") struct SumsViewTests {
  private func screen(_ state: ExplorerState) -> [String] { Screen.draw(state).plainRows }

  @Test(
    "The whole screen, at three sizes", arguments: [(80, 24), (120, 40), (200, 60)])
  func screens(columns: Int, rows: Int) throws {
    var state = try ViewStates.pressed("2", steps: 600, columns: columns, rows: rows)
    state.glyphs = .ascii
    try ExpectedText.check(screen(state), named: "sums-\(columns)x\(rows)")
  }

  @Test("An output unit, drawn masks, and scaling on") func output() throws {
    var state = try ViewStates.pressed("2ls", steps: 300)
    try ExpectedText.check(screen(state), named: "sums-output")
    state = try ViewStates.pressed(
      "2",
      [("data", "glyphs"), ("hidden", "32"), ("keep-input", "0.8"), ("activation", "sigmoid")],
      steps: 100)
    try ExpectedText.check(screen(state), named: "sums-glyphs")
    state = try ViewStates.pressed("2", [("variant", "none")], steps: 10)
    try ExpectedText.check(screen(state), named: "sums-none")
  }

  @Test("The numbers on the screen are those of the network on the screen") func numbers() throws {
    let state = try ViewStates.pressed("2", [("keep", "0.8")], steps: 200, columns: 120, rows: 40)
    let text = screen(state).joined(separator: "\n")
    let unit = state.selection
    let watched = state.snapshot.watched.value
    let step = watched.evidence.layers[unit.layer].trainingSum[watched.row, unit.unit]
    let test = watched.evidence.layers[unit.layer].testSum[watched.row, unit.unit]
    let mean = watched.sums[unit.layer].meanTraining[unit.unit]
    for number in [Double(step), Double(test), mean] {
      #expect(text.contains(NumberText.fixed(number, decimals: 2)))
    }
    #expect(text.contains(NumberText.fixed(mean, decimals: 3)) && text.contains(" 1.25 "))
  }

  @Test("The mean of the sentence is that of the marker, also where masks are drawn") func mean()
    throws
  {
    let state = try ViewStates.pressed("2l", steps: 300, columns: 120, rows: 40)
    guard let unit = state.snapshot.close.subject?.value as? UnitMeasurement else {
      Issue.record("the unit was not measured")
      return
    }
    let distribution = unit.sums.distribution
    guard case .monteCarlo = distribution.method else {
      Issue.record("no mask was drawn, so nothing was tested")
      return
    }
    let number = NumberText.fixed(distribution.mean, decimals: 2)
    let rows = screen(state)
    #expect(rows[1...3].joined(separator: " ").contains(number))
    #expect(rows[4...].contains { $0.contains("mean \(number)") })
  }

  @Test("Where a right scaling leaves something, the depth says what it leaves")
  func bend() throws {
    let state = try ViewStates.pressed("2", steps: 300)
    for (width, height) in [(49, 7), (65, 11), (96, 20)] {
      let text = DrawnPanel(.depth, of: state, width: width, height: height).rows.joined()
      #expect(text.contains("bend"), "\(width)x\(height): \(text)")
    }
  }

  @Test("What is measured follows the selection, the watched example and the step") func follows()
    throws
  {
    var person = try Person(steps: 50)
    person.press("2")
    let first = person.state.selection.unit
    person.training.measureSubject()
    person.press(first > 0 ? "k" : "j")
    #expect(person.state.selection.unit == (first > 0 ? first - 1 : 1))
    person.training.measureSubject()
    person.press("e")
    person.training.measureSubject()
    _ = person.state.update(.snapshotArrived(person.training.snapshot))
    guard let unit = person.state.snapshot.close.subject?.value as? UnitMeasurement else {
      Issue.record("the unit was not measured")
      return
    }
    let watched = person.state.snapshot.watched.value
    #expect(unit.sums.unit == person.state.selection.unit)
    #expect(unit.sums.example == watched.evidence.examples[1] && watched.row == 1)
    #expect(unit.depth.count == Scaling.allCases.count)
    person.press(".")
    person.training.measureSubject()
    _ = person.state.update(.snapshotArrived(person.training.snapshot))
    let next = person.state.snapshot.close.subject?.value as? UnitMeasurement
    #expect(next?.sums.step == 51)
    person.press("1")
    person.training.measureSubject()
    #expect(person.training.snapshot.close.subject == nil)
  }

  @Test("While nothing is measured yet the view says so") func pending() throws {
    var person = try Person(steps: 5)
    person.press("2")
    #expect(screen(person.state).joined().contains("being measured"))
  }

  @Test(
    "Every panel of the view stays inside, whatever the experiment",
    arguments: PanelSweepTests.experiments.indices)
  func sweep(experiment: Int) throws {
    let assignments = PanelSweepTests.experiments[experiment].assignments
    PanelSweepTests.sweep(try ViewStates.pressed("2", assignments, steps: 5))
    PanelSweepTests.sweep(try ViewStates.pressed("2llll", assignments, steps: 5))
  }
}
