import ArgumentParser

/// Columns and rows of a picture, such as `120x40`.
struct PictureSize: ExpressibleByArgument, CustomStringConvertible {
  var columns: Int
  var rows: Int

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  init?(argument: String) {
    let sides = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard sides.count == 2, let columns = sides[0], let rows = sides[1] else { return nil }
    self.init(columns: columns, rows: rows)
  }

  /// The columns and rows that a picture may have: a screen needs the least of them.
  static let range = (columns: 60...1000, rows: 20...1000)

  /// The range in words: `60x20 to 1000x1000`.
  static let rangeText =
    "\(range.columns.lowerBound)x\(range.rows.lowerBound) to "
    + "\(range.columns.upperBound)x\(range.rows.upperBound)"

  /// Refuses a picture that is too small for the screen, or that nobody could look at.
  ///
  /// - Throws: status 64 with the range.
  func check(_ option: String) throws(CommandFailure) {
    guard Self.range.columns.contains(columns), Self.range.rows.contains(rows) else {
      throw .usage("\(option) cannot be \(self): it takes \(Self.rangeText)")
    }
  }

  var description: String { "\(columns)x\(rows)" }
}
