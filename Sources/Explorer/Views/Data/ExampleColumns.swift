import DropoutEngine
import TerminalCells

/// The columns of the list of examples: index, part, target, prediction, and the inputs that fit.
struct ExampleColumns {
  /// The state that is drawn.
  let state: ExplorerState
  /// The columns of the index with its mark.
  let index: Int
  /// The columns of a class or a target.
  let target: Int
  /// How many inputs are shown.
  let inputs: Int
  /// The columns of an input, with the gap before it.
  static let input = 9

  /// Divides a width.
  init(state: ExplorerState, width: Int) {
    self.state = state
    let dataset = state.snapshot.dataset
    index = String(max(0, dataset.count - 1)).count + 1
    let longest = dataset.classNames.prefix(200).map(\.columns).max() ?? 8
    let narrow = min(max(9, longest), max(9, width / 6))
    let left = width - index - 6 - 2 * (narrow + 2)
    inputs =
      dataset.image == nil
      ? min(dataset.inputCount, max(0, left / ExampleColumns.input)) : 0
    // Names have the room in which no input finds place.
    let spare = max(0, left - inputs * ExampleColumns.input) / 2
    target = min(max(narrow, longest), narrow + spare)
  }

  /// A number in at most eight columns.
  static func number(_ value: Double) -> String {
    let text = NumberText.significant(value, digits: 4)
    return text.count <= 8 ? text : NumberText.fitted(value, decimals: 2, width: 8)
  }

  private func starts(_ line: Rect) -> (part: Int, target: Int, predicted: Int, inputs: Int) {
    let part = line.x + index + 1
    let first = part + 6
    let second = first + target + 2
    return (part, first, second, second + target)
  }

  /// The cells of a row that have names: target, prediction, and each input.
  func places(in line: Rect) -> [(name: String, cells: Rect)] {
    let starts = starts(line)
    func cells(_ x: Int, _ width: Int) -> Rect {
      Rect(x: x, y: line.y, width: width, height: 1).intersection(line)
    }
    return [
      ("target", cells(starts.target, target)), ("tested as", cells(starts.predicted, target)),
    ]
      + (0..<inputs).map { input in
        let end = starts.inputs + (input + 1) * ExampleColumns.input
        return (
          "input \(input + 1)",
          cells(end - ExampleColumns.input + 1, ExampleColumns.input - 1)
        )
      }
  }

  /// Draws what the columns are called.
  func drawHeading(in line: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) {
    let starts = starts(line)
    buffer.clipped(to: line) { buffer in
      buffer.write("#", endX: line.x + index, y: line.y, style: Style(.dim))
      buffer.write("part", x: starts.part, y: line.y, style: Style(.dim))
      buffer.write("target", x: starts.target, y: line.y, style: Style(.dim))
      buffer.write(
        "tested as", x: starts.predicted, y: line.y,
        style: Style(.test))
      for input in 0..<inputs {
        let name = state.snapshot.dataset.inputNames[input]
        buffer.write(
          name.truncated(to: 8, ellipsis: glyphs.ellipsis),
          endX: starts.inputs + (input + 1) * ExampleColumns.input, y: line.y, style: Style(.dim))
      }
      let rest = state.snapshot.dataset.inputCount - inputs
      if rest > 0, inputs > 0 {
        let x = starts.inputs + inputs * ExampleColumns.input + 1
        let text = "+\(rest)"
        if x + text.count <= line.maxX { buffer.write(text, x: x, y: line.y, style: Style(.dim)) }
      }
    }
  }

  /// Draws one example.
  func draw(_ row: ExampleList.Row, in line: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) {
    let starts = starts(line)
    let isCurrent = state.snapshot.isCurrent(state.snapshot.measured.examples)
    buffer.clipped(to: line) { buffer in
      if row.isWatched { buffer[line.x, line.y] = Cell(glyphs.selected, Style(.selected)) }
      buffer.write(
        "\(row.example)", endX: line.x + index, y: line.y,
        style: Style(row.isWatched ? .selected : .text))
      buffer.write(
        row.isTest ? "test" : "train", x: starts.part, y: line.y,
        style: Style(row.isTest ? .test : .training))
      buffer.write(
        row.target.truncated(to: target, ellipsis: glyphs.ellipsis), x: starts.target, y: line.y)
      if let predicted = row.predicted {
        if row.isWrong {
          buffer[starts.predicted - 1, line.y] = Cell("!", Style(.strong))
        }
        let style = Style(!isCurrent ? .dim : row.isWrong ? .strong : .text)
        buffer.write(
          predicted.truncated(to: target, ellipsis: glyphs.ellipsis), x: starts.predicted,
          y: line.y, style: style)
      }
      for input in 0..<inputs {
        let value = state.snapshot.dataset.rawInput(input, of: row.example)
        buffer.write(
          ExampleColumns.number(value), endX: starts.inputs + (input + 1) * ExampleColumns.input,
          y: line.y)
      }
    }
  }
}
