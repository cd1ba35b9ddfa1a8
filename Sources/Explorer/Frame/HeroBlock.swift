import TerminalCells

/// The one number that a screen is about, in large digits, and its words beside it.
struct HeroBlock: Equatable {
  /// The verdict that its colour gives.
  enum State: Equatable {
    /// Training and testing agree.
    case calm
    /// Training and testing disagree.
    case alarm
    /// A number that is no comparison of both.
    case neutral
  }

  /// The number as it is written, as in `2.00x`.
  var number: String
  /// Its verdict.
  var state: State
  /// Its words, in forms from long to short; a form is wrapped where there is room for its lines.
  var words: [String] = []

  /// Creates a hero.
  init(_ number: String, _ state: State, words: [String] = []) {
    (self.number, self.state, self.words) = (number, state, words)
  }

  /// The style of its number.
  var style: Style {
    switch state {
    case .calm: Style(.calm, bold: true)
    case .alarm: Style(.alarm, bold: true)
    case .neutral: Style(.strong)
    }
  }

  /// Draws the number at the left and returns the cells beside it.
  ///
  /// An area of five rows or more has the larger digits; one of fewer than three rows, or one of
  /// which they would take more than half, has none.
  func drawNumber(in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) -> Rect {
    guard let large = large(in: area, glyphs: glyphs) else { return area }
    large.draw(in: area, style: style, glyphs: glyphs, on: &buffer)
    let beside = area.splitLeft(large.columns(glyphs: glyphs) + 2).rest
    return large.size == .large ? beside.splitLeft(HeroBlock.widestWords).left : beside
  }

  /// The widest line of words that is read with ease.
  static let widestWords = 92

  /// Draws number and words, and returns the cells of the number as the place `hero`.
  func draw(in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) -> [HitRegion] {
    let beside = drawNumber(in: area, glyphs: glyphs, on: &buffer)
    let lines = Sentence.lines(
      of: words, width: beside.width, rows: beside.height, ellipsis: glyphs.ellipsis)
    for (row, line) in lines.enumerated() {
      Sentence.write(line, x: beside.x, y: beside.y + row, on: &buffer)
    }
    return regions(in: area, glyphs: glyphs)
  }

  /// The place `hero`, where the number is drawn; none where there is no room for it.
  func regions(in area: Rect, glyphs: GlyphSet) -> [HitRegion] {
    guard let large = large(in: area, glyphs: glyphs) else { return [] }
    let cells = Rect(
      x: area.x, y: area.y, width: large.columns(glyphs: glyphs), height: large.size.rows)
    return [HitRegion(area: cells, target: .place(.hero))]
  }

  /// The number in the largest digits that leave half of the width to its words.
  private func large(in area: Rect, glyphs: GlyphSet) -> LargeNumber? {
    LargeNumber.Size.allCases.reversed().map { LargeNumber(number, size: $0) }.first {
      $0.size.rows <= area.height && 2 * $0.columns(glyphs: glyphs) <= area.width
    }
  }
}
