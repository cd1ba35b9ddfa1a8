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

  /// The meaning of each sign, for the help.
  static func help(_ glyphs: GlyphSet) -> BoxLine {
    let signs = signs(glyphs).map { "\($0.sign) \($0.meaning)" }.joined(separator: ", ")
    return BoxLine("The line below the losses: \(signs).", Style(.dim))
  }

  private static func signs(
    _ glyphs: GlyphSet
  ) -> [(sign: String, meaning: String, role: Role)] {
    [
      (glyphs.isUnicode ? "●" : "O", "now", .selected),
      (glyphs.isUnicode ? "┼" : "+", "change", .text),
      (glyphs.isUnicode ? "·" : ".", "checkpoint", .dim), ("!", "broke", .error),
    ]
  }

  /// Draws the row below curves in some columns; each mark carries its word beside it, and the
  /// words of the present step may stand behind the curves.
  ///
  /// The row begins with the word "step" and the first step, since a number alone would be one of
  /// the heights above it.
  func draw(
    in whole: Rect, curves columns: Range<Int>, on buffer: inout CellBuffer, glyphs: GlyphSet
  ) {
    let row = whole.inset(left: columns.lowerBound)
    let line = row.splitLeft(columns.count).left
    guard !line.isEmpty else { return }
    buffer.fill(line, with: Cell(glyphs.horizontal, Style(.frame)))
    let first = "step \(NumberText.fixed(across.lowerBound, decimals: 0)) "
    let marks = marks(glyphs)
    // Where it reaches into the line, it gives way to a mark.
    let reach = first.columns - columns.lowerBound
    let isFree = !marks.contains { mark in
      mark.steps.contains { self.column($0, line).map { $0 < reach } ?? false }
    }
    let hasFirst = isFree && reach <= line.width / 2
    let start = max(0, columns.lowerBound - first.columns)
    if hasFirst { buffer.write(first, x: whole.x + start, y: whole.y, style: Style(.dim)) }
    for mark in marks.reversed() {
      for step in mark.steps { put(mark.sign, mark.role, step, line, &buffer) }
    }
    var taken = Set(0..<(hasFirst ? max(0, reach) : 0))
    for mark in marks {
      for column in mark.steps.compactMap({ self.column($0, line) }) { taken.insert(column) }
    }
    for mark in marks {
      guard let last = mark.steps.compactMap({ column($0, line) }).last else { continue }
      write(mark.word, besides: last, in: row, curves: line.width, &taken, on: &buffer)
    }
  }

  /// A sign, its word, and the steps at which it stands.
  private struct Mark {
    var sign: Unicode.Scalar
    var word: String
    var role: Role
    var steps: [Double]
  }

  /// The marks, the most important first.
  private func marks(_ glyphs: GlyphSet) -> [Mark] {
    // The curves are measured a little later than training goes on.
    let shown = min(max(Double(step), across.lowerBound), across.upperBound)
    let broken = [run.branch.departure.map { $0.goodStep + 1 }, run.branch.stop?.step]
    return [
      Mark(sign: glyphs.isUnicode ? "●" : "O", word: "now", role: .selected, steps: [shown]),
      Mark(
        sign: "!", word: "broke", role: .error, steps: broken.compactMap { $0.map(Double.init) }),
      Mark(
        sign: glyphs.isUnicode ? "┼" : "+", word: "change", role: .text,
        steps: run.marks.map { Double($0.step) }),
      Mark(
        sign: glyphs.isUnicode ? "·" : ".", word: "checkpoint", role: .dim,
        steps: run.checkpoints.map(Double.init)),
    ]
  }

  /// Writes a word behind a mark, else before it, where no other mark or word stands.
  private func write(
    _ word: String, besides column: Int, in row: Rect, curves width: Int, _ taken: inout Set<Int>,
    on buffer: inout CellBuffer
  ) {
    let after = column + 2..<column + 2 + word.columns
    let before = column - 1 - word.columns..<max(column - 1, column - 1 - word.columns)
    // Words may stand behind the line only where nothing of the line is cut off.
    for place in [after, before]
    where place.lowerBound >= 0 && place.upperBound <= row.width
      && taken.isDisjoint(with: max(0, place.lowerBound - 1)...place.upperBound)
    {
      let blank = Rect(
        x: row.x + max(0, place.lowerBound - 1), y: row.y,
        width: place.count + (place == before ? 1 : 2), height: 1)
      buffer.fill(
        blank.intersection(Rect(x: row.x, y: row.y, width: width, height: 1)), with: Cell(" "))
      buffer.write(word, x: row.x + place.lowerBound, y: row.y, style: Style(.dim))
      taken.formUnion(max(0, place.lowerBound - 1)...place.upperBound)
      return
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
