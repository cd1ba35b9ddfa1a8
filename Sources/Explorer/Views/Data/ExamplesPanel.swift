import DropoutEngine
import TerminalCells

extension Panel {
  /// The list of examples.
  public static let examples = Panel(
    "examples", minimum: ScreenSize(columns: 12, rows: 2), draw: ExamplesPanel.draw,
    formulas: DataFormulas.lines, explain: DataExplanations.examples)
}

/// The examples of the dataset, the test part first: target, prediction and the values as
/// they were read.
enum ExamplesPanel {
  /// The columns between lists that stand side by side.
  private static let gap = 4

  /// The number of examples that can be scrolled through.
  static func rowCount(_ state: ExplorerState) -> Int { state.snapshot.dataset.count }

  /// Draws the heading and a row for each example that fits; of images, the picture of the first
  /// one shown.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let dataset = state.snapshot.dataset
    let list = ExampleList(state: state)
    // A wide screen has lists side by side, each of which goes on where the one before ends.
    let wanted = ExampleColumns.wanted(state)
    let lists = dataset.image == nil ? max(1, (frame.area.width + gap) / (wanted + gap)) : 1
    var table = frame.area.inset(top: 1)
    let hasPicture = dataset.image != nil && frame.area.width >= 38
    if hasPicture {
      table = frame.area.inset(top: 1, right: min(frame.area.width / 2, frame.area.width - 28) + 2)
    }
    let columns = ExampleColumns(state: state, width: lists > 1 ? wanted : table.width)
    let rows = max(0, frame.area.height - 1 - columns.headingRows)
    let places = ScrolledRows(
      count: list.count, room: rows * lists, scroll: state.scroll[.examples] ?? 0)
    frame.heading(headings(places, state), on: &buffer)
    if let first = places.shown.first, hasPicture {
      let picture = Rect(
        x: table.maxX + 2, y: table.y, width: frame.area.maxX - table.maxX - 2, height: table.height
      )
      drawPicture(
        of: list.example(at: first), dataset, in: picture, glyphs: frame.glyphs, on: &buffer)
    }
    let tables = (0..<lists).map { place in
      lists > 1 ? table.inset(left: place * (wanted + gap)).splitLeft(wanted).left : table
    }
    for (place, table) in tables.enumerated() where place == 0 || places.shown.count > place * rows
    {
      columns.drawHeading(in: table, glyphs: frame.glyphs, on: &buffer)
    }
    for (index, position) in places.shown.enumerated() {
      let line = tables[index / rows].row(index % rows + columns.headingRows)
      columns.draw(list.row(at: position), in: line, glyphs: frame.glyphs, on: &buffer)
      for (name, cells) in columns.places(in: line) {
        frame.mark(name, row: position, at: cells)
      }
      frame.regions.append(HitRegion(area: line, target: .example(position)))
    }
  }

  private static func headings(
    _ places: ScrolledRows, _ state: ExplorerState
  ) -> [StyledLine] {
    let title = ("EXAMPLES", Style(.title))
    let range = places.text.map { [("  " + $0, Style(.dim))] } ?? []
    let all: [(String, Style)] =
      range + [
        ("  ! ", Style(.strong)), ("wrong  ", Style(.dim)),
        (String(state.glyphs.selected), Style(.selected)), (" watched", Style(.dim)),
      ]
    let hasNumbers = state.snapshot.dataset.image == nil && !DataSentence.scaling(state).isEmpty
    let note = hasNumbers ? [("  inputs before scaling", Style(.dim))] : []
    return [
      StyledLine([title] + all + note), StyledLine([title] + all), StyledLine([title] + range),
      StyledLine([title]),
    ]
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
