import TerminalCells

/// A table of sums, a row for each unit: this step's, its mean over masks, that of the test pass,
/// their ratio and a bar of both.
enum SumRows {
  /// The names of the columns, as a place of the screen has them.
  static let names = ["step", "train", "test", "ratio", "bars"]

  /// The columns of numbers: how wide they are and with how many decimals.
  struct Columns {
    var width: Int
    var decimals: Int
    /// The first column of the numbers, counted from the left of the panel.
    var start: Int

    /// Divides a width; the heading `name` stands before the numbers.
    init(panelWidth: Int, name: String) {
      // The bars keep at least 15 columns: what their heading needs.
      if panelWidth >= 84 {
        (width, decimals, start) = (9, 4, 13)
      } else if panelWidth >= 74 {
        (width, decimals, start) = (8, 3, 13)
      } else if panelWidth >= 69 {
        // The first heading has two words.
        (width, decimals, start) = (6, 2, 16)
      } else if panelWidth >= 66 {
        (width, decimals, start) = (6, 2, 13)
      } else {
        (width, decimals, start) = (5, 2, min(13, max(6, name.columns)))
      }
    }

    /// The column behind the last one of number `index`.
    func end(_ index: Int) -> Int { start + (index + 1) * (width + 1) }

    /// The cells of number `index` in a row; those of the bar behind the last number.
    func cells(_ index: Int, in row: Rect) -> Rect {
      index < SumRows.names.count - 1
        ? Rect(x: row.x + end(index) - width, y: row.y, width: width, height: 1)
        : row.inset(left: end(index - 1) + 1)
    }
  }

  /// The sums of one unit.
  struct Row {
    /// The number of the unit.
    var name: String
    /// Under this step's mask; not a number where it was not measured.
    var step: Double
    /// The mean over masks.
    var training: Double
    /// In the test pass.
    var test: Double
    /// Whether it is the selected unit.
    var isSelected: Bool
    /// Whether test sums would be those of training if no unit bent its sum.
    var isScalingRight: Bool
    /// Whether the numbers hold for what is on the screen.
    var isCurrent = true

    /// How both passes compare.
    var agreement: SumAgreement {
      SumAgreement(ratio: test / training, isScalingRight: isScalingRight)
    }
  }

  /// How the test sums of a table differ from its mean training sums, as its bars show it.
  struct Differences: Equatable {
    /// Whether some are larger, or of the other sign.
    var hasExtra = false
    /// Whether some are smaller.
    var hasMissing = false
    /// The role of the parts of the bars that show them.
    var role: Role

    /// Looks at the sums of each unit; pairs that are not finite do not count.
    init(_ sums: some Sequence<(training: Double, test: Double)>, isScalingRight: Bool) {
      role = (isScalingRight ? SumAgreement.bent : .parted).differenceRole
      for (training, test) in sums where training.isFinite && test.isFinite {
        let difference = test.magnitude - training.magnitude
        // Sums whose ratio is written 1.00 do not differ.
        guard difference.magnitude > 0.005 * training.magnitude || training * test < 0 else {
          continue
        }
        if difference > 0 || training * test < 0 { hasExtra = true } else { hasMissing = true }
      }
    }
  }

  /// Draws the heading, behind the name of the layer; the bars' parts have their words there.
  static func drawHeading(
    _ name: String, _ columns: Columns, differences: Differences, in area: Rect,
    glyphs: GlyphSet, on buffer: inout CellBuffer
  ) {
    buffer.write(name, x: area.x, y: area.y, style: Style(.title))
    let step = name.columns + 1 + "this step".columns <= columns.end(0) ? "this step" : "step"
    let headings: [(String, Role)] = [
      (step, .text), ("train", .training), ("test", .test), ("ratio", .text),
    ]
    for (index, heading) in headings.enumerated() {
      buffer.write(
        heading.0, endX: area.x + columns.end(index), y: area.y, style: Style(heading.1))
    }
    let x = area.x + columns.end(3) + 1
    StyledLine.longest(
      of: legends(differences, glyphs), fitting: area.maxX - x
    ).write(x: x, y: area.y, on: &buffer)
  }

