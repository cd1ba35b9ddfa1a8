import DropoutMeasure
import TerminalCells

/// Mean and spread of a sum over masks: drawn by the engine, enumerated, and from theory.
struct MomentRows {
  let sums: UnitSums
  let isCurrent: Bool

  /// More where all sums are small; what does not fit is given up.
  private var decimals: Int {
    let range = sums.distribution.range
    return max(range.lowerBound.magnitude, range.upperBound.magnitude) < 0.1 ? 5 : 3
  }

  private typealias Row = (
    place: String, name: String, mean: Double, deviation: Double, style: Style
  )

  private var rows: [Row] {
    let distribution = sums.distribution
    let plain = Style(isCurrent ? .training : .dim)
    var rows: [Row] = []
    if distribution.method == .exact {
      rows.append(
        ("all", "all masks", distribution.mean, distribution.deviation, plain))
    }
    rows.append(
      (
        "drawn", "\(NumberText.grouped(sums.drawn.masks)) drawn", sums.drawn.mean,
        sums.drawn.deviation, plain
      ))
    rows.append(
      (
        "theory", "theory", sums.theory.mean, sums.theory.variance.squareRoot(),
        Style(isCurrent ? .theory : .dim)
      ))
    return rows
  }

  /// The rows that it takes, with its heading.
  var height: Int { rows.count + 1 }

  func draw(in area: Rect, frame: inout PanelFrame, on buffer: inout CellBuffer) {
    guard area.height >= 2 else { return }
    let name = 14
    let width = 9
    func end(_ column: Int) -> Int { area.x + name + (column + 1) * width }
    for (index, title) in ["mean", "spread"].enumerated() {
      buffer.write(title, endX: end(index), y: area.y, style: Style(.dim))
    }
    for (index, row) in rows.enumerated() {
      let y = area.y + 1 + index
      buffer.write(row.name, x: area.x, y: y, style: row.style)
      frame.mark(row.place, at: Rect(x: area.x, y: y, width: end(1) - area.x, height: 1))
      for (column, value) in [row.mean, row.deviation].enumerated() {
        buffer.write(
          NumberText.fitted(value, decimals: decimals, width: width - 1),
          endX: end(column), y: y, style: row.style)
      }
    }
  }
}

extension NumberText {
  /// A sum with two decimals, or two digits where it is small.
  static func compactSum(_ value: Double) -> String {
    value != 0 && value.magnitude < 0.1
      ? significant(value, digits: 2) : fixed(value, decimals: 2)
  }

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
