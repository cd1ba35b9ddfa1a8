import DropoutEngine
package import TerminalCells

/// The examples of the dataset, those of the test part first: target, prediction and the values as they were read.
package enum ExamplesPanel {
  /// The number of examples that can be scrolled through.
  package static func rowCount(_ state: ExplorerState) -> Int { state.snapshot.dataset.count }

  /// Draws the heading and a row for each example that fits; of images, the picture of the first one shown.
  package static func draw(
    _ state: ExplorerState, in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer
  ) -> [HitRegion] {
    var regions = [HitRegion(area: area, target: .panel(.examples))]
    guard area.width >= 12, area.height >= 2 else { return regions }
    let dataset = state.snapshot.dataset
    let list = ExampleList(state: state)
    let places = ScrolledRows(
      count: list.count, room: area.height - 2, scroll: state.scroll[.examples] ?? 0)
    buffer.clipped(to: area) { buffer in
      heading(places, state, width: area.width).write(x: area.x, y: area.y, on: &buffer)
      var table = area.inset(top: 1)
      if let first = places.shown.first, dataset.image != nil, area.width >= 38 {
        table = area.inset(top: 1, right: min(area.width / 2, area.width - 28) + 2)
        let picture = Rect(
          x: table.maxX + 2, y: table.y, width: area.maxX - table.maxX - 2, height: table.height)
        drawPicture(of: list.example(at: first), dataset, in: picture, glyphs: glyphs, on: &buffer)
      }
      let columns = ExampleColumns(state: state, width: table.width)
      columns.drawHeading(in: table.row(0), glyphs: glyphs, on: &buffer)
      for (index, position) in places.shown.enumerated() {
        let line = table.row(index + 1)
        columns.draw(list.row(at: position), in: line, glyphs: glyphs, on: &buffer)
        regions.append(HitRegion(area: line, target: .example(position)))
      }
    }
    return regions
  }

  private static func heading(
    _ places: ScrolledRows, _ state: ExplorerState, width: Int
  ) -> StyledLine {
    let title = ("EXAMPLES", Style(.title))
    let range = places.text.map { [("  " + $0, Style(.dim))] } ?? []
    let all: [(String, Style)] =
      range + [
        ("  ! ", Style(.error)), ("wrong  ", Style(.dim)),
        (String(state.glyphs.selected), Style(.selected)), (" watched", Style(.dim)),
      ]
    return .longest(
      of: [StyledLine([title] + all), StyledLine([title] + range), StyledLine([title])],
      fitting: width)
  }

  private static func drawPicture(
    of example: Int, _ dataset: Dataset, in area: Rect, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    let (head, body) = area.splitTop(1)
    guard let image = PixelImage(example: example, of: dataset) else { return }
    buffer.write("\(example)", x: head.x, y: head.y, style: Style(.dim))
    image.draw(in: image.place(in: body, glyphs: glyphs), glyphs: glyphs, on: &buffer)
  }
}
