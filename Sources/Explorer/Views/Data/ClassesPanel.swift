import DropoutEngine
package import TerminalCells

/// The split of the dataset, the examples of each class or the ranges of the targets, and what reading it decided.
package enum ClassesPanel {
  /// The number of rows that can be scrolled through, for a width.
  package static func rowCount(_ state: ExplorerState, width: Int) -> Int {
    ClassLines(state: state, width: width).count
  }

  /// Draws the heading and the rows that fit.
  package static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    let regions = [HitRegion(area: area, target: .panel(.classes))]
    guard !area.isEmpty else { return regions }
    let lines = ClassLines(state: state, width: area.width)
    let places = ScrolledRows(
      count: lines.count, room: area.height - 1, scroll: state.scroll[.classes] ?? 0)
    buffer.clipped(to: area) { buffer in
      let name = state.snapshot.dataset.isClassification ? "CLASSES" : "TARGETS"
      let title = (name, Style(.title))
      let count = [("  \(lines.entries)", Style(.dim))]
      let range = places.text.map { [("  rows " + $0, Style(.dim))] } ?? []
      StyledLine.longest(
        of: [
          StyledLine([title] + count + range), StyledLine([title] + count), StyledLine([title]),
        ], fitting: area.width
      ).write(x: area.x, y: area.y, on: &buffer)
      for (index, line) in places.shown.enumerated() {
        lines.draw(line, in: area.row(index + 1), glyphs: glyphs, on: &buffer)
      }
    }
    return regions
  }
}
