import TerminalCells

/// One line of text whose parts are drawn differently, such as a heading with its legend.
struct StyledLine: Equatable {
  /// One part of the line.
  struct Part: Equatable {
    /// The text.
    var text: String
    /// Its style.
    var style: Style
  }

  /// The parts, from left to right, with nothing between them.
  var parts: [Part]
  /// The parameter whose value it shows; nil is none.
  var parameter: String?

  /// Creates a line.
  init(_ parts: [(String, Style)] = []) {
    self.parts = parts.map { Part(text: $0.0, style: $0.1) }
  }

  /// The same line as the value of a parameter, which can be asked about.
  func showing(_ parameter: String) -> StyledLine {
    var line = self
    line.parameter = parameter
    return line
  }

  /// The columns that it takes.
  var columns: Int { parts.reduce(0) { $0 + $1.text.columns } }

  /// Adds a part at the end.
  mutating func append(_ text: String, _ style: Style) {
    parts.append(Part(text: text, style: style))
  }

  /// Writes the line and says how many columns it took.
  @discardableResult
  func write(x: Int, y: Int, on buffer: inout CellBuffer) -> Int {
    parts.reduce(0) { used, part in
      used + buffer.write(part.text, x: x + used, y: y, style: part.style)
    }
  }

  /// The first of several wordings of a hint that fits a width; nothing where none does, since half
  /// a hint is none.
  static func hint(_ wordings: [String], fitting width: Int) -> StyledLine {
    StyledLine([(wordings.first { $0.columns <= width } ?? "", Style(.dim))])
  }

  /// The first of several wordings that fits a width; the last one where none does.
  static func longest(of wordings: [StyledLine], fitting width: Int) -> StyledLine {
    wordings.first { $0.columns <= width } ?? wordings.last ?? StyledLine()
  }
}
