import TerminalCells

/// The names of the panels where they are folded into tabs.
enum TabLine {
  static func draw(
    _ state: ExplorerState, in area: Rect, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    draw(state.view.panels.map(\.name), shown: state.tab, in: area, on: &buffer)
  }

  /// Writes names, of which one is shown.
  static func draw(
    _ names: [String], shown: Int, in area: Rect, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    var regions: [HitRegion] = []
    var x = area.x + 1
    for (index, name) in names.enumerated() {
      let isShown = index == shown
      let text = isShown ? "[\(name)]" : " \(name) "
      let width = buffer.write(
        text, x: x, y: area.y, style: Style(isShown ? .selected : .dim, reverse: isShown))
      regions.append(
        HitRegion(area: Rect(x: x, y: area.y, width: width, height: 1), target: .tab(index)))
      x += width
    }
    return regions
  }
}
