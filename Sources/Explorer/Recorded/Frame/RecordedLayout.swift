import TerminalCells

/// The places of the parts of the screen of a recording.
struct RecordedLayout {
  /// The program, the model, the look.
  var title: Rect
  /// The sentence about what is wrong first.
  var sentence: Rect
  /// The names of the panels, where they are folded into tabs.
  var tabs: Rect?
  /// The panels that are drawn.
  var panels: [(panel: RecordedPanel, area: Rect)] = []
  /// Quiet lines between panels.
  var rules: [Rect] = []
  /// The looks from the first one to the newest.
  var timeLine: Rect
  /// The keys.
  var footer: Rect

  /// Lays the screen of a state out.
  init(_ state: RecordedState) {
    let all = Rect(x: 0, y: 0, width: state.size.columns, height: state.size.rows)
    let (title, below) = all.splitTop(1)
    let (middle, footer) = below.splitBottom(1)
    let (upper, timeLine) = middle.splitBottom(1)
    // The rows of the large number.
    let (sentence, body) = upper.splitTop(state.size.isFolded ? 2 : state.size.rows >= 50 ? 5 : 3)
    self.title = title
    self.footer = footer
    self.timeLine = timeLine.inset(left: 1, right: 1)
    self.sentence = sentence.inset(left: 1, right: 1)
    if let zoomed = state.zoomed {
      panels = [(zoomed, body.inset(left: 1, right: 1))]
    } else if state.size.isFolded {
      let (tabs, rest) = body.splitTop(1)
      self.tabs = tabs
      let panels = RecordedPanel.all
      self.panels = [
        (panels[min(max(0, state.tab), panels.count - 1)], rest.inset(left: 1, right: 1))
      ]
    } else {
      lay(state, in: body)
    }
  }

  /// Model and sums above, divergence and losses below them.
  private mutating func lay(_ state: RecordedState, in body: Rect) {
    let rows = max(LayersPanel.rows(state).count, state.unitCount) + 1
    let most = body.height - max(8, body.height * 2 / 5)
    let hasRule = body.height >= 24
    let (upper, lower) = body.splitTop(min(max(11, rows), most))
    let model = max(31, min(body.width * 2 / 5, 72))
    let top = upper.columns([.fixed(model), .fixed(1), .remaining])
    let (rule, bottom) = lower.splitTop(hasRule ? 1 : 0)
    let parts = bottom.columns([.remaining, .fixed(1), .remaining, .fixed(1), .remaining])
    rules = [top[1], parts[1], parts[3]] + (hasRule ? [rule] : [])
    panels = [
      (.layers, top[0]), (.sums, top[2].inset(left: 1, right: 1)),
      (.depth, parts[0].inset(left: 1)), (.course, parts[2].inset(left: 1, right: 1)),
      (.losses, parts[4].inset(left: 1, right: 1)),
    ]
  }
}
