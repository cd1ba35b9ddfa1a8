import DropoutEngine
import DropoutMeasure
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

  /// How far the sums of each unit of the selected layer differ between training and testing.
  private func gaps(_ person: Person) -> [Double] {
    let sums = person.state.snapshot.watched.value.sums[person.state.selection.layer]
    return zip(sums.meanTraining, sums.test).map { ($0 - Double($1)).magnitude }
  }

  @Test(
    "A run begins with the kept unit whose sums differ most, or with a positive one nearly as far",
    arguments: 1...8)
  func widest(seed: Int) throws {
    let person = try Person([("seed", "\(seed)")], steps: 200)
    let (watched, selection) = (person.state.snapshot.watched.value, person.state.selection)
    let mask = watched.evidence.mask(of: .result(of: selection.layer)).forwardMask
    let gaps = gaps(person)
    let widest = gaps.indices.filter { mask[watched.row, $0] != 0 }.map { gaps[$0] }.max() ?? 0
    #expect(gaps[selection.unit] >= 0.75 * widest)
    if watched.sums[selection.layer].test[selection.unit] < 0 {
      #expect(gaps[selection.unit] == widest)
    }
  }

  @Test("While training runs, the unit stays as long as its sums differ a quarter as much as any")
  func stays() throws {
    var person = try Person(steps: 100, columns: 120, rows: 40)
    var (before, masked) = (person.state.selection, 0)
    for step in 101...160 {
      person.training.train(to: step, points: 2)
      var running = person.training.snapshot
      running.isRunning = true
      _ = person.state.update(.snapshotArrived(running))
      if 4 * gaps(person)[before.unit] >= gaps(person).max() ?? 0 {
        #expect(person.state.selection == before)
        masked += isKept(person) ? 0 : 1
      }
      before = person.state.selection
    }
    #expect(masked > 0, "no mask dropped the unit, so nothing was tested")
    _ = person.state.update(.snapshotArrived(person.training.snapshot))
    #expect(isKept(person), "a paused run shows a unit that wires lead to")
  }

  @Test("Where there is room, the screen says whose sums they are and what adds up") func words()
    throws
  {
    for (columns, rows) in [(120, 40), (200, 60)] {
      let person = try Person(steps: 60, columns: columns, rows: rows)
      let watched = person.state.snapshot.watched.value
      let example = watched.evidence.examples[watched.row]
      let drawn = Screen.draw(person.state).plainRows
      #expect(drawn.contains { $0.contains("example \(example); this step: under its mask") })
      #expect(drawn.contains { $0.contains("hidden1 adds") }, "\(columns)x\(rows)")
    }
  }

  @Test("A sum below 0 is as strong, not too large") func negative() throws {
    var person = try Person(steps: 100, columns: 120, rows: 40)
    var found: Set<Bool> = []
    for unit in 0..<12 {
      person.state.selection.unit = unit
      let layer = person.state.selection.layer
      let test = person.state.snapshot.watched.value.sums[layer].test[unit]
      // The words alone, without the large number beside them.
      let text = Screen.draw(person.state).plainRows[1...3].flatMap { $0.split(separator: " ") }
        .filter { !$0.contains { "█▀▄".contains($0) } }.joined(separator: " ")
      guard test.magnitude > 0.1 else { continue }
      #expect(text.contains(test < 0 ? "2.00 times as strong" : "2.00 times too large"), "\(text)")
      found.insert(test < 0)
    }
    #expect(found == [true, false])
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
