extension Histogram {
  /// A mark with the words that find room, and the row of words that it has.
  struct PlacedMark: Equatable {
    var index: Int
    var column: Int
    var text: String
    /// The first column of the words.
    var start: Int
    /// The row, counted from the lowest one up; nil where the words find no room.
    var level: Int?

    /// The columns of the words.
    var columns: Range<Int> { start..<start + text.columns }
  }

  /// The most rows of words.
  private static func mostRows(_ height: Int) -> Int {
    height >= 20 ? 5 : height >= 14 ? 4 : height >= 9 ? 3 : height >= 6 ? 2 : height >= 3 ? 1 : 0
  }

  /// The rows of the words above the columns.
  ///
  /// No words lie on others, and no line goes through words. Where rows are too few, words are
  /// shortened, then given up with their marks: those of a mark only where all before it have none
  /// and that is not enough.
  func markWords(
    _ range: ClosedRange<Double>, in area: Rect, columns: [Range<Int>]
  ) -> (rows: Int, marks: [PlacedMark]) {
    let most = Self.mostRows(area.height)
    let shown: [(index: Int, column: Int)] = marks.indices.compactMap { index in
      bin(of: marks[index].value, in: range, count: area.width).map { (index, $0) }
    }
    guard most > 0, !shown.isEmpty else {
      return (0, shown.map { PlacedMark(index: $0.index, column: $0.column, text: "", start: 0) })
    }
    let forms = marks.map(\.words.count).max() ?? 0
    // A set bit is a mark without words; the last marks keep theirs longest.
    let silences = 0..<1 << min(shown.count, 6)
    // A set bit is a mark with its words to the left; few of them first.
    let sides = (0..<1 << min(shown.count, 3)).sorted {
      ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1)
    }
    for silent in silences {
      for (form, left) in (0..<max(1, forms)).flatMap({ form in sides.map { (form, $0) } }) {
        let placed = shown.enumerated().map { place, mark in
          let words = marks[mark.index].words
          let text =
            silent >> place & 1 == 1 || words.isEmpty ? "" : words[min(form, words.count - 1)]
          // Beside its line: to the right, or to the left where that makes room.
          let isLeft = left >> place & 1 == 1 && mark.column >= text.columns
          let start =
            !isLeft && mark.column + 1 + text.columns <= area.width
            ? mark.column + 1 : max(0, mark.column - text.columns)
          return PlacedMark(index: mark.index, column: mark.column, text: text, start: start)
        }
        guard let levels = Self.levels(of: placed.filter { !$0.text.isEmpty }, rows: most),
          placed.allSatisfy({ $0.text.columns <= area.width })
        else { continue }
        let found = zip(placed.filter { !$0.text.isEmpty }, levels).map { mark, level in
          var mark = mark
          mark.level = level
          return mark
        }
        return ((levels.max() ?? -1) + 1, found)
      }
    }
    return (0, [])
  }

  /// The lowest rows in which words do not meet; nil where there are too few rows.
  private static func levels(of marks: [PlacedMark], rows: Int) -> [Int]? {
    var best: [Int]?
    var levels: [Int] = []
    func meets(_ one: PlacedMark, _ first: Int, _ other: PlacedMark, _ second: Int) -> Bool {
      if first == second {
        return one.start < other.columns.upperBound + 1 && other.start < one.columns.upperBound + 1
      }
      let (upper, lower) = first > second ? (one, other) : (other, one)
      return lower.columns.contains(upper.column)
    }
    func place(_ index: Int) {
      guard index < marks.count else {
        func cost(_ levels: [Int]) -> Int { (levels.max() ?? 0) * 100 + levels.reduce(0, +) }
        if best.map({ cost(levels) < cost($0) }) ?? true { best = levels }
        return
      }
      for level in 0..<rows {
        let isFree = levels.indices.allSatisfy {
          !meets(marks[$0], levels[$0], marks[index], level)
        }
        guard isFree else { continue }
        levels.append(level)
        place(index + 1)
        levels.removeLast()
      }
    }
    place(0)
    return best
  }

  /// Draws words and lines, over the columns where these are wider than a line; returns their
  /// cells.
  func drawMarks(
    _ placed: [PlacedMark], tops: [Int], hidesColumns: Bool, in area: Rect, _ body: Rect,
    on buffer: inout CellBuffer, glyphs: GlyphSet
  ) -> [DrawnMark] {
    // In a single row a line would hide the column.
    guard body.height > 1 else { return [] }
    return placed.map { mark in
      let role = marks[mark.index].role
      let x = area.x + mark.column
      let wordsY = mark.level.map { body.y - 1 - $0 }
      let top = wordsY ?? body.y
      let end = max(top, hidesColumns ? body.maxY - tops[mark.column] : body.maxY)
      for y in top..<end {
        // The top of a column stays, since a line through it would change its height.
        if glyphs.risingEighths.contains(buffer[x, y].scalar) { continue }
        let isOnColumn = body.maxY - y <= tops[mark.column]
        buffer[x, y] = Cell(
          glyphs.vertical, isOnColumn ? Style(role, on: self.role, bold: true) : Style(role))
      }
      if let wordsY {
        buffer.write(
          mark.text, x: area.x + mark.start, y: wordsY, style: Style(role, bold: true))
      }
      let words = Rect(
        x: area.x + mark.start, y: wordsY ?? top, width: wordsY == nil ? 0 : mark.text.columns,
        height: 1)
      return DrawnMark(
        index: mark.index, words: words,
        line: Rect(x: x, y: top, width: 1, height: end - top))
    }
  }
}
