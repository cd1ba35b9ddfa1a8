import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("Every number on the screen says what it is") struct ExplanationTests {
  private static let sizes = [(80, 24), (120, 40), (200, 60)]

  /// A view with all that it shows measured.
  private func state(
    _ view: ViewDefinition, _ assignments: [(name: String, value: String)] = []
  ) throws -> ExplorerState {
    var state = try ViewStates.pressed("\(view.number)", assignments)
    state.glyphs = .ascii
    return state
  }

  /// The text in some cells.
  private func text(_ buffer: CellBuffer, _ area: Rect) -> String {
    (area.y..<area.maxY).map { y in
      var row = ""
      for x in area.x..<area.maxX { row.unicodeScalars.append(buffer[x, y].scalar) }
      return row
    }.joined(separator: " ")
  }

  @Test("Each place of each view has an explanation, and a number in it is that of the place")
  func everyPlace() throws {
    for view in ViewDefinition.all {
      var state = try state(view)
      for (columns, rows) in Self.sizes {
        state.size = ScreenSize(columns: columns, rows: rows)
        let buffer = Screen.draw(state)
        for (place, area) in Screen.hitMap(state).places where place.panel != nil {
          guard !place.name.isEmpty, !area.isEmpty else { continue }
          let lines = PlaceExplanation.texts(state, place)
          #expect(!lines.joined().isEmpty, "\(place)")
          let drawn = text(buffer, area)
          guard let number = DrawnNumber(alone: drawn) else { continue }
          let stands = lines.contains { number.stands(in: $0) }
          #expect(stands, "\(view.name) \(columns)x\(rows) \(place): '\(drawn)' in \(lines)")
        }
      }
    }
  }

  @Test("The number that stands large is explained") func hero() throws {
    let state = try state(.live)
    let place = try #require(
      Screen.hitMap(state).places.map(\.place).first { "\($0)" == "hero" })
    let lines = PlaceExplanation.texts(state, place)
    #expect(lines.contains { $0.contains("test / train") }, "\(lines)")
  }

  @Test("i explains the selected unit's first number, arrows go on, i again has all formulas")
  func keys() throws {
    var state = try state(.live)
    func press(_ key: Key) { _ = state.update(.keyPressed(key)) }
    func place(_ name: String, _ unit: Int) -> Overlay {
      .explanation(ScreenPlace(panel: .sums, name: name, row: unit))
    }
    let unit = state.selection.unit
    press("i")
    #expect(state.overlay == place("step", unit))
    press(.right)
    #expect(state.overlay == place("train", unit))
    press(.right)
    press(.right)
    #expect(state.overlay == place("ratio", unit))
    press(unit == 0 ? .down : .up)
    #expect(state.overlay == place("ratio", unit == 0 ? 1 : unit - 1))
    #expect(state.selection.unit == unit)
    press("i")
    #expect(state.overlay == .formula(scroll: 0) && state.focus == .sums)
    press(.escape)
    #expect(state.overlay == .none)
  }

  @Test("Every number can be reached by arrows and Tab, and each box leaves it in sight")
  func reach() throws {
    var state = try state(.live)
    for (columns, rows) in Self.sizes {
      state.size = ScreenSize(columns: columns, rows: rows)
      state.overlay = .none
      let plain = Screen.draw(state)
      let places = Screen.hitMap(state).places
      for (place, area) in places where place.panel != nil && !place.name.isEmpty {
        state.overlay = .explanation(place)
        let drawn = Screen.draw(state)
        #expect(text(drawn, area) == text(plain, area), "\(columns)x\(rows) \(place)")
      }
    }
  }

  @Test("A click on a number explains it, and another one closes the box") func clicks() throws {
    var state = try state(.live)
    let area = try #require(
      Screen.hitMap(state).places.first { "\($0.place)" == "sums/test/2" }?.area)
    let click = Action.mouseUsed(Mouse(x: area.maxX - 1, y: area.y, action: .press(button: 1)))
    _ = state.update(click)
    #expect(state.overlay == .explanation(ScreenPlace(panel: .sums, name: "test", row: 1)))
    #expect(state.selection.unit == 1)
    _ = state.update(click)
    #expect(state.overlay == .none)
  }

  @Test("Axes, the values in the first and last line, and numbers of the sentence are explained")
  func aroundThePanels() throws {
    var state = try state(.live)
    state.size = ScreenSize(columns: 120, rows: 40)
    let map = Screen.hitMap(state)
    func lines(_ name: String) throws -> String {
      let place = try #require(map.places.map(\.place).first { "\($0)" == name }, "\(name)")
      return PlaceExplanation.texts(state, place).joined(separator: " ")
    }
    #expect(try lines("curves/loss axis").contains("Lower is better"))
    #expect(try lines("curves/step axis").contains("weights were updated"))
    #expect(try lines("curves/right axis").contains("percent"))
    #expect(try lines("parameter keep").contains("keep = 0.5"))
    #expect(try lines("parameter scaling").contains("scaling = off"))
    #expect(try lines("parameter hidden").contains("hidden = 12,12"))
    #expect(try lines("parameter seed").contains("seed = 7"))
    let distribution = try ViewStates.pressed("2", columns: 120, rows: 40)
    let axis = ScreenPlace(panel: .distribution, name: "sum axis")
    #expect(Screen.hitMap(distribution).places.contains { $0.place == axis })
    #expect(PlaceExplanation.texts(distribution, axis).joined().contains("without its bias"))
  }

  @Test("A number of the sentence is explained as where it stands, and a click asks about it")
  func sentence() throws {
    var state = try state(.live)
    state.size = ScreenSize(columns: 120, rows: 40)
    let buffer = Screen.draw(state)
    let map = Screen.hitMap(state)
    let sentence = try #require(map.places.first { "\($0.place)" == "sentence" }?.area)
    let unit = state.selection.unit
    let sums = Screen.hitMap(state).places.filter { "\($0.place)" == "sums/test/\(unit + 1)" }
    let test = try #require(sums.first)
    let drawn = text(buffer, test.area).filter { $0 != " " }
    let there = try #require(
      sums.first { sentence.contains(x: $0.area.x, y: $0.area.y) }, "no \(drawn) in the sentence")
    #expect(text(buffer, there.area) == drawn)
    let click = Action.mouseUsed(
      Mouse(x: there.area.x, y: there.area.y, action: .press(button: 1)))
    _ = state.update(click)
    #expect(state.overlay == .explanation(test.place))
    #expect(Screen.draw(state).plainRows.contains { $0.contains("= \(drawn)") })
  }
}
