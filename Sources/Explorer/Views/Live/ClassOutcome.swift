import DropoutEngine
import DropoutMeasure
import TerminalCells

/// How much of each class the test pass gets right, and what both passes say of the watched
/// example.
enum ClassOutcome {
  /// One class.
  struct Row: Equatable {
    /// The index of the class.
    var index: Int
    /// Its name.
    var name: String
    /// The share that is classified right; not a number where there is no example.
    var accuracy: Double
    /// The examples that it is a share of.
    var count: Int
  }

  /// The classes in their order; empty while the accuracy is measured.
  static func rows(_ state: ExplorerState) -> [Row] {
    guard let own = state.snapshot.ownEvaluation else { return [] }
    let summary = state.snapshot.summary
    return own.classAccuracy.enumerated().compactMap { index, accuracy in
      guard summary.classes.indices.contains(index) else { return nil }
      let counts = summary.classes[index]
      return Row(
        index: index, name: counts.name, accuracy: accuracy,
        count: summary.testCount > 0 ? counts.test : counts.training)
    }
  }

  /// The rows that a height shows: all in order, or the worst first.
  static func shown(_ rows: [Row], room: Int) -> [Row] {
    guard rows.count > room else { return rows }
    let ordered = rows.sorted {
      let one = $0.accuracy.isNaN ? .infinity : $0.accuracy
      let other = $1.accuracy.isNaN ? .infinity : $1.accuracy
      return one == other ? $0.index < $1.index : one < other
    }
    return Array(ordered.prefix(max(0, room)))
  }

  /// Whether a height has room for the classes above the watched example's predictions, each with a
  /// row for each class.
  static func isStacked(_ state: ExplorerState, rows: Int) -> Bool {
    let dataset = state.snapshot.dataset
    return dataset.isClassification && dataset.image == nil
      && 2 * state.snapshot.summary.classes.count + 4 <= rows
  }

  /// Draws the classes and, with room, the watched example's predictions.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let (area, glyphs) = (frame.area, frame.glyphs)
    let count = state.snapshot.summary.classes.count
    var place = area
    var watched = Rect(x: area.x, y: area.y, width: 0, height: 0)
    var pitch = 1
    if isStacked(state, rows: area.height) {
      // Three headings and an empty row; a few classes stand apart.
      pitch = min(3, (area.height - 4) / max(1, 2 * count))
      (place, watched) = area.splitTop(2 + pitch * count)
    } else if area.width >= 64 {
      let halves = area.columns([.remaining, .remaining], gap: 3)
      (place, watched) = (halves[0], halves[1])
    } else if area.height >= 10 {
      let rows = max(min(count + 2, area.height - 5), area.height / 2)
      (place, watched) = area.splitTop(rows)
    }
    drawClasses(state, pitch: pitch, in: place, frame: &frame, on: &buffer)
    guard watched.height >= 3 else { return }
    let (head, body) = watched.splitTop(1)
    StyledLine.longest(
      of: [
        StyledLine([
          ("WATCHED EXAMPLE", Style(.title)),
          ("  \(String(glyphs.selected)) the right class", Style(.dim)),
        ]), StyledLine([("WATCHED EXAMPLE", Style(.title))]),
      ], fitting: head.width
    ).write(x: head.x, y: head.y, on: &buffer)
    WatchedPredictions(state: state).draw(
      in: body, pitch: pitch, frame: &frame, on: &buffer)
  }

  private static func drawClasses(
    _ state: ExplorerState, pitch: Int, in area: Rect, frame: inout PanelFrame,
    on buffer: inout CellBuffer
  ) {
    let glyphs = frame.glyphs
    let (head, body) = area.splitTop(1)
    let isCurrent = state.snapshot.isCurrent(state.snapshot.measured.counterfactual)
    let all = rows(state)
    let shown = shown(all, room: pitch == 1 ? body.height : all.count)
    let isCut = shown.count < all.count
    let total = state.snapshot.ownEvaluation?.accuracy ?? .nan
    let score = Style(isCurrent ? .test : .dim, bold: isCurrent)
    let title: [(String, Style)] = [
      ("RIGHT BY CLASS", Style(.title)), ("  test", Style(.test)),
      (" " + NumberText.percent(total), score),
    ]
    StyledLine.longest(
      of: (isCut
        ? [StyledLine(title + [("  worst \(shown.count) of \(all.count)", Style(.dim))])] : [])
        + [
          StyledLine(title), StyledLine([("RIGHT", Style(.title))] + title.dropFirst()),
          StyledLine(Array(title.dropFirst())),
        ], fitting: head.width
    ).write(x: head.x, y: head.y, on: &buffer)
    if all.isEmpty {
      buffer.write("is being measured", x: body.x, y: body.y, style: Style(.dim))
    }
    let longest = shown.map(\.name.columns).max() ?? 0
    // A short bar says more than a cut name.
    let name = min(longest, max(3, area.width / 3, area.width - 12))
    let role: Role = isCurrent ? .test : .dim
    for (index, row) in shown.enumerated() {
      let y = body.y + pitch * index
      buffer.write(
        row.name.truncated(to: name, ellipsis: glyphs.ellipsis), x: body.x, y: y, style: .plain)
      let number = body.x + name + 1
      buffer.write(
        NumberText.padded(NumberText.percent(row.accuracy), width: 5), x: number, y: y,
        style: Style(role))
      frame.mark("right", row: row.index, at: Rect(x: number, y: y, width: 5, height: 1))
      let counts = NumberText.padded("of " + NumberText.compact(row.count), width: 7)
      let hasCounts = area.width >= name + 24
      if hasCounts { buffer.write(counts, x: number + 5, y: y, style: Style(.dim)) }
      let bar = Rect(
        x: number + (hasCounts ? 13 : 6), y: y,
        width: body.maxX - number - (hasCounts ? 13 : 6), height: 1)
      guard row.accuracy > 0, bar.width > 0 else { continue }
      let cells = Int(drawn: row.accuracy * Double(bar.width), in: 0...bar.width)
      for x in bar.x..<bar.x + cells { buffer[x, y] = Cell(glyphs.thinBar, Style(role)) }
    }
  }
}
