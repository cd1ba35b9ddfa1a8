import DropoutEngine
import TerminalCells

/// The live view: network and sums on common rows, everything that is measured of them below.
enum LiveLayout {
  static func lay(_ state: ExplorerState, in body: Rect) -> PanelPlaces {
    let hidden = state.outputLayer
    let units = state.unitCount(of: state.shownUnits)
    // The lower part needs 6 rows; what is beyond that is shared, the network first as far as it
    // has units.
    let upperMost = max(13, body.height * (units > 20 ? 55 : 50) / 100)
    // A row below the units says what the columns mean.
    let gloss = body.width >= 100 && body.height >= 34 ? 1 : 0
    let upperRows = min(max(13, units + 1) + gloss, upperMost, body.height - 6)
    let (upper, lower) = body.splitTop(max(2, upperRows))
    let names = NetworkPanel.nameColumns(state)
    let networkWidth =
      body.width < 100
      ? 26 + min(5, NetworkColumns.missingOutputs(names))
      : NetworkColumns.wanted(
        hidden: hidden, names: names,
        most: min(body.width - 70, body.width * 45 / 100))
    let top = upper.columns([.fixed(networkWidth), .fixed(1), .remaining])
    var places = PanelPlaces(panels: [(.network, top[0]), (.sums, top[2])], rules: [top[1]])

    if body.width >= 100, lower.height >= 16 {
      layWide(state, in: lower, &places)
    } else {
      layNarrow(state, in: lower, &places)
    }
    return places
  }

  /// Divergence above the counterfactual at the left, curves and outcome beside them.
  private static func layNarrow(
    _ state: ExplorerState, in lower: Rect, _ places: inout PanelPlaces
  ) {
    let (left, rest) = lower.splitLeft(32)
    let outcome = outcomeColumns(state, in: rest)
    let right = rest.columns([.fixed(1), .remaining, .fixed(1), .fixed(outcome)])
    places.rules += [right[0], right[2]]
    let divergence = min(DivergencePanel.rows(state), max(2, left.height - 3))
    let parts = left.inset(left: 1).rows([.fixed(divergence), .remaining])
    places.panels += [
      (.divergence, parts[0]), (.tested, parts[1]), (.curves, right[1].inset(left: 1)),
      (.outcome, right[3]),
    ]
  }

  /// Divergence and counterfactual in a strip, curves and outcome below them with all the room that
  /// is left.
  private static func layWide(
    _ state: ExplorerState, in lower: Rect, _ places: inout PanelPlaces
  ) {
    let gloss = lower.height >= 30 ? 1 : 0
    let rows =
      max(DivergencePanel.rows(state), CounterfactualPanel.rows(state).count + 1) + gloss
    let parts = lower.rows([
      .fixed(1), .fixed(min(rows, lower.height / 2)), .fixed(1), .remaining,
    ])
    let strip = parts[1].inset(left: 1).columns([.fixed(53), .fixed(1), .remaining])
    let outcome = outcomeColumns(state, in: parts[3])
    let below = parts[3].columns([.remaining, .fixed(1), .fixed(outcome)])
    places.rules += [parts[0], strip[1], parts[2], below[1]]
    places.panels += [
      (.divergence, strip[0]), (.tested, strip[2].inset(left: 1)),
      (.curves, below[0].inset(left: 1)), (.outcome, below[2]),
    ]
  }

  /// The columns of the outcome: maps are as large as their height allows, the rest is the curves'.
  private static func outcomeColumns(_ state: ExplorerState, in rest: Rect) -> Int {
    // On a narrow screen the curves keep what their words need.
    let most = min(rest.width * 56 / 100, max(25, rest.width - 23))
    guard state.snapshot.measured.maps != nil else {
      // A few classes need no more than their names and a bar each; the curves have the rest.
      return ClassOutcome.isStacked(state, rows: rest.height)
        ? min(most, max(48, rest.width * 3 / 10)) : most
    }
    let isOne = CurveData.isScaledItself(state)
    guard !isOne else { return min(most, max(14, 2 * (rest.height - 1) + 1)) }
    // Two maps side by side, each about twice as wide as high in cells, below a heading.
    return min(most, max(25, 4 * (rest.height - 1) + 1))
  }

  /// Network and sums stand on common rows, so they share a tab.
  static func layFolded(_ panel: Panel, in body: Rect) -> PanelPlaces {
    guard panel == .network else { return PanelPlaces(panels: [(panel, body)]) }
    let parts = body.columns([.fixed(25), .remaining], gap: 1)
    return PanelPlaces(panels: [(.network, parts[0]), (.sums, parts[1])])
  }
}
