import DropoutEngine

/// How the numbers of a table are written.
struct NumberFormat: Equatable, Sendable {
  /// Numbers with a decimal point and no marks between thousands.
  static let plain = NumberFormat()

  /// The mark in front of the decimals.
  var decimal = DecimalMark.point
  /// Whether the other mark may stand between thousands.
  ///
  /// So it is where a person names the decimal mark, which says that the other one is none.
  var readsThousands = false

  /// The mark between thousands.
  var thousands: UInt8 {
    switch decimal {
    case .point: DecimalMark.comma.byte
    case .comma: DecimalMark.point.byte
    }
  }
}

extension NumberFormat {
  /// A number without its marks between thousands, as 1234.5 for 1,234.5; nil where the marks do
  /// not stand between groups of three digits.
  func withoutThousands(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let whole = cell.prefix { $0 != decimal.byte }
    var groups = whole.split(separator: thousands, omittingEmptySubsequences: false)[...]
    guard groups.count >= 2, var first = groups.popFirst() else { return nil }
    if first.first == UInt8(ascii: "-") || first.first == UInt8(ascii: "+") { first.removeFirst() }
    func isDigits(_ group: ArraySlice<UInt8>) -> Bool {
      group.allSatisfy { (48...57).contains($0) }
    }
    guard (1...3).contains(first.count), isDigits(first),
      groups.allSatisfy({ $0.count == 3 && isDigits($0) }),
      isDigits(cell[whole.endIndex...].dropFirst())
    else { return nil }
    return (whole.filter { $0 != thousands } + cell[whole.endIndex...])[...]
  }
}

extension NumberFormat {
  /// Both readings of a text that is a number by one decimal mark or the other, with their options.
  static func readings(of text: String) -> [String] {
    DecimalMark.allCases.compactMap { mark in
      let format = NumberFormat(decimal: mark, readsThousands: true)
      return CSVNumber.value(Array(text.utf8)[...], format: format).map {
        "--decimal \(mark.rawValue) reads \(ParameterText.text($0))"
      }
    }
  }

  /// The readings of a text that is no number in this format; none where the person chose it.
  func otherReadings(of text: String) -> [String] {
    readsThousands ? [] : NumberFormat.readings(of: text)
  }
}
