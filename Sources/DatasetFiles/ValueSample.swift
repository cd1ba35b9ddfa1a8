/// The exact values of the first rows of a table, `[row][column]`, to tell which of them become the
/// same Float.
struct ValueSample: Sendable {
  private static let mostRows = 4096
  private static let mostCells = 1 << 20

  /// The number of columns.
  let columns: Int
  private let mostKeys: Int
  private var keys: [UInt64?] = []

  /// Creates a sample without rows.
  init(columns: Int) {
    self.columns = columns
    let rows = max(64, min(ValueSample.mostRows, ValueSample.mostCells / max(columns, 1)))
    mostKeys = rows * columns
  }

  /// The number of complete rows.
  var rows: Int { columns == 0 ? 0 : keys.count / columns }

  /// Whether later values are not taken.
  var isFull: Bool { keys.count >= mostKeys }

  /// Adds a value of the current row; nil where there is none, or none that is a number.
  mutating func add(_ key: UInt64?) {
    if !isFull { keys.append(key) }
  }

  /// Forgets the row behind the first rows.
  mutating func keepRows(_ rows: Int) {
    if keys.count > rows * columns { keys.removeSubrange((rows * columns)...) }
  }

  /// The key of a row's value: two are the same where the values are.
  subscript(row: Int, column: Int) -> UInt64? { keys[row * columns + column] }

  /// The key of a cell with a number.
  static func key(_ cell: ArraySlice<UInt8>, _ value: Double) -> UInt64 {
    guard isLongWhole(cell, value) else { return (value + 0).bitPattern }
    // FNV-1a: other digits have the same key with a probability of about 2^-52. The key is the
    // pattern of no number, so it is never the key of another value.
    return cell.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
      | Double.nan.bitPattern
  }

  /// Whether a cell holds nothing but the digits of a whole number that a Double rounds.
  static func isLongWhole(_ cell: ArraySlice<UInt8>, _ value: Double) -> Bool {
    abs(value) >= 9_007_199_254_740_992
      && cell.drop { $0 == UInt8(ascii: "-") }.allSatisfy { (48...57).contains($0) }
  }
}
