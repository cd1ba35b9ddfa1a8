import DropoutEngine
import TerminalCells

/// Where the parts of the screen stand.
struct ScreenLayout {
  /// The program, the experiment, the step.
  var title: Rect
  /// The sentence made from the live numbers.
  var sentence: Rect
  /// The names of the panels, where they are folded into tabs.
  var tabs: Rect?
  /// The panels that are drawn.
  var panels: [(panel: Panel, area: Rect)]
  /// Quiet lines between panels: rectangles of one column or one row.
  var rules: [Rect] = []
  /// The keys.
  var footer: Rect

  /// Lays the screen of a state out.
  init(_ state: ExplorerState) {
    let all = Rect(x: 0, y: 0, width: state.size.columns, height: state.size.rows)
    let (title, below) = all.splitTop(1)
    let (middle, footer) = below.splitBottom(1)
    let hasSentence = state.view != .data
    let (sentence, body) = middle.splitTop(hasSentence ? 2 : 0)
    self.title = title
    self.footer = footer
    self.sentence = sentence.inset(left: 1)
    panels = []
    tabs = nil
    if let zoomed = state.zoomed {
      panels = [(zoomed, body.inset(left: 1, right: 1))]
    } else if state.size.isFolded {
      let (tabs, rest) = body.splitTop(1)
      self.tabs = tabs
      fold(state, in: rest.inset(left: 1, right: 1))
    } else {
      switch state.view {
      case .live: layLive(state, in: body)
      case .sums: laySums(state, in: body)
      case .race: layRace(state, in: body)
      case .ensemble: layEnsemble(state, in: body)
      case .backward: layBackward(state, in: body)
      case .data: layData(in: body)
      }
    }
  }

  private mutating func fold(_ state: ExplorerState, in body: Rect) {
    let panel = state.view.panels[min(max(0, state.tab), state.view.panels.count - 1)]
    guard panel == .network else {
      panels = [(panel, body)]
      return
    }
    // Network and sums stand on common rows, so they share a tab.
    let parts = body.columns([.fixed(25), .remaining], gap: 1)
    panels = [(.network, parts[0]), (.sums, parts[1])]
  }

  private mutating func layLive(_ state: ExplorerState, in body: Rect) {
    let hidden = state.outputLayer
    let units = state.unitCount(node: state.shownLayer + 1)
    // The lower part needs 7 rows; what is beyond that is shared, the network first as far as it has units.
    let upperMost = max(13, body.height * (units > 20 ? 55 : 50) / 100)
    let upperRows = min(max(13, units + 1), upperMost, body.height - 7)
    let (upper, lower) = body.splitTop(max(2, upperRows))
    let networkWidth =
      body.width < 100
      ? 25
      : NetworkColumns.wanted(hidden: hidden, most: min(body.width - 70, body.width * 45 / 100))
    let top = upper.columns([.fixed(networkWidth), .fixed(1), .remaining])
    panels = [(.network, top[0]), (.sums, top[2])]
    rules = [top[1]]

    if body.width >= 100, lower.height >= 16 {
      layWide(state, in: lower)
    } else {
      layNarrow(state, in: lower)
    }
  }

  /// Divergence above the counterfactual at the left, curves and outcome beside them.
  private mutating func layNarrow(_ state: ExplorerState, in lower: Rect) {
    let (left, rest) = lower.splitLeft(35)
    let outcome = outcomeColumns(state, in: rest)
    let right = rest.columns([.fixed(1), .remaining, .fixed(1), .fixed(outcome)])
    rules += [right[0], right[2]]
    let divergence = min(DivergencePanel.rows(state), max(2, left.height - 3))
    let parts = left.inset(left: 1).rows([.fixed(divergence), .remaining])
    panels += [
      (.divergence, parts[0]), (.tested, parts[1]), (.curves, right[1].inset(left: 1)),
      (.outcome, right[3]),
    ]
  }

  /// Divergence and counterfactual in a strip, curves and outcome below them with all the room that is left.
  private mutating func layWide(_ state: ExplorerState, in lower: Rect) {
    let rows = max(DivergencePanel.rows(state), CounterfactualPanel.rows(state).count + 1)
    let parts = lower.rows([
      .fixed(1), .fixed(min(rows, lower.height / 2)), .fixed(1), .remaining,
    ])
    let strip = parts[1].inset(left: 1).columns([.fixed(53), .fixed(1), .remaining])
    let outcome = outcomeColumns(state, in: parts[3])
    let below = parts[3].columns([.remaining, .fixed(1), .fixed(outcome)])
    rules += [parts[0], strip[1], parts[2], below[1]]
    panels += [
      (.divergence, strip[0]), (.tested, strip[2].inset(left: 1)),
      (.curves, below[0].inset(left: 1)), (.outcome, below[2]),
    ]
  }

  /// The columns of the outcome: maps are as large as their height allows, the rest is the curves'.
  private func outcomeColumns(_ state: ExplorerState, in rest: Rect) -> Int {
    let most = rest.width * 56 / 100
    guard state.snapshot.maps != nil else { return most }
    // Two maps side by side, each about twice as wide as high in cells, below a heading.
    return min(most, max(25, 4 * (rest.height - 1) + 1))
  }

  private mutating func layData(in body: Rect) {
    let isWide = body.width >= 110
    let parts = body.inset(left: 1, right: 1).columns(
      isWide ? [.share(5), .fixed(1), .share(4)] : [.share(1), .fixed(1), .fixed(37)], gap: 1)
    let right = parts[2].rows([.share(1), .fixed(1), .share(1)])
    panels = [(.examples, parts[0]), (.inputs, right[0]), (.classes, right[2])]
    rules = [parts[1], right[1]]
  }
}
