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
  private(set) var markedNumbers = 0
  private(set) var texts = 0
  /// Whether there are texts, and all of them are dates or times.
  var holdsDates: Bool { texts > 0 && dates == texts }
  private var dates = 0
  /// The first cell that is a text or almost a number.
  private(set) var firstFault: Cell?
  /// The first cell without a value, where the column holds numbers.
  private(set) var firstMissing: Cell?
  /// The smallest and the largest number.
  private(set) var range: ClosedRange<Double>?
  /// Whether all numbers are whole.
  private(set) var isWhole = true
  /// Whether each cell is a whole number, one more than the cell above, or each one less.
  var isCounting: Bool {
    isWhole && evenStep.map { abs($0) == 1 } ?? false
  }
  /// The difference between each cell and the one above it, where all cells are numbers and the
  /// differences are the same but for what decimals lose in binary; nil for any other column.
  var evenStep: Double? {
    isEven && numbers >= 2 && numbers == cells ? EvenSteps.rounded(difference) : nil
  }
  /// Whether the column counts from or down to 0 or 1, as numbers of rows do.
  var countsFromStart: Bool {
    guard isCounting, let range else { return false }
    return range.lowerBound == 0 || range.lowerBound == 1
  }
  /// Whether all cells hold the same number.
  var isConstant: Bool {
    // Beyond 2^53 different whole numbers have the same 64 bits.
    numbers == cells && numbers >= 2
      && range.map { $0.lowerBound == $0.upperBound && abs($0.lowerBound) < 0x1p53 } ?? false
  }
  /// Whether all cells are numbers, and not the same one.
  var canBeTarget: Bool { numbers == cells && !isConstant }
  /// A number such as -999 that stands for missing values, as far as can be told: it is there
  /// several times, and all other values are far from it.
  var substitute: (value: Double, count: Int)? {
    guard let counted = substitutes.filter({ $0.count >= 2 }).max(by: { $0.count < $1.count }),
      let others = rangeOfOthers,
      abs(counted.value) > 5 * max(abs(others.lowerBound), abs(others.upperBound))
    else { return nil }
    return counted
  }
  private static let commonSubstitutes: [Double] = [
    -99, -999, -9999, -99999, 999, 9999, 99999, 999_999,
  ]
  private var substitutes: [(value: Double, count: Int)] = []
  private var rangeOfOthers: ClosedRange<Double>?
  private var isEven = true
  private var last = 0.0
  private var difference = 0.0

  /// Counts a cell.
  mutating func add(_ content: CellContent, line: Int, text: @autoclosure () -> String) {
    switch content {
    case .number(let value):
      if numbers > 0, isEven {
        if numbers == 1 { difference = value - last }
        isEven = EvenSteps.isStep(from: last, to: value, of: difference)
      }
      last = value
      if abs(value) >= 99, ColumnSurvey.commonSubstitutes.contains(value) {
        countSubstitute(value)
      } else if let others = rangeOfOthers {
        if value < others.lowerBound { rangeOfOthers = value...others.upperBound }
        if value > others.upperBound { rangeOfOthers = others.lowerBound...value }
      } else {
        rangeOfOthers = value...value
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
    case .markedNumber: markedNumbers += 1
    case .text:
      if dates == texts, DateText(text()) != nil { dates += 1 }
      texts += 1
    }
    switch content {
    case .missing, .missingAmongNumbers:
      firstMissing = firstMissing ?? Cell(line: line, text: text())
    default: firstFault = firstFault ?? Cell(line: line, text: text())
    }
  }

  private mutating func countSubstitute(_ value: Double) {
    if let place = substitutes.firstIndex(where: { $0.value == value }) {
      substitutes[place].count += 1
    } else {
      substitutes.append((value, 1))
    }
  }

  private var cells: Int {
    numbers + missing + missingAmongNumbers + almostNumbers + markedNumbers + texts
  }

  /// The kind; `areAlmostNumbersWords` where a column of nothing but almost-numbers has so few that
  /// they are words, such as `1st` and `2nd`.
  func kind(areAlmostNumbersWords: Bool = false) -> Kind {
    let filled = numbers + almostNumbers + markedNumbers + texts
    if filled == 0 { return missingAmongNumbers == 0 ? .empty : .words }
    let written = numbers + markedNumbers
    if written == 0, almostNumbers == 0 || areAlmostNumbersWords { return .words }
    // Numbers but for a few cells: one, or less than a quarter.
    return texts * 4 < filled || (texts == 1 && written > 0) ? .numbers : .words
  }
}
