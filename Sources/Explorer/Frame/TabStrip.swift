import TerminalCells

/// The names of all views with their keys, the one on the screen lit: where one is, and what else
/// there is.
struct TabStrip {
  /// How much of the names is written.
  enum Form: CaseIterable {
    /// Keys and names.
    case full
    /// Keys, and the name of the view that is shown.
    case brief
  }

  /// One tab.
  struct Tab: Equatable {
    /// Its view.
    let view: ViewDefinition
    /// The person's key for it.
    let key: String
    /// The name, where it is written.
    let name: String
    /// Whether it is the view on the screen.
    let isShown: Bool

    /// Its text, with the margins that the next tab does not share.
    var text: String {
      let text = name.isEmpty ? key : key.isEmpty ? name : "\(key) \(name)"
      return " \(text) "
    }
  }

  /// The tabs, from left to right.
  let tabs: [Tab]

  /// The tabs of a state.
  init(_ state: ExplorerState, _ form: Form) {
    tabs = ViewDefinition.all.map { view in
      let isShown = view == state.view
      return Tab(
        view: view, key: state.keys[.view(view)],
        name: form == .full || isShown ? view.name : "", isShown: isShown)
    }
  }

  /// The columns that it takes.
  var columns: Int { tabs.reduce(0) { $0 + $1.text.columns } }

  /// Draws the tabs from the left of a row on, and returns what a click on them reaches.
  func draw(in row: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) -> [HitRegion] {
    var regions: [HitRegion] = []
    var x = row.x
    for tab in tabs {
      let cells = Rect(x: x, y: row.y, width: tab.text.columns, height: 1).intersection(row)
      draw(tab, at: cells, glyphs: glyphs, on: &buffer)
      regions.append(HitRegion(area: cells, target: .view(tab.view)))
      x += tab.text.columns
    }
    let all = Rect(x: row.x, y: row.y, width: x - row.x, height: 1).intersection(row)
    return regions + [HitRegion(area: all, target: .place(.tabs))]
  }

  private func draw(_ tab: Tab, at cells: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) {
    guard tab.isShown else {
      let key = buffer.write(
        " " + tab.key, x: cells.x, y: cells.y, style: Style(.key), maxWidth: cells.width)
      let name = tab.key.isEmpty ? tab.name : " " + tab.name
      buffer.write(
        name, x: cells.x + key, y: cells.y, style: Style(.dim), maxWidth: cells.width - key)
      return
    }
    // Brackets say it where the terminal has nothing but characters.
    let inside = tab.text.dropFirst().dropLast()
    let text = glyphs.isUnicode ? tab.text : "[\(inside)]"
    buffer.write(
      text, x: cells.x, y: cells.y, style: Style(.selected, reverse: true), maxWidth: cells.width)
  }
}
