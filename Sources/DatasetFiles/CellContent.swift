import DropoutEngine

/// The content of a cell, as far as it matters whether its column holds numbers.
enum CellContent: Equatable {
  /// A number.
  case number(Double)
  /// No value: blank, or a word that everywhere means that a value is missing.
  case missing
  /// A word or mark that means a missing value only among numbers; among words it is a word.
  case missingAmongNumbers
  /// A number with more about it than its digits: a unit, a sign of percent or money, marks
  /// between thousands, or the other decimal mark.
  case almostNumber
  /// Anything else.
  case text

  /// The longest word that means a missing value.
  private static let longestWord = 7

  init(_ cell: ArraySlice<UInt8>, decimal: DecimalMark) {
    guard !cell.isEmpty else {
      self = .missing
      return
    }
    if let number = CSVNumber.value(cell, decimal: decimal) {
      self = .number(number)
    } else if cell.count <= CellContent.longestWord, let word = CellContent.missingWord(cell) {
      self = word
    } else {
      self = CellContent.isAlmostNumber(cell) ? .almostNumber : .text
    }
  }

  private static func missingWord(_ cell: ArraySlice<UInt8>) -> CellContent? {
    switch String(decoding: cell, as: UTF8.self).lowercased() {
    case "na", "n/a", "#n/a", "nan", "null", "?": .missing
    case "-", "--", ".", "none", "missing", "nil", "<na>", "unknown": .missingAmongNumbers
    default: nil
    }
  }

  /// Sign, money, digits with marks between them, exponent, and a short unit, in this order.
  private static func isAlmostNumber(_ cell: ArraySlice<UInt8>) -> Bool {
    var rest = cell
    func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      rest = rest.dropFirst()
    }
    for symbol in ["$", "€", "£", "¥"] where rest.starts(with: symbol.utf8) {
      rest = CSVNumber.trimmed(rest.dropFirst(symbol.utf8.count))
    }
    guard let first = rest.first, isDigit(first) else { return false }
    let marks = Array(".,' ".utf8)
    var digitsSinceMark = 0
    while let byte = rest.first {
      if isDigit(byte) {
        digitsSinceMark += 1
      } else if marks.contains(byte), digitsSinceMark > 0, let next = rest.dropFirst().first,
        isDigit(next)
      {
        digitsSinceMark = 0
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    let unit = CSVNumber.trimmed(rest)
    return unit.count <= 8 && !unit.contains(where: isDigit)
      && unit.allSatisfy { $0 > 64 || $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "$") }
  }
}
