import DropoutMeasure
import TerminalCells

/// Mean and standard deviation of a sum: drawn by the engine, enumerated, and from theory; beside
/// them the sums of this step and of the test pass.
struct MomentRows {
  let sums: UnitSums
  let isCurrent: Bool

  /// More where all sums are small; what does not fit is given up.
  private var decimals: Int {
    let range = sums.distribution.range
    return max(range.lowerBound.magnitude, range.upperBound.magnitude) < 0.1 ? 5 : 3
  }

  private typealias Row = (name: String, mean: Double, deviation: Double, style: Style)

  private var rows: [Row] {
    let distribution = sums.distribution
    let plain = Style(isCurrent ? .training : .dim)
    var rows: [Row] = [
      ("drawn \(sums.drawn.masks)", sums.drawn.mean, sums.drawn.deviation, plain)
    ]
    if distribution.method == .exact {
      rows.append(("all masks", distribution.mean, distribution.deviation, plain))
    }
    rows.append(
      (
        "m " + sums.theory.method.name, sums.theory.mean, sums.theory.variance.squareRoot(),
        Style(isCurrent ? .theory : .dim)
      ))
    return rows
  }

  func draw(in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) {
    guard area.height >= 2 else { return }
    let name = 12
    let width = 8
    for (index, title) in ["mean", "sd"].enumerated() {
      buffer.write(
        title, endX: area.x + name + (index + 1) * width, y: area.y, style: Style(.dim))
    }
    for (index, row) in rows.enumerated() {
      let y = area.y + 1 + index
      buffer.write(row.name, x: area.x, y: y, style: row.style)
      for (column, value) in [row.mean, row.deviation].enumerated() {
        buffer.write(
          NumberText.fitted(value, decimals: decimals, width: width - 1),
          endX: area.x + name + (column + 1) * width, y: y, style: row.style)
      }
    }
    let beside = Rect(
      x: area.x + name + 2 * width + 1, y: area.y, width: area.width - name - 2 * width - 1,
      height: area.height)
    drawSums(in: beside, on: &buffer)
  }

  private func drawSums(in area: Rect, on buffer: inout CellBuffer) {
    guard area.width >= 10 else { return }
    let ratio = sums.testSum / sums.theory.mean
    let lines: [(String, String, Style)] = [
      (
        "s" + (area.width >= 14 ? " step" : ""),
        NumberText.fitted(sums.stepSum, decimals: decimals, width: 8), Style(.strong)
      ),
      (
        "t" + (area.width >= 14 ? " test" : ""),
        NumberText.fitted(sums.testSum, decimals: decimals, width: 8), Style(.test, bold: true)
      ),
      (
        area.width >= 14 ? "t / m" : "t/m",
        NumberText.fixed(ratio, decimals: 2) + (ratio.isNaN ? "" : "x"),
        Style(abs(ratio - 1) > 0.005 ? .extra : .text)
      ),
    ]
    for (index, line) in lines.enumerated() {
      let y = area.y + 1 + index
      buffer.write(line.0, x: area.x, y: y, style: line.2)
      buffer.write(line.1, endX: area.x + min(area.width, 16), y: y, style: line.2)
    }
  }
}

extension NumberText {
  /// A whole number with commas between thousands: `1,048,576`.
  static func grouped(_ value: Int) -> String {
    var text = ""
    for (index, digit) in "\(value.magnitude)".reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (value < 0 ? "-" : "") + String(text.reversed())
  }
}
