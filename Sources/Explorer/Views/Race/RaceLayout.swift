import DropoutEngine
import TerminalCells

/// The race: the curves above the table; on a wide screen, the selected runner's mask beside the
/// table.
enum RaceLayout {
  static func lay(_ state: ExplorerState, in body: Rect) -> PanelPlaces {
    let inside = body.inset(left: 1, right: 1)
    let wanted = RaceTablePanel.rows(state, width: inside.width)
    let tableRows = min(max(3, wanted), max(3, body.height - 9))
    let (upper, lower) = inside.splitBottom(tableRows)
    // Where rows are few, the heading of the table is rule enough.
    let (plots, rule) = upper.splitBottom(body.height < 24 ? 0 : 1)
    let rules = rule.isEmpty ? [] : [rule]
    guard inside.width >= 150 else {
      return PanelPlaces(
        panels: [(.raceCurves, plots), (.raceTable, lower)], rules: rules)
    }
    let parts = lower.columns([.remaining, .fixed(1), .fixed(34)], gap: 1)
    return PanelPlaces(
      panels: [(.raceCurves, plots), (.raceTable, parts[0]), (.raceNetwork, parts[2])],
      rules: rules + [parts[1]])
  }
}
