import DropoutEngine

/// The cells of one column, counted by their content.
struct ColumnSurvey: Sendable {
  /// A cell, by its line and its text.
  struct Cell: Equatable, Sendable {
    var line: Int
    var text: String
  }

  /// The kind of a column.
  enum Kind: Equatable {
    /// No cell has a value.
    case empty
    /// Numbers; the few cells that are none are faults.
    case numbers
    /// Words.
    case words
  }

  private(set) var numbers = 0
  private(set) var missing = 0
  private(set) var missingAmongNumbers = 0
  private(set) var almostNumbers = 0
  private(set) var texts = 0
  /// The first cell that is a text or almost a number.
  private(set) var firstFault: Cell?
  /// The first cell without a value, where the column holds numbers.
  private(set) var firstMissing: Cell?
  /// The smallest and the largest number.
  private(set) var range: ClosedRange<Double>?
  /// Whether all numbers are whole.
  private(set) var isWhole = true
  /// Whether each cell is one more than the cell above, and the first one is 0 or 1.
  private(set) var isCounting = true

  /// Counts a cell.
  mutating func add(_ content: CellContent, line: Int, text: @autoclosure () -> String) {
    let row = numbers + missing + missingAmongNumbers + almostNumbers + texts
    switch content {
    case .number(let value):
      if isCounting, row == 0 ? value != 0 && value != 1 : value != countedFrom + Double(row) {
        isCounting = false
      }
      if let range {
        if value < range.lowerBound { self.range = value...range.upperBound }
        if value > range.upperBound { self.range = range.lowerBound...value }
      } else {
        range = value...value
      }
      if isWhole, value != value.rounded() { isWhole = false }
      numbers += 1
      return
    case .missing: missing += 1
    case .missingAmongNumbers: missingAmongNumbers += 1
    case .almostNumber: almostNumbers += 1
    case .text: texts += 1
    }
    isCounting = false
    switch content {
    case .missing, .missingAmongNumbers:
      firstMissing = firstMissing ?? Cell(line: line, text: text())
    default: firstFault = firstFault ?? Cell(line: line, text: text())
    }
  }

  private var countedFrom: Double { range?.lowerBound ?? 0 }

  /// The kind; `areAlmostNumbersWords` where a column of nothing but almost-numbers has so few that
  /// they are words, such as `1st` and `2nd`.
  func kind(areAlmostNumbersWords: Bool = false) -> Kind {
    let filled = numbers + almostNumbers + texts
    if filled == 0 { return missingAmongNumbers == 0 ? .empty : .words }
    if numbers == 0, almostNumbers == 0 || areAlmostNumbersWords { return .words }
    // Numbers but for a few cells: one, or less than a quarter.
    return texts * 4 < filled || (texts == 1 && numbers > 0) ? .numbers : .words
  }
}
