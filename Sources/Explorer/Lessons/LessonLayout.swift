import TerminalCells

/// A place on the screen for the text of a lesson: where it covers nothing of what it speaks of.
struct LessonLayout: Equatable {
  /// The cells of the box, with its frame.
  var area: Rect
  /// The rows of text that there is room for.
  var rows: Int
  /// Whether it covers something that must stay in sight, since there is no other place.
  var covers = false

  /// The columns of frame and margin.
  static let margin = 4
  /// The rows of the frame and the hint.
  static let frame = 3
  /// The widths of text that are tried.
  static let widths = [76, 68, 60, 52, 46, 40, 34, 28, 24]
  /// Those of them that are read with ease.
  static let readWidths = [76, 68, 60]
  /// The fewest rows of text that are worth a page.
  private static let fewest = 2

  /// Finds a place in a body.
  ///
  /// - Parameters:
  ///   - body: the cells that it may stand on.
  ///   - shown: the cells that must stay in sight.
  ///   - height: the rows of the text at a width.
  init(in body: Rect, sparing shown: ShownCells, height: (_ width: Int) -> Int) {
    let widths = LessonLayout.widths.filter { $0 + LessonLayout.margin <= body.width }
    func isFree(_ area: Rect) -> Bool { shown.count(in: area) == 0 }
    if let whole = LessonLayout(
      wholeIn: body, sparing: shown, widths: LessonLayout.widths, height: height)
    {
      self = whole
      return
    }
    var best: LessonLayout?
    for width in widths {
      for rows in stride(from: height(width) - 1, through: LessonLayout.fewest, by: -1) {
        guard rows * width > (best.map { $0.rows * ($0.area.width - LessonLayout.margin) } ?? 0)
        else { break }
        guard
          let area = LessonLayout.places(
            width: width + LessonLayout.margin, height: rows + LessonLayout.frame, in: body
          ).first(where: isFree)
        else { continue }
        best = LessonLayout(area: area, rows: rows)
        break
      }
    }
    if let best {
      self = best
      return
    }
    // Everything is spoken of: the lowest rows give way.
    let width = max(0, min(body.width, 76 + LessonLayout.margin))
    let rows = max(0, min(height(max(1, width - LessonLayout.margin)), body.height / 2))
    let tall = min(body.height, rows + LessonLayout.frame)
    self.init(
      area: Rect(
        x: body.x + (body.width - width) / 2, y: body.maxY - tall, width: width, height: tall),
      rows: rows, covers: true)
  }

  /// Finds a place for the whole text; nil where there is none that covers nothing of what must
  /// stay in sight.
  init?(
    wholeIn body: Rect, sparing shown: ShownCells, widths: [Int] = LessonLayout.readWidths,
    height: (_ width: Int) -> Int
  ) {
    for width in widths where width + LessonLayout.margin <= body.width {
      let rows = height(width)
      if let area = LessonLayout.place(
        width: width + LessonLayout.margin, height: rows + LessonLayout.frame, in: body,
        sparing: shown)
      {
        self.init(area: area, rows: rows)
        return
      }
    }
    return nil
  }

  /// The first place of a box of a size that covers nothing of what must stay in sight; nil where
  /// there is none.
  static func place(width: Int, height: Int, in body: Rect, sparing shown: ShownCells) -> Rect? {
    places(width: width, height: height, in: body).first { shown.count(in: $0) == 0 }
  }

  private init(area: Rect, rows: Int, covers: Bool = false) {
    (self.area, self.rows, self.covers) = (area, rows, covers)
  }

  /// The places of a box of a size, from the lower edge up: in the middle, at the right, at the
  /// left.
  private static func places(width: Int, height: Int, in body: Rect) -> [Rect] {
    guard height <= body.height, width <= body.width else { return [] }
    // Beside curves there may be room between their left and their right end.
    let columns = [body.x + (body.width - width) / 2, body.maxX - width, body.x]
    let others = stride(from: body.x, through: body.maxX - width, by: 4)
    return stride(from: body.maxY - height, through: body.y, by: -1).flatMap { y in
      (columns + others).map { Rect(x: $0, y: y, width: width, height: height) }
    }
  }
}
