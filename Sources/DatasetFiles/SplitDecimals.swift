/// Numbers with decimal commas that a comma between cells has torn in two.
///
/// Nobody writes a whole number as `-0`, or some of the pieces behind whole numbers, and only
/// these, with zeros in front. So such pieces are signs of decimal commas.
struct SplitDecimals {
  /// A number in two pieces.
  struct Pair: Equatable {
    /// The line of the pieces.
    var line: Int
    /// The column of the first piece, from 0.
    var column: Int
    /// The pieces with a comma between them.
    var text: String
  }

  /// The smallest number of records from which anything is concluded.
  private static let fewest = 4

  /// A pair that is hardly two numbers; nil where there is none.
  let torn: Pair?
  /// A pair in a table that could be of such pairs, or of whole numbers; nil where there is none.
  let doubtful: Pair?

  /// Looks at the first records below a header, whose cells are separated by commas.
  init(_ records: ArraySlice<TableRow>, isNamed: [Bool]) {
    guard records.count >= SplitDecimals.fewest, let first = records.first,
      records.allSatisfy({ $0.count == isNamed.count })
    else {
      (torn, doubtful) = (nil, nil)
      return
    }
    let columns = (0..<first.count).map { column in
      records.map { $0.isQuoted[column] ? .other : Piece($0.bytes(column)) }
    }
    func pair(_ column: Int, where isIt: (TableRow) -> Bool) -> Pair? {
      records.first(where: isIt).map {
        Pair(
          line: $0.line, column: column,
          text: "\($0.string(column)),\($0.string(column + 1))")
      }
    }
    func areDigits(_ column: Int) -> Bool { columns[column].allSatisfy { $0 == .digits } }
    func arePieces(_ column: Int) -> Bool {
      columns[column].allSatisfy { $0 != .other } && areDigits(column + 1)
    }
    let minusZero = columns.indices.dropLast().lazy.filter(arePieces).compactMap { column in
      pair(column) { ["-0", "+0"].contains($0.string(column)) }
    }.first
    // Columns with names of their own are what they say.
    guard minusZero == nil, first.count >= 4, !isNamed.contains(true) else {
      (torn, doubtful) = (minusZero, nil)
      return
    }
    // Labels may stand at one end, and then the number of columns is odd.
    let starts = (first.count % 2 == 0 ? [0] : [0, 1]).map { start in
      Array(stride(from: start, to: first.count - 1, by: 2))
    }
    func hasZeroInFront(_ column: Int) -> Bool {
      records.contains { $0.bytes(column).count > 1 && $0.bytes(column).first == 48 }
    }
    let readings = starts.filter { $0.allSatisfy(arePieces) }
    torn = readings.first { pairs in
      pairs.allSatisfy { hasZeroInFront($0 + 1) && !hasZeroInFront($0) }
    }.flatMap { pairs in pair(pairs[0]) { $0.bytes(pairs[0] + 1).first == 48 } }
    guard torn == nil else {
      doubtful = nil
      return
    }
    // Second pieces of one length, with many of the numbers that have it, are rounded decimals.
    doubtful = readings.first { pairs in
      let pieces = pairs.map { column in Set(records.map { $0.string(column + 1) }) }
      return pieces.allSatisfy { $0.count >= 2 && Set($0.map(\.count)).count == 1 }
        && pieces.contains { $0.count >= min(8, records.count / 2) }
    }.flatMap { pairs in pair(pairs[0]) { _ in true } }
  }

  /// Whether a line may hold decimal commas, though it has more cells than the first one.
  ///
  /// - Parameters:
  ///   - cells: the cells of the line.
  ///   - width: the cells of the first line.
  /// - Returns: true where there are at most twice as many, and all but one are whole numbers.
  static func mayTear(_ cells: [ArraySlice<UInt8>], width: Int) -> Bool {
    guard cells.count > width, cells.count <= 2 * width else { return false }
    return cells.count { Piece($0) == .other } <= 1
  }

  /// The content of a cell.
  private enum Piece {
    /// Nothing but digits.
    case digits
    /// Digits behind a sign.
    case signed
    case other

    init(_ cell: ArraySlice<UInt8>) {
      let cell = CSVNumber.trimmed(cell)
      let rest = cell.first.map { $0 == 45 || $0 == 43 } ?? false ? cell.dropFirst() : cell
      guard !rest.isEmpty, rest.allSatisfy({ (48...57).contains($0) }) else {
        self = .other
        return
      }
      self = rest.count == cell.count ? .digits : .signed
    }
  }
}
