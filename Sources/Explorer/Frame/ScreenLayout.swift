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
    let (sentence, body) = middle.splitTop(state.view.sentenceRows(state.size))
    self.title = title
    self.footer = footer
    self.sentence = sentence.inset(left: 1, right: 1)
    panels = []
    tabs = nil
    if let zoomed = state.zoomed {
      panels = [(zoomed, body.inset(left: 1, right: 1))]
    } else if state.size.isFolded {
      let (tabs, rest) = body.splitTop(1)
      self.tabs = tabs
      fold(state, in: rest.inset(left: 1, right: 1))
    } else {
      take(state.view.lay(state, body))
    }
  }

  private mutating func fold(_ state: ExplorerState, in body: Rect) {
    let panels = state.view.panels
    take(state.view.layFolded(panels[min(max(0, state.tab), panels.count - 1)], body))
  }

  private mutating func take(_ places: PanelPlaces) {
    panels = places.panels
    rules = places.rules
  }
}
