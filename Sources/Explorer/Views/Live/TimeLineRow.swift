import DropoutEngine
import TerminalCells

/// The run in one row below the curves: checkpoints, changes, where training stands and what lies
/// ahead of it.
struct TimeLineRow {
  /// The run.
  let run: TimelineOutline
  /// The step at which training stands.
  let step: Int
  /// The steps that the curves above show.
  let across: ClosedRange<Double>

  /// The meaning of each sign on the row.
  static func legend(_ glyphs: GlyphSet) -> StyledLine {
    var line = StyledLine()
    for (sign, meaning, role) in signs(glyphs) {
      line.append(sign, Style(role, bold: role == .selected))
      line.append(" \(meaning)  ", Style(.dim))
    }
    return line
  }

  /// The meaning of each sign, for the help.
  static func help(_ glyphs: GlyphSet) -> BoxLine {
    let signs = signs(glyphs).map { "\($0.sign) \($0.meaning)" }.joined(separator: ", ")
    return BoxLine("The line below the losses: \(signs).", Style(.dim))
  }

  private static func signs(
    _ glyphs: GlyphSet
  ) -> [(sign: String, meaning: String, role: Role)] {
    [
      (glyphs.isUnicode ? "●" : "O", "here", .selected),
      (glyphs.isUnicode ? "┼" : "+", "change", .text),
      (glyphs.isUnicode ? "·" : ".", "checkpoint", .dim), ("!", "broke", .error),
    ]
  }

  /// Draws the row; its ends say the steps that they stand for, where there is room.
  func draw(in row: Rect, on buffer: inout CellBuffer, glyphs: GlyphSet) {
    guard !row.isEmpty else { return }
    let first = NumberText.fixed(across.lowerBound, decimals: 0)
    let last = "step " + NumberText.fixed(across.upperBound, decimals: 0)
    buffer.clipped(to: row) { buffer in
      for x in row.x..<row.maxX {
        buffer[x, row.y] = Cell(glyphs.horizontal, Style(.frame))
      }
      for step in run.checkpoints {
        put(glyphs.isUnicode ? "·" : ".", .dim, Double(step), row, &buffer)
      }
      for mark in run.marks {
        put(glyphs.isUnicode ? "┼" : "+", .text, Double(mark.step), row, &buffer)
      }
      if let departure = run.branch.departure {
        put("!", .error, Double(departure.goodStep + 1), row, &buffer)
      }
      if let stop = run.branch.stop { put("!", .error, Double(stop.step), row, &buffer) }
    }
    // The curves are measured a little later than training goes on.
    let shown = min(max(Double(step), across.lowerBound), across.upperBound)
    let place = column(shown, row)
    if row.width >= first.columns + last.columns + 20 {
      // The mark of the present step is drawn before the numbers at the ends.
      if place ?? row.width > first.columns {
        buffer.write(first + " ", x: row.x, y: row.y, style: Style(.dim))
      }
      if place ?? 0 < row.width - last.columns - 1 {
        buffer.write(" " + last, endX: row.maxX, y: row.y, style: Style(.dim))
      }
    }
    buffer.clipped(to: row) { buffer in
      put(glyphs.isUnicode ? "●" : "O", .selected, shown, row, &buffer)
    }
  }

  private func put(
    _ scalar: Unicode.Scalar, _ role: Role, _ step: Double, _ row: Rect, _ buffer: inout CellBuffer
  ) {
    guard let column = column(step, row) else { return }
    buffer[row.x + column, row.y] = Cell(scalar, Style(role, bold: role == .selected))
  }

  /// The column of a step; nil where it is not shown.
  private func column(_ step: Double, _ row: Rect) -> Int? {
    let length = across.upperBound - across.lowerBound
    let share = length > 0 ? (step - across.lowerBound) / length : 0
    guard (0...1).contains(share) else { return nil }
    return Int(drawn: share * Double(row.width - 1), in: 0...max(0, row.width - 1))
  }
}
