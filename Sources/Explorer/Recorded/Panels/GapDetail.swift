import DropoutEngine
import Recordings
import TerminalCells

/// The gap in front of the selected layer in numbers, below the layers where there is room.
enum GapDetail {
  /// The rows that it needs.
  static let rows = 7

  static func draw(
    _ state: RecordedState, in area: Rect, frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let gap = state.layer
    let (rule, body) = area.splitTop(1)
    buffer.fill(rule, with: Cell(state.glyphs.horizontal, Style(.frame)))
    let verdict = state.shown.verdict(ofGap: gap)
    let mark = GapMark(verdict)
    func write(_ row: Int, _ parts: [(String, Style)]) {
      StyledLine(parts).write(x: body.x + 1, y: body.y + row, on: &buffer)
    }
    let name = ForeignText.shown(state.selectedLayer?.title ?? "", limit: 200)
    write(
      0,
      [
        ("GAP", Style(.title)), (" before ", Style(.dim)),
        (name.ending(in: max(0, body.width - 13), ellipsis: state.glyphs.ellipsis), Style(.text)),
      ])
    write(
      1, [("\(mark.scalar(state.glyphs)) ", mark.style), (verdict.words, verdictStyle(mark))])
    guard let gaps = state.shown.gaps, let keep = gaps.keep[gap], let factor = gaps.factor[gap]
    else { return }
    let error = gaps.error[gap].map {
      " \(state.glyphs.plusMinus) \(NumberText.significant($0, digits: 2))"
    }
    for (row, name) in ["verdict", "keep", "factor", "product", "test / train"].enumerated() {
      frame.mark(name, row: gap, at: body.row(row + 1).inset(left: 1))
    }
    let draws = gaps.draws[gap].map { " in \(NumberText.compact($0)) draws" } ?? ""
    write(
      2,
      [
        ("keep    ", Style(.dim)), (fixed(keep), Style(.strong)),
        ((error ?? "") + draws, Style(.dim)),
      ])
    write(3, [("factor  ", Style(.dim)), (fixed(factor), Style(.strong))])
    write(
      4,
      [
        ("product ", Style(.dim)), (fixed(keep * factor), Style(.strong)),
        ("  1 is right", Style(.dim)),
      ])
    write(
      5,
      [
        ("test / train ", Style(.dim)),
        (fixed(1 / (keep * factor)), mark == .wrong ? Style(.extra) : Style(.strong)),
      ])
  }

  private static func verdictStyle(_ mark: GapMark) -> Style {
    mark == .right || mark == .nothing ? Style(.text) : mark.style
  }

  private static func fixed(_ value: Double) -> String { NumberText.fixed(value, decimals: 3) }
}
