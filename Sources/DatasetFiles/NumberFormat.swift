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
  /// Marks that stand between thousands in some countries, beside the point and the comma.
  private static let foreignThousands = AlmostNumber.thinMarks + [" ", "'", "\u{2019}"]

  /// A number without its marks between thousands, as 1234.5 for 1,234.5 or 1'234.5; nil where the
  /// marks do not stand between groups of three digits, or differ.
  func withoutThousands(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let whole = cell.prefix { $0 != decimal.byte }
    let marks = [String(decoding: [thousands], as: UTF8.self)] + NumberFormat.foreignThousands
    for mark in marks {
      guard let digits = NumberFormat.joined(whole, mark: Array(mark.utf8)) else { continue }
      let decimals = cell[whole.endIndex...]
      guard decimals.dropFirst().allSatisfy(NumberFormat.isDigit) else { return nil }
      return (digits + decimals)[...]
    }
    return nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  /// The digits of groups between marks, with their sign; nil where they are no groups.
  ///
  /// The last group has three digits. Those in front of it have three as well, or all have two, as
  /// in India. A number of thousands does not start with 0, so 0,256 has decimals.
  private static func joined(_ whole: ArraySlice<UInt8>, mark: [UInt8]) -> [UInt8]? {
    var rest = whole
    var digits: [UInt8] = []
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      digits.append(sign)
      rest = rest.dropFirst()
    }
    guard let first = rest.first, isDigit(first), first != UInt8(ascii: "0") else { return nil }
    var groups = [0]
    while let byte = rest.first {
      if isDigit(byte) {
        groups[groups.count - 1] += 1
        digits.append(byte)
        rest = rest.dropFirst()
      } else if rest.starts(with: mark) {
        groups.append(0)
        rest = rest.dropFirst(mark.count)
      } else {
        return nil
      }
    }
    guard groups.count >= 2, groups.last == 3, (1...3).contains(groups[0]) else { return nil }
    let middle = groups[1...].dropLast()
    let isIndian = !middle.isEmpty && groups[0] <= 2 && middle.allSatisfy { $0 == 2 }
    return isIndian || middle.allSatisfy { $0 == 3 } ? digits : nil
  }
}

extension NumberFormat {
  /// A text's value by a decimal mark that a person names; nil where it is no number by it.
  static func reading(of text: String, by mark: DecimalMark) -> Double? {
    CSVNumber.value(
      Array(text.utf8)[...], format: NumberFormat(decimal: mark, readsThousands: true))
  }
}
