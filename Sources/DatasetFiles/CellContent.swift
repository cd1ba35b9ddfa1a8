import DropoutEngine

/// The content of a cell, as far as it matters whether its column holds numbers.
enum CellContent: Equatable {
  /// A number.
  case number(Double)
  /// No value: blank, or a word that everywhere means that a value is missing.
  case missing
  /// A word or mark that means a missing value only among numbers; among words it is a word.
  case missingAmongNumbers
  /// A number with letters about it: a unit, or part of a word such as `1st`.
  case almostNumber
  /// A number with marks about it that no word has: percent, money, thousands, the other decimal
  /// mark, a minus or an exponent of another kind.
  case markedNumber
  /// Anything else.
  case text

  /// The longest word that means a missing value.
  private static let longestWord = 7

  init(_ cell: ArraySlice<UInt8>, format: NumberFormat) {
    guard !cell.isEmpty else {
      self = .missing
      return
    }
    if let number = CSVNumber.value(cell, format: format) {
      self = .number(number)
    } else if cell.count <= CellContent.longestWord, let word = CellContent.missingWord(cell) {
      self = word
    } else {
      self = AlmostNumber(cell).map { $0.isMarked ? .markedNumber : .almostNumber } ?? .text
    }
  }

  private static func missingWord(_ cell: ArraySlice<UInt8>) -> CellContent? {
    switch String(decoding: cell, as: UTF8.self).lowercased() {
    case "na", "n/a", "#n/a", "nan", "null", "?": .missing
    case "-", "--", ".", "none", "missing", "nil", "<na>", "unknown": .missingAmongNumbers
    default: nil
    }
  }
}
