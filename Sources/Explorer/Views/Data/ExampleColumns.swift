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
  /// The columns of a prediction.
  let predicted: Int
  /// How many inputs are shown.
  let inputs: Int
  /// The columns of an input, with the gap before it.
  let input: Int
  /// Whether names of inputs stand in two rows.
  private let hasTwoRows: Bool
  /// The columns of the part, with the gaps around it.
  private static let part = 7
  /// The columns of an input: enough for its digits, and for fewer of them.
  private static let inputs = (wide: 9, narrow: 7)

  /// The columns of an input in which most names are whole.
  private static func whole(_ dataset: Dataset) -> Int {
    let longest = dataset.inputNames.prefix(100).map(\.columns).max() ?? 0
    return min(max(longest + 1, inputs.wide), 17)
  }

  /// Divides a width: names stay whole where they leave room for an input, then come the others.
  init(state: ExplorerState, width: Int) {
    self.state = state
    let dataset = state.snapshot.dataset
    index = String(max(0, dataset.count - 1)).count + 1
    let longest = dataset.classNames.prefix(200).map(\.columns).max() ?? 8
    let room = width - index - Self.part
    let count = dataset.image == nil ? dataset.inputCount : 0
    // Long names leave room for one input.
    let half = max(9, (room - 2 - min(count, 1) * Self.inputs.narrow) / 2)
    target = min(max(6, longest), half)
    predicted = min(max(9, longest), half)
    let left = max(0, room - target - 2 - predicted)
    let whole = Self.whole(dataset)
    input =
      left >= whole * count
      ? whole : left < Self.inputs.wide * count ? Self.inputs.narrow : Self.inputs.wide
    // How many are left out is said behind the others, where one of them leaves room for it.
    let rest = left < input * count && left >= input + Self.rest ? Self.rest : 0
    inputs = min(count, max(0, left - rest) / input)
    let names = dataset.inputNames.prefix(inputs)
    let width = input - 1
    hasTwoRows = names.contains { name in
      name.columns > width && Self.split(name, columns: width) != nil
    }
  }

  /// The columns of the number of inputs that are left out.
  private static let rest = 3

  /// The rows of the heading: two where long names have two words.
  var headingRows: Int { hasTwoRows ? 2 : 1 }

  /// A name in two rows, cut between its words; nil where it has no two words that fit.
  private static func split(_ name: String, columns: Int) -> (upper: String, lower: String)? {
    for index in name.indices where "_- .".contains(name[index]) && index != name.startIndex {
      let (upper, lower) = (String(name[..<index]), String(name[name.index(after: index)...]))
      if !lower.isEmpty, upper.columns <= columns, lower.columns <= columns {
        return (upper, lower)
      }
    }
    return nil
  }

  /// The columns in which nothing is left out.
  static func wanted(_ state: ExplorerState) -> Int {
    let dataset = state.snapshot.dataset
    let longest = dataset.classNames.prefix(200).map(\.columns).max() ?? 8
    let names = max(6, longest) + 2 + max(9, longest)
    let count = dataset.image == nil ? dataset.inputCount : 0
    return String(max(0, dataset.count - 1)).count + 1 + part + names + whole(dataset) * count
  }

  /// A number of a quantity whose figures are known, with the decimals that all its numbers have:
  /// four digits of the largest one, as far as the columns go.
  static func number(
    _ value: Double, of range: DatasetSummary.Range?, columns: Int = 8
  ) -> String {
    let largest = range.map { max($0.minimum.magnitude, $0.maximum.magnitude) } ?? .nan
    guard let decimals = Self.decimals(ofLargest: largest, columns: columns), value.isFinite else {
      return number(value, columns: columns)
    }
    let text = NumberText.fitted(value, decimals: decimals, width: columns)
    return String(text.drop { $0 == " " })
  }

  /// The decimals that leave a largest number four digits within some columns; nil where that hides
  /// it or is too much.
  static func decimals(ofLargest largest: Double, columns: Int) -> Int? {
    guard largest.isFinite, (0.1..<10_000).contains(largest) else { return nil }
    let whole = largest < 10 ? 1 : largest < 100 ? 2 : largest < 1_000 ? 3 : 4
    // A sign and a point take columns, too.
    return max(0, min(4 - whole, columns - whole - 2))
  }

  /// A number in at most some columns.
  static func number(_ value: Double, columns: Int = 8) -> String {
    let text = NumberText.significant(value, digits: 4)
    return text.count <= columns ? text : NumberText.fitted(value, decimals: 2, width: columns)
  }

  private func starts(_ line: Rect) -> (part: Int, target: Int, predicted: Int, inputs: Int) {
    let part = line.x + index + 1
    let first = line.x + index + Self.part
    let second = first + target + 2
    return (part, first, second, second + predicted)
  }

  /// The cells of a row that have names: target, prediction, and each input.
  func places(in line: Rect) -> [(name: String, cells: Rect)] {
    let starts = starts(line)
    func cells(_ x: Int, _ width: Int) -> Rect {
      Rect(x: x, y: line.y, width: width, height: 1).intersection(line)
    }
    return [
      ("target", cells(starts.target, target)), ("tested as", cells(starts.predicted, predicted)),
    ]
      + (0..<inputs).map { input in
        let start = starts.inputs + input * self.input + 1
        return ("input \(input + 1)", cells(start, self.input - 1))
      }
  }

  /// Draws what the columns are called, in the first rows of a table.
  func drawHeading(in table: Rect, glyphs: GlyphSet, on buffer: inout CellBuffer) {
    let line = table.row(headingRows - 1)
    let starts = starts(line)
    buffer.clipped(to: table.splitTop(headingRows).0) { buffer in
      buffer.write("#", endX: line.x + index, y: line.y, style: Style(.dim))
      buffer.write("part", x: starts.part, y: line.y, style: Style(.dim))
      buffer.write("target", x: starts.target, y: line.y, style: Style(.dim))
      buffer.write(
        "tested as", x: starts.predicted, y: line.y,
        style: Style(.test))
      for input in 0..<inputs {
        let name = state.snapshot.dataset.inputNames[input]
        let end = starts.inputs + (input + 1) * self.input
        let room = self.input - 1
        if name.columns > room, let parts = Self.split(name, columns: room) {
          buffer.write(parts.upper, endX: end, y: line.y - 1, style: Style(.dim))
          buffer.write(parts.lower, endX: end, y: line.y, style: Style(.dim))
        } else {
          buffer.write(
            name.truncated(to: room, ellipsis: glyphs.ellipsis), endX: end, y: line.y,
            style: Style(.dim))
        }
      }
      let rest = state.snapshot.dataset.inputCount - inputs
      if rest > 0, inputs > 0 {
        let x = starts.inputs + inputs * input + 1
        let text = "+\(rest)"
        if x + text.count <= line.maxX {
          buffer.write(text, x: x, y: line.y, style: Style(.dim))
        } else if hasTwoRows {
          // Before the names, in their upper row, nothing else stands.
          buffer.write(
            "\(inputs) of \(inputs + rest) inputs:", endX: starts.inputs, y: line.y - 1,
            style: Style(.dim))
        }
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
          predicted.truncated(to: self.predicted, ellipsis: glyphs.ellipsis),
          x: starts.predicted, y: line.y, style: style)
      }
      for input in 0..<inputs {
        let value = state.snapshot.dataset.rawInput(input, of: row.example)
        buffer.write(
          ExampleColumns.number(
            value, of: state.snapshot.summary.inputs[input], columns: min(8, self.input - 1)),
          endX: starts.inputs + (input + 1) * self.input, y: line.y)
      }
    }
  }
}