  /// The parts of the bars, from long to short.
  private static func legends(_ differences: Differences, _ glyphs: GlyphSet) -> [StyledLine] {
    let bar = String(glyphs.pattern)
    guard differences.hasExtra || differences.hasMissing else {
      return ["train = test", "alike"].map {
        StyledLine([(bar + bar + $0, Style(.training))])
      } + [StyledLine()]
    }
    let parts =
      (differences.hasExtra ? [(String(glyphs.extra), "extra")] : [])
      + (differences.hasMissing ? [(String(glyphs.missing), "missing")] : [])
    func line(_ width: Int, _ ending: String, hasTrain: Bool = true) -> StyledLine {
      func text(_ glyph: String, _ word: String) -> String {
        String(repeating: glyph, count: width) + word
      }
      let words = parts.enumerated().map { index, part in
        let isLast = index + 1 == parts.count
        return (text(part.0, part.1) + (isLast ? ending : " "), Style(differences.role))
      }
      return StyledLine((hasTrain ? [(text(bar, "train "), Style(.training))] : []) + words)
    }
    return [
      line(2, " in test"), line(2, ""), line(1, ""), line(1, "", hasTrain: false), StyledLine(),
    ]
  }

  /// The meaning of the columns in few words, for the row below a table.
  static let glosses = [
    "this step: under its mask; train: mean over masks; ratio: test / train",
    "this step: under its mask; train: mean over masks; ratio: test/train",
  ]

  /// The meaning of the columns whose headings do not say it.
  static let shortGloss = "this step: under its mask; train: mean over masks"

  /// Draws the row of a unit; `scale` is the sum that fills a bar.
  static func draw(
    _ row: Row, _ columns: Columns, scale: Double, in line: Rect, glyphs: GlyphSet,
    on buffer: inout CellBuffer
  ) {
    if row.isSelected {
      buffer[line.x, line.y] = Cell(glyphs.selected, Style(.selected))
    }
    buffer.write(
      row.name, x: line.x + 1, y: line.y, style: Style(row.isSelected ? .selected : .text))
    func style(_ role: Role, bold: Bool = false) -> Style {
      row.isCurrent ? Style(role, bold: bold) : Style(.dim)
    }
    let numbers: [(Double, Style)] = [
      (row.step, style(.text)), (row.training, style(.training)), (row.test, style(.test)),
      // One ratio is the screen's number; a dozen of them stand back.
      (row.test / row.training, row.isSelected ? style(ratioRole(row), bold: true) : Style(.dim)),
    ]
    for (index, number) in numbers.enumerated() {
      let decimals = index == 3 ? 2 : columns.decimals
      buffer.write(
        NumberText.fitted(number.0, decimals: decimals, width: columns.width),
        endX: line.x + columns.end(index), y: line.y, style: number.1)
    }
    let extraRole = (row.isScalingRight ? SumAgreement.bent : .parted).differenceRole
    Bar(
      value: row.training, total: row.test, scale: scale,
      valueRole: row.isCurrent ? .training : .dim, extraRole: row.isCurrent ? extraRole : .dim
    ).draw(
      in: line.inset(left: columns.end(3) + 1), on: &buffer, glyphs: glyphs)
  }

  /// The alarm where both sums disagree.
  private static func ratioRole(_ row: Row) -> Role {
    let ratio = row.test / row.training
    return ratio.isFinite ? row.agreement.role : .dim
  }

  /// The largest magnitude of the sums, rounded up to 1, 2 or 5 times a power of ten, so that the
  /// bars keep their scale while the weights move a little.
  static func barScale(_ sums: some Sequence<Double>) -> Double {
    var largest = 0.0
    for sum in sums where sum.isFinite { largest = max(largest, sum.magnitude) }
    guard largest > 0 else { return 1 }
    var power = 1.0
    while power > largest, power > 1e-30 { power /= 10 }
    while power * 10 <= largest, power < 1e30 { power *= 10 }
    for factor in [1.0, 1.5, 2, 2.5, 3, 4, 5, 6, 8] where power * factor >= largest {
      return power * factor
    }
    return power * 10
  }
}
