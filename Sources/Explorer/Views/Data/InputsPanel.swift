import DropoutEngine
import TerminalCells

extension Panel {
  /// The list of inputs with their ranges.
  public static let inputs = Panel(
    "inputs", minimum: ScreenSize(columns: 10, rows: 2), draw: InputsPanel.draw,
    formulas: DataFormulas.lines, explain: DataExplanations.inputs)
}

/// The inputs of the dataset with their figures over the training part, as they were read.
enum InputsPanel {
  /// The number of inputs that can be scrolled through.
  static func rowCount(_ state: ExplorerState) -> Int {
    state.snapshot.summary.inputs.count
  }

  /// The names of the columns.
  static let names = ["min", "mean", "max", "spread"]

  /// The columns of a number, with the gap before it.
  private static let number = 9

  /// Draws the heading and a row for each input that fits.
  static func draw(
    _ state: ExplorerState, in frame: inout PanelFrame, on buffer: inout CellBuffer
  ) {
    let inputs = state.snapshot.summary.inputs
    let places = ScrolledRows(
      count: inputs.count, room: frame.area.height - 2, scroll: state.scroll[.inputs] ?? 0)
    let longest = inputs[places.shown].map(\.name.columns).max() ?? 0
    // In a narrow panel, too, most names stay whole beside two figures.
    let width = frame.area.width
    let name = min(max(longest, 5), max(6, width / 3, min(width - 2 * number, 14)))
    let shown = min(4, max(0, (frame.area.width - name) / number))
    let bar = frame.area.inset(left: name + shown * number + 2)
    let title = ("INPUTS", Style(.title))
    let range = [("  " + (places.text ?? "\(inputs.count)"), Style(.dim))]
    let scaling = DataSentence.scaling(state).isEmpty ? "" : ", before scaling"
    let notes = ["  of the training part" + scaling, "  training part" + scaling]
    frame.heading(
      notes.map { StyledLine([title] + range + [($0, Style(.dim))]) }
        + [
          StyledLine([title, (scaling.isEmpty ? "" : "  before scaling", Style(.dim))]),
          StyledLine([title] + range), StyledLine([title]),
        ], on: &buffer)
    for (index, text) in InputsPanel.names.prefix(shown).enumerated() {
      buffer.write(
        text, endX: frame.area.x + name + (index + 1) * number, y: frame.area.y + 1,
        style: Style(.dim))
    }
    if bar.width >= 9 {
      StyledLine.longest(
        of: [
          StyledLine([
            ("mean", Style(.strong)), (" and spread in the range", Style(.dim)),
          ]), StyledLine([("mean", Style(.strong)), (", spread", Style(.dim))]),
          StyledLine([("mean", Style(.strong))]),
        ], fitting: bar.width
      ).write(x: bar.x, y: frame.area.y + 1, on: &buffer)
    }
    let decimals = Self.decimals(of: inputs)
    for (index, input) in inputs[places.shown].enumerated() {
      let y = frame.area.y + 2 + index
      buffer.write(
        input.name.truncated(to: name, ellipsis: frame.glyphs.ellipsis), x: frame.area.x, y: y)
      let values = [
        Double(input.minimum), input.mean, Double(input.maximum), input.standardDeviation,
      ]
      for (column, value) in values.prefix(shown).enumerated() {
        let text = text(of: value, decimals: decimals)
        let end = frame.area.x + name + (column + 1) * number
        buffer.write(text, endX: end, y: y, style: Style(input.isConstant ? .dim : .text))
        frame.mark(
          names[column], row: places.shown.lowerBound + index,
          at: Rect(x: end - text.columns, y: y, width: text.columns, height: 1))
      }
      if input.isConstant {
        buffer.write("constant", x: bar.x, y: y, style: Style(.warning))
      } else if bar.width >= 9 {
        RangeBar(input).draw(
          in: Rect(x: bar.x, y: y, width: min(bar.width, 21), height: 1), glyphs: frame.glyphs,
          on: &buffer)
      }
    }
  }

  /// The decimals that the figures of all inputs have; nil where they are of too different sizes
  /// for that.
  static func decimals(of ranges: [DatasetSummary.Range]) -> Int? {
    let sizes = ranges.filter { !$0.isConstant }.map {
      max($0.minimum.magnitude, $0.maximum.magnitude)
    }
    guard let largest = sizes.max(), let smallest = sizes.min(), smallest * 50 >= largest else {
      return nil
    }
    return ExampleColumns.decimals(ofLargest: largest, columns: number - 1)
  }

  /// A figure in at most eight columns; with the decimals of the others, where they have the same.
  static func text(of value: Double, decimals: Int? = nil) -> String {
    if let decimals {
      let text = NumberText.fitted(value, decimals: decimals, width: number - 1)
      return String(text.drop { $0 == " " })
    }
    let text = NumberText.significant(value, digits: 4)
    return text.count < number ? text : NumberText.fitted(value, decimals: 2, width: number - 1)
  }
}

/// Where mean and standard deviation of a quantity lie within its range.
struct RangeBar: Equatable {
  /// Where the mean lies, 0 the minimum and 1 the maximum.
  let mean: Double
  /// The standard deviation as a share of the range.
  let deviation: Double

  /// Creates the bar of an input or a target.
  init(_ range: DatasetSummary.Range) {
    let length = Double(range.maximum) - Double(range.minimum)
    mean = length > 0 ? (range.mean - Double(range.minimum)) / length : .nan
    deviation = length > 0 ? range.standardDeviation / length : .nan
  }

  /// Draws the range as a line, a standard deviation on both sides of the mean as a bar, and the
  /// mean.
  func draw(in area: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) {
    guard area.width >= 3, area.height >= 1, mean.isFinite, deviation.isFinite else { return }
    func column(_ share: Double) -> Int {
      area.x + Int(drawn: share * Double(area.width - 1), in: 0...area.width - 1)
    }
    for x in area.x..<area.maxX {
      buffer[x, area.y] = Cell(glyphs.horizontal, Style(.frame))
    }
    for x in column(mean - deviation)...max(column(mean - deviation), column(mean + deviation)) {
      buffer[x, area.y] = Cell(glyphs.thinBar, Style(.text))
    }
    buffer[column(mean), area.y] = Cell(glyphs.kept, Style(.strong))
  }
}
