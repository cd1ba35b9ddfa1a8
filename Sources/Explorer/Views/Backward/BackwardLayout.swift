import DropoutEngine
import TerminalCells

/// The backward view: the phases beside the masks of both passes, the network below; or the table
/// of mask passes in the place of the network.
enum BackwardLayout {
  static func lay(_ state: ExplorerState, in body: Rect) -> PanelPlaces {
    let inside = body.inset(left: 1, right: 1)
    if body.width < 100 || body.height < 30 {
      return state.showsMaskPasses
        ? laySmallTable(state, in: inside) : laySmall(state, in: inside)
    }
    // A heading above the units, and below them, where the table needs no row, the meaning of the
    // last column.
    let units = state.unitCount(of: state.shownUnits) + (state.showsMaskPasses ? 1 : 2)
    let upper = max(PhasesPanel.rows(state), min(units, body.height * 2 / 5))
    let lower = inside.height - upper - 1
    let table = state.showsMaskPasses ? min(MaskPassesPanel.rows(state), lower - 8) : 0
    let rows = inside.rows([
      .fixed(upper), .fixed(1), .remaining, .fixed(table > 0 ? 1 : 0), .fixed(table),
    ])
    let top = rows[0].columns([
      .fixed(min(52, inside.width * 38 / 100)), .fixed(1), .remaining,
    ])
    var places = PanelPlaces(
      panels: [
        (.phases, top[0]), (.signals, top[2].inset(left: 1)), (.gradientNetwork, rows[2]),
      ], rules: [top[1], rows[1]])
    if table > 0 {
      places.panels.append((.maskPasses, rows[4]))
      places.rules.append(rows[3])
    }
    return places
  }

  /// Phases beside the network, the masks of the selected layer in lines below both.
  private static func laySmall(_ state: ExplorerState, in inside: Rect) -> PanelPlaces {
    let rows = inside.rows([.remaining, .fixed(1), .fixed(SignalStrip.rows)])
    let top = rows[0].columns([.fixed(min(28, inside.width * 2 / 5)), .fixed(1), .remaining])
    return PanelPlaces(
      panels: [
        (.phases, top[0]), (.gradientNetwork, top[2].inset(left: 1)), (.signals, rows[2]),
      ], rules: [top[1], rows[1]])
  }

  /// Phases beside the table of units, the table of mask passes below both.
  private static func laySmallTable(_ state: ExplorerState, in inside: Rect) -> PanelPlaces {
    let rows = inside.rows([.remaining, .fixed(1), .fixed(min(8, inside.height / 2))])
    let top = rows[0].columns([.fixed(min(28, inside.width * 2 / 5)), .fixed(1), .remaining])
    return PanelPlaces(
      panels: [(.phases, top[0]), (.signals, top[2].inset(left: 1)), (.maskPasses, rows[2])],
      rules: [top[1], rows[1]])
  }
}
