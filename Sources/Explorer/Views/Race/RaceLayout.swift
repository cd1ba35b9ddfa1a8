import DropoutEngine
import TerminalCells

/// The race: the curves beside the selected runner's network, the table below.
enum RaceLayout {
  static func lay(_ state: ExplorerState, in body: Rect) -> PanelPlaces {
    let inside = body.inset(left: 1, right: 1)
    let tableRows = min(
      max(3, state.lanes.count + (body.width < 100 ? 2 : 1)), max(3, body.height / 2))
    let (upper, lower) = inside.splitBottom(tableRows)
    let (plots, rule) = upper.splitBottom(1)
    let network = min(max(18, body.width / 5), 30)
    let top = plots.columns([.remaining, .fixed(1), .fixed(network)], gap: 1)
    return PanelPlaces(
      panels: [(.raceCurves, top[0]), (.raceNetwork, top[2]), (.raceTable, lower)],
      rules: [top[1], rule])
  }
}
