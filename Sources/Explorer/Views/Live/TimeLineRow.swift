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
    var marks = marks(glyphs)
    // Where it reaches into the line, it gives way to a mark.
    let reach = first.columns - columns.lowerBound
    let isFree = !marks.contains { mark in
      mark.steps.contains { self.column($0, line).map { $0 < reach } ?? false }
    }
    let hasFirst = isFree && reach <= line.width / 2
    let start = max(0, columns.lowerBound - first.columns)
    if hasFirst { buffer.write(first, x: whole.x + start, y: whole.y, style: Style(.dim)) }
    let head = Set(0..<(hasFirst ? max(0, reach) : 0))
    // A sign that nobody made says nothing without its word: where that finds no room, it goes.
    if words(of: marks, taken: head, in: row, line).contains(where: {
      $0.mark.needsWord && $0.place == nil
    }) {
      marks.removeAll(where: \.needsWord)
    }
    for mark in marks.reversed() {
      for step in mark.steps { put(mark.sign, mark.role, step, line, &buffer) }
    }
    for (mark, place) in words(of: marks, taken: head, in: row, line) {
      if let place { write(mark.word, at: place, in: row, line, on: &buffer) }
    }
  }

  /// A place for a word: its columns, and whether it stands before its mark.
  private struct WordPlace {
    var columns: Range<Int>
    var isBefore: Bool
  }

  /// The marks that are on the line, each with the place of its word; nil where there is no room.
  private func words(
    of marks: [Mark], taken: Set<Int>, in row: Rect, _ line: Rect
  ) -> [(mark: Mark, place: WordPlace?)] {
    var taken = taken
    for mark in marks {
      for column in mark.steps.compactMap({ column($0, line) }) { taken.insert(column) }
    }
    return marks.compactMap { mark in
      guard let last = mark.steps.compactMap({ column($0, line) }).last else { return nil }
      let place = place(of: mark.word, besides: last, in: row, taken)
      if let columns = place?.columns {
        taken.formUnion(max(0, columns.lowerBound - 1)...columns.upperBound)
      }
      return (mark, place)
    }
  }

  /// A sign, its word, and the steps at which it stands.
  private struct Mark {
    /// Whether it is left out where its word finds no room.
    var needsWord = false
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
        needsWord: true, sign: glyphs.isUnicode ? "·" : ".", word: "checkpoint", role: .dim,
        steps: run.checkpoints.map(Double.init)),
    ]
  }

  /// The place of a word behind a mark, else before it, where no other mark or word stands.
  private func place(
    of word: String, besides column: Int, in row: Rect, _ taken: Set<Int>
  ) -> WordPlace? {
    let after = column + 2..<column + 2 + word.columns
    let before = column - 1 - word.columns..<max(column - 1, column - 1 - word.columns)
    // Words may stand behind the line only where nothing of the line is cut off.
    return [WordPlace(columns: after, isBefore: false), WordPlace(columns: before, isBefore: true)]
      .first {
        let columns = $0.columns
        return columns.lowerBound >= 0 && columns.upperBound <= row.width
          && taken.isDisjoint(with: max(0, columns.lowerBound - 1)...columns.upperBound)
      }
  }

  private func write(
    _ word: String, at place: WordPlace, in row: Rect, _ line: Rect, on buffer: inout CellBuffer
  ) {
    let columns = place.columns
    let blank = Rect(
      x: row.x + max(0, columns.lowerBound - 1), y: row.y,
      width: columns.count + (place.isBefore ? 1 : 2), height: 1)
    buffer.fill(blank.intersection(line), with: Cell(" "))
    buffer.write(word, x: row.x + columns.lowerBound, y: row.y, style: Style(.dim))
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
