import DropoutEngine

/// The evidence that blanks separate the cells of a table, and its commas stand before decimals.
///
/// In `0,09 1,25 -1,16` commas would leave `09 1` and `25 -1` in one cell.
struct BlankEvidence {
  /// Whether each line has two such numbers or more, or the header no comma; else the same lines
  /// may be cells between commas, as in `2,5 kg`.
  let isClear: Bool

  /// Reads the first records; nil where a comma stands in anything but a number with decimals, or
  /// where a line has no such number.
  init?(_ bytes: [UInt8], firstLine: Int, path: String) {
    var records = CSVRecords(bytes, path: path, separator: .blank, firstLine: firstLine)
    var (count, least) = (0, Int.max)
    var hasPlainHeader = false
    // A table that blanks do not tell apart has no evidence for them.
    while count < TableDialect.sampledRecords, (try? records.next()) ?? false {
      if records.isBlank { continue }
      var decimals = 0
      for cell in records.cells.indices {
        guard !records.isQuoted[cell] else { return nil }
        let text = records.cell(cell)
        guard text.contains(DecimalMark.comma.byte) else { continue }
        guard BlankEvidence.isDecimal(text) else { return nil }
        decimals += 1
      }
      count += 1
      if count == 1, decimals == 0 {
        hasPlainHeader = true
        continue
      }
      least = min(least, decimals)
    }
    guard least != .max, least >= 1 else { return nil }
    isClear = least >= 2 || hasPlainHeader
  }

  /// Whether a cell is a number with a digit on either side of its comma.
  private static func isDecimal(_ cell: ArraySlice<UInt8>) -> Bool {
    let parts = cell.split(separator: DecimalMark.comma.byte, omittingEmptySubsequences: false)
    guard parts.count == 2, let before = parts[0].last, let after = parts[1].first,
      (48...57).contains(before), (48...57).contains(after)
    else { return false }
    return CSVNumber.value(cell, format: NumberFormat(decimal: .comma)) != nil
  }
}
