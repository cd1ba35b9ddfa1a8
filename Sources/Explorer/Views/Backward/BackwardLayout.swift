import DropoutEngine
import TerminalCells

/// The backward view: phases, units and edges side by side above the table of mask passes; on a
/// large screen the network has a band of its own.
enum BackwardLayout {
  static func lay(_ state: ExplorerState, in body: Rect) -> PanelPlaces {
    let inside = body.inset(left: 1, right: 1)
    let units = state.unitCount(of: state.shownUnits) + 1
    let phases = PhasesPanel.rows(state)
    if body.width >= 100, body.height >= 33 {
      return layTall(state, in: inside, upper: max(phases, min(units, body.height * 2 / 5)))
    }
    let tableRows = body.height >= 26 ? 11 : 6
    let upper = min(max(13, max(phases, units)), body.height - 1 - tableRows)
    let rows = inside.rows([.fixed(max(2, upper)), .fixed(1), .remaining])
    let edges = body.width < 100 ? 20 : body.width < 140 ? 32 : 62
    let phaseColumns = body.width < 100 ? 26 : min(46, body.width * 28 / 100)
    let top = rows[0].columns([
      .fixed(phaseColumns), .fixed(1), .remaining, .fixed(1), .fixed(edges),
    ])
    return PanelPlaces(
      panels: [
        (.phases, top[0]), (.signals, top[2].inset(left: 1)),
        (.gradientNetwork, top[4].inset(left: 1)),
        (.maskPasses, rows[2]),
      ],
      rules: [top[1], top[3], rows[1]])
  }

  private static func layTall(
    _ state: ExplorerState, in inside: Rect, upper: Int
  ) -> PanelPlaces {
    let isRoomy = inside.height >= 44
    let vectors = min(state.outputLayer + 2, inside.height >= 50 ? 4 : 2)
    let reasons = isRoomy ? 3 : 0
    let table = min(MaskPassesPanel.rows(vectors: vectors) + reasons, inside.height - upper - 12)
    // Where rows are few, the headings of the table are rule enough.
    let rows = inside.rows([
      .fixed(upper), .fixed(1), .remaining, .fixed(isRoomy ? 1 : 0), .fixed(max(6, table)),
    ])
    let top = rows[0].columns([
      .fixed(min(52, inside.width * 40 / 100)), .fixed(1), .remaining,
    ])
    return PanelPlaces(
      panels: [
        (.phases, top[0]), (.signals, top[2].inset(left: 1)), (.gradientNetwork, rows[2]),
        (.maskPasses, rows[4]),
      ],
      rules: [top[1], rows[1]] + (isRoomy ? [rows[3]] : []))
  }
}
