import DropoutEngine

/// Reads the number of a cell: a plain decimal, blanks around it allowed.
enum CSVNumber {
  /// The value; nil for anything that is not a finite number.
  static func value(_ bytes: ArraySlice<UInt8>, format: NumberFormat = .plain) -> Double? {
    var cell = trimmed(bytes)
    guard !cell.isEmpty, cell.count <= 400 else { return nil }
    let mark = format.decimal.byte
    if format.readsThousands, let plain = format.withoutThousands(cell) { cell = plain }
    if let quick = quickValue(cell, in: cell.startIndex..<cell.endIndex, mark: mark) {
      return quick
    }
    let isPlain = cell.allSatisfy {
      (48...57).contains($0) || [43, 45, 69, 101, mark].contains($0)
    }
    guard isPlain else { return nil }
    let text = String(decoding: cell.map { $0 == mark ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// A cell without the blanks and tabs around it, and without blanks that do not break.
  static func trimmed(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var cell = cell
    while let first = cell.first {
      if first == 32 || first == 9 {
        cell.removeFirst()
      } else if first == 0xC2, cell.dropFirst().first == 0xA0 {
        cell.removeFirst(2)
      } else {
        break
      }
    }
    while let last = cell.last {
      if last == 32 || last == 9 {
        cell.removeLast()
      } else if last == 0xA0, cell.dropLast().last == 0xC2 {
        cell.removeLast(2)
      } else {
        break
      }
    }
    return cell
  }

  /// Digits with at most one decimal mark, at most 15 of them; nil for anything else.
  ///
  /// Such digits and powers of ten are exact, so one division rounds correctly.
  @inline(__always)
  static func quickValue<Bytes: RandomAccessCollection<UInt8>>(
    _ bytes: Bytes, in range: Range<Int>, mark: UInt8
  ) -> Double? where Bytes.Index == Int {
    var index = range.lowerBound
    let isNegative = index < range.upperBound && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    guard index < range.upperBound, range.upperBound - index <= 16 else { return nil }
    var digits = 0
    var count = 0
    var decimals: Int?
    while index < range.upperBound {
      let byte = bytes[index]
      index += 1
      if byte == mark {
        guard decimals == nil else { return nil }
        decimals = 0
      } else {
        guard (48...57).contains(byte) else { return nil }
        digits = digits * 10 + Int(byte - 48)
        count += 1
        decimals = decimals.map { $0 + 1 }
      }
    }
    guard count > 0, count <= 15 else { return nil }
    var power = 1.0
    for _ in 0..<(decimals ?? 0) { power *= 10 }
    let value = Double(digits) / power
    return isNegative ? -value : value
  }
}

extension DecimalMark {
  /// The byte of the mark.
  var byte: UInt8 {
    switch self {
    case .point: UInt8(ascii: ".")
    case .comma: UInt8(ascii: ",")
    }
  }
}
