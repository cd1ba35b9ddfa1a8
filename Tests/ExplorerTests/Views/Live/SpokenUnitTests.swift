import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("The unit that the live view speaks of") struct SpokenUnitTests {
  /// Whether the mask of the step that is drawn keeps the selected unit for the watched example.
  private func isKept(_ person: Person) -> Bool {
    let (watched, selection) = (person.state.snapshot.watched.value, person.state.selection)
    let mask = watched.evidence.mask(of: .result(of: selection.layer)).forwardMask
    return mask[watched.row, selection.unit] != 0
  }

  @Test("A run begins with a unit that the mask keeps", arguments: 1...8)
  func begins(seed: Int) throws {
    let person = try Person([("seed", "\(seed)")])
    #expect(isKept(person))
  }

  @Test("While nobody chooses a unit, it is one that the drawn mask keeps") func keeps() throws {
    var person = try Person(steps: 20, columns: 120, rows: 40)
    var units: Set<Selection> = []
    for _ in 0..<40 {
      #expect(isKept(person))
      units.insert(person.state.selection)
      person.press(".")
    }
    #expect(units.count > 1, "no mask dropped the first unit, so nothing was tested")
  }

  @Test("The sentence says that a chosen unit is masked exactly where the drawn mask drops it")
  func says() throws {
    var person = try Person(steps: 20, columns: 120, rows: 40)
    person.press(.down)
    let chosen = person.state.selection
    var masked = 0
    for _ in 0..<40 {
      let rows = Screen.draw(person.state).plainRows[1...3].joined(separator: " ")
      let says = rows.contains("masked now")
      #expect(says == !isKept(person))
      if says { masked += 1 }
      person.press(".")
    }
    #expect((5...35).contains(masked), "\(masked) of 40")
    #expect(person.state.selection == chosen)
  }

  @Test("At 80 columns the sentence keeps its key where the unit is masked") func narrow() throws {
    var person = try Person(steps: 20, columns: 80, rows: 24)
    person.press(.down)
    person.press(.up)
    for _ in 0..<40 where isKept(person) { person.press(".") }
    let rows = Screen.draw(person.state).plainRows[1...3].joined(separator: " ")
    #expect(rows.contains("masked now") && rows.contains("s tries a remedy."), "\(rows)")
  }

  @Test("A checkpoint stands on the axis of the steps with its word, or not at all")
  func checkpoints() throws {
    var shown = 0
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
      var state = try PanelStates.trained(steps: 300)
      (state.size, state.glyphs) = (ScreenSize(columns: columns, rows: rows), .ascii)
      let axis = try #require(
        Screen.draw(state).plainRows.first { $0.contains("step 0 ") && $0.contains("-O") })
      let line = try #require(axis.firstRange(of: "step 0 ")).upperBound
      let hasMark = axis[line...].prefix { $0 != "O" }.contains(".")
      #expect(hasMark == axis.contains("checkpoint"), "\(axis)")
      shown += hasMark ? 1 : 0
    }
    #expect(shown > 0, "no screen had a checkpoint, so nothing was tested")
  }

  @Test("The first step has its word, so that it is no height of the losses") func axis() throws {
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
      let person = try Person(steps: 50, columns: columns, rows: rows)
      let drawn = Screen.draw(person.state).plainRows
      #expect(drawn.contains { $0.contains("step 0 ") }, "\(columns)x\(rows)")
    }
  }
}
