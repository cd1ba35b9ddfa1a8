import DropoutEngine
import Recordings
import TerminalCells

extension RecordedPanel {
  /// The layers of the model, and the gaps between them where something is dropped.
  static let layers = RecordedPanel(
    "layers", draw: LayersPanel.draw, formulas: RecordedFormulas.gap,
    explain: RecordedExplanations.layers)
}

/// The model as a chain of layers; where something is dropped between two of them a row says what
/// was found, and shows the mask of the watched example.
enum LayersPanel {
  /// A row of the chain.
  enum Row: Equatable {
    case layer(Int)
    case gap(Int)
  }

  /// The rows of the whole chain.
  static func rows(_ state: RecordedState) -> [Row] {
    let found = Set((state.shown.findings ?? []).compactMap(\.gap))
    return (0..<state.header.gapCount).flatMap { index -> [Row] in
      let isNotable =
        GapMark(state.shown.verdict(ofGap: index)) != .nothing || found.contains(index)
      return (isNotable ? [.gap(index)] : [])
        + (index < state.header.layers.count ? [.layer(index)] : [])
    }
  }

  /// Draws the part of the chain around the selected layer.
  static func draw(
    _ state: RecordedState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let rows = rows(state)
    let (head, below) = frame.area.splitTop(1)
    let hasDetail = below.height - rows.count > GapDetail.rows
    let (body, detail) = below.splitBottom(hasDetail ? GapDetail.rows : 0)
    if hasDetail, state.selectedLayer != nil {
      GapDetail.draw(state, in: detail, frame: &frame, on: &buffer)
    }
    let selected = rows.firstIndex(of: .layer(state.layer))
    let shown = Table.visibleRows(count: rows.count, height: body.height, selection: selected)
    drawHeading(state, rows, shown, in: head, on: &buffer)
    for (line, index) in shown.enumerated() {
      let place = body.row(line)
      switch rows[index] {
      case .layer(let layer):
        draw(layer: layer, state, in: place, frame: &frame, on: &buffer)
        frame.regions.append(
          HitRegion(area: place, target: .unit(Selection(layer: layer, unit: state.unit))))
      case .gap(let gap): draw(gap: gap, state, in: place, frame: &frame, on: &buffer)
      }
    }
    if rows.isEmpty || state.header.layers.isEmpty {
      frame.note("the model has no layers that can be seen", on: &buffer)
    }
  }

  private static func drawHeading(
    _ state: RecordedState, _ rows: [Row], _ shown: Range<Int>, in head: Rect,
    on buffer: inout CellBuffer
  ) {
    buffer.write("LAYERS", x: head.x + 1, y: head.y, style: Style(.title))
    let above = rows[..<shown.lowerBound].count
    let below = rows[shown.upperBound...].count
    func sign(_ mark: RecordedMark, _ word: String) -> String {
      "\(mark.scalar(state.glyphs)) \(word)"
    }
    let marks = [sign(.kept, "kept"), sign(.dropped, "dropped"), sign(.unknown, "cannot be told")]
    let brief = marks.prefix(2) + [sign(.unknown, "?")]
    let texts =
      above + below == 0
      ? [marks.joined(separator: "  "), marks.joined(separator: " "), brief.joined(separator: " ")]
      : ["\(above) above, \(below) below"]
    let text = texts.first { $0.columns + "LAYERS".count + 3 <= head.width }
    if let text { buffer.write(text, endX: head.maxX - 1, y: head.y, style: Style(.dim)) }
  }

  private static func draw(
    layer index: Int, _ state: RecordedState, in line: Rect, frame: inout PanelFrame,
    on buffer: inout CellBuffer
  ) {
    let layer = state.header.layers[index]
    let isSelected = index == state.layer
    let style = Style(isSelected ? .selected : .text)
    if isSelected { buffer[line.x, line.y] = Cell(state.glyphs.selected, Style(.selected)) }
    buffer[line.x + 1, line.y] = Cell(state.glyphs.teeRight, Style(.frame))
    let sizes = [layer.inputs, layer.units].map { $0.map { NumberText.compact($0) } ?? "?" }
    let size = sizes[0] + ">" + sizes[1]
    let end = line.maxX - 1 - size.columns
    buffer.write(size, x: end, y: line.y, style: Style(.dim))
    frame.mark("size", row: index, at: Rect(x: end, y: line.y, width: size.columns, height: 1))
    let name = ForeignText.shown(layer.title, limit: 200)
    let x = line.x + 3
    let used = buffer.write(
      name.ending(in: max(0, end - 1 - x), ellipsis: state.glyphs.ellipsis), x: x, y: line.y,
      style: style)
    // The kinds stand below each other where names are short.
    let kind = ForeignText.shown(layer.kind, limit: 40)
    let start = max(x + used + 1, line.x + line.width / 2)
    guard start + min(4, kind.columns) < end else { return }
    buffer.write(
      kind.truncated(to: end - 1 - start, ellipsis: state.glyphs.ellipsis), x: start, y: line.y,
      style: Style(.dim))
  }

  private static func draw(
    gap: Int, _ state: RecordedState, in line: Rect, frame: inout PanelFrame,
    on buffer: inout CellBuffer
  ) {
    let shown = state.shown.worstVerdict(ofGap: gap)
    let mark = GapMark(shown)
    buffer[line.x + 1, line.y] = Cell(mark.scalar(state.glyphs), mark.style)
    let isWide = line.width >= 60
    let words = shown.words.truncated(to: isWide ? 24 : 12, ellipsis: state.glyphs.ellipsis)
    func place(_ name: String, from start: Int, to end: Int) {
      frame.mark(
        name, row: gap, at: Rect(x: start, y: line.y, width: end - start, height: 1))
    }
    place("verdict", from: line.x + 1, to: line.x + 3 + words.columns)
    buffer.write(
      words, x: line.x + 3, y: line.y, style: mark == .right ? Style(.text) : mark.style)
    let keep = state.shown.gaps?.keep[gap]
    var x = line.x + (isWide ? 28 : 16)
    if let keep {
      let text = isWide ? "keep " + NumberText.fixed(keep, decimals: 2) : keepText(keep)
      x += buffer.write(text, x: x, y: line.y, style: Style(.text)) + 1
      place("keep", from: x - 1 - text.columns, to: x - 1)
    }
    if isWide, let factor = state.shown.gaps?.factor[gap] {
      let text = "\(state.glyphs.times)\(NumberText.fixed(factor, decimals: 2))"
      x += buffer.write(text, x: x, y: line.y, style: Style(.text)) + 2
      place("factor", from: x - 2 - text.columns, to: x - 2)
    }
    guard let mask = state.shown.look.mask(of: gap) else { return }
    let isCut = mask.marks.count > line.maxX - 1 - x
    let count = max(0, line.maxX - 1 - x - (isCut ? 1 : 0))
    place("mask", from: x, to: x + min(count, mask.marks.count))
    for (offset, mark) in mask.marks.prefix(count).enumerated() {
      buffer[x + offset, line.y] = Cell(mark.scalar(state.glyphs), mark.style)
    }
    if isCut, count > 0 { buffer[x + count, line.y] = Cell(state.glyphs.ellipsis, Style(.dim)) }
  }

  /// A share as `.70`, or as `1.0`.
  private static func keepText(_ keep: Double) -> String {
    let text = NumberText.fixed(keep, decimals: 2)
    return text.hasPrefix("0.")
      ? String(text.dropFirst()) : NumberText.fitted(keep, decimals: 1, width: 3)
  }
}
