import DropoutEngine
import Explorer
import Sessions
import TerminalCells
import Testing

@Suite("The strip of views") struct TabStripTests {
  @Test("It stands on every screen, with the view that is shown lit") func everywhere() throws {
    var state = try PanelStates.trained(steps: 20)
    for view in ViewDefinition.all {
      state.view = view
      for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 60)] {
        state.size = ScreenSize(columns: columns, rows: rows)
        let line = Screen.draw(state).plainRows[0]
        #expect(line.hasPrefix(view.number == 1 ? "[1 live]" : " 1"), "\(line)")
        #expect(line.contains("[\(view.number) \(view.name)]"), "\(line)")
        #expect(line.contains("step 20"), "\(line)")
        let places = Screen.hitMap(state).places.map { "\($0.place)" }
        #expect(places.contains("tabs") && places.contains("title"))
      }
    }
  }

  @Test("A click on a name shows its view") func clicks() throws {
    var state = try PanelStates.trained(steps: 20)
    let line = Screen.draw(state).plainRows[0]
    let column = try #require(line.firstRange(of: "average")).lowerBound
    let x = line.distance(from: line.startIndex, to: column)
    _ = state.update(.mouseUsed(Mouse(x: x, y: 0, action: .press(button: 1))))
    #expect(state.view == .ensemble)
  }

  @Test("The person's own keys stand in it") func ownKeys() throws {
    var state = try PanelStates.trained(steps: 20)
    let preferences = Preferences(bindings: [
      Preferences.Binding(action: "view-average", keys: ["F5"], line: 1)
    ])
    state.keys = try ScreenKeys(preferences, name: "test").explorer
    state.size = ScreenSize(columns: 120, rows: 40)
    #expect(Screen.draw(state).plainRows[0].contains(" F5 average "))
  }

  @Test("A view keeps the name that it had before: in options, sessions and preferences")
  func olderNames() throws {
    #expect(ViewDefinition(rawValue: "ensemble") == .ensemble)
    #expect(ViewDefinition(rawValue: "average") == .ensemble)
    #expect(ViewDefinition(rawValue: "backward") == .backward)
    #expect(ViewDefinition(rawValue: "step") == .backward)
    let preferences = Preferences(bindings: [
      Preferences.Binding(action: "view-ensemble", keys: ["F5"], line: 1)
    ])
    let keys = try ScreenKeys(preferences, name: "test").explorer
    #expect(keys.keys(of: .view(.ensemble)).map(\.name) == ["F5"])
  }
}
