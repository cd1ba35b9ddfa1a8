import DropoutEngine
import Explorer
import TerminalCells
import Testing

@Suite("The one number of a screen") struct HeroBlockTests {
  /// The roles of the cells at the place `hero`; empty where there is none.
  private func roles(_ state: ExplorerState) -> Set<Role> {
    let buffer = Screen.draw(state)
    guard let cells = Screen.hitMap(state).places.first(where: { "\($0.place)" == "hero" })?.area
    else { return [] }
    var roles: Set<Role> = []
    for y in cells.y..<cells.maxY {
      for x in cells.x..<cells.maxX where buffer[x, y].scalar != " " {
        roles.insert(buffer[x, y].style.foreground)
      }
    }
    return roles
  }

  @Test("The ratio is an alarm where the passes disagree, and calm where they agree")
  func verdicts() throws {
    var state = try PanelStates.trained(steps: 60)
    #expect(roles(state) == [.alarm])
    state = try PanelStates.trained([("scaling", "inverted")], steps: 60)
    #expect(roles(state) == [.calm])
    state = try PanelStates.trained([("variant", "none")], steps: 60)
    #expect(roles(state) == [.calm])
  }

  @Test("It is three rows high at 80x24, five on a large screen, and not folded") func sizes()
    throws
  {
    var state = try PanelStates.trained(steps: 60)
    for (columns, rows, height) in [(80, 24, 3), (120, 40, 3), (200, 60, 5), (79, 24, 0)] {
      state.size = ScreenSize(columns: columns, rows: rows)
      let hero = Screen.hitMap(state).places.first { "\($0.place)" == "hero" }
      #expect(hero?.area.height ?? 0 == height, "\(columns)x\(rows)")
    }
  }
}
