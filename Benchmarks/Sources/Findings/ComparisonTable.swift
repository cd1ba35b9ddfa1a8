/// The summary of a comparison, as `dropscope compare --format csv` writes it.
public struct ComparisonTable: Sendable {
  /// A cell that is not there, or there more than once.
  public struct MissingCell: Error, CustomStringConvertible {
    /// The sentence with the place.
    public let description: String
  }

  /// A row of the table: one variant at one point of the grid.
  public struct Row: Sendable {
    fileprivate let fields: [String: String]

    /// The number in a column; NaN where there is none.
    public func number(_ column: String) throws(MissingCell) -> Double {
      guard let text = fields[column] else {
        throw MissingCell(description: "there is no column \(column)")
      }
      guard !text.isEmpty else { return .nan }
      guard let value = Double(text) else {
        throw MissingCell(description: "\(column) is '\(text)', which is no number")
      }
      return value
    }

    /// The difference of a metric to the first variant, paired by seed.
    public func difference(_ metric: String) throws(MissingCell) -> PairedDifference {
      PairedDifference(
        mean: try number("difference.\(metric).mean"), low: try number("difference.\(metric).low"),
        high: try number("difference.\(metric).high"))
    }
  }

  private let rows: [Row]

  /// Reads a table; its fields have no quotes and no commas.
  public init(csv: String) throws(MissingCell) {
    let lines = csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let names = lines.first else { throw MissingCell(description: "the table is empty") }
    var rows: [Row] = []
    for (index, fields) in lines.dropFirst().enumerated() {
      guard fields.count == names.count else {
        throw MissingCell(
          description: "line \(index + 2) has \(fields.count) fields instead of \(names.count)")
      }
      rows.append(Row(fields: Dictionary(zip(names, fields)) { first, _ in first }))
    }
    self.rows = rows
  }

  /// The row of a variant at a point, such as `["keep": "0.5"]`.
  public func row(_ variant: String, at point: [String: String]) throws(MissingCell) -> Row {
    let found = rows.filter { row in
      row.fields["variant"] == variant && point.allSatisfy { row.fields[$0.key] == $0.value }
    }
    guard found.count == 1 else {
      let place = point.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      throw MissingCell(
        description:
          "\(found.count) rows of \(variant) at \(place.joined(separator: " ")) instead of one")
    }
    return found[0]
  }
}

/// A mean difference with its interval of 95 %.
public struct PairedDifference: Equatable, Sendable {
  /// The mean over seeds.
  public let mean: Double
  /// The lower end of the interval.
  public let low: Double
  /// The upper end of the interval.
  public let high: Double

  /// The side of 0 on which the whole interval is.
  public enum Side: String, Sendable {
    case above, below, crosses, unknown
  }

  /// Creates a difference.
  public init(mean: Double, low: Double, high: Double) {
    self.mean = mean
    self.low = low
    self.high = high
  }

  /// The side of 0 on which the whole interval is; unknown where there is none.
  public var side: Side {
    guard low.isFinite, high.isFinite else { return .unknown }
    return low > 0 ? .above : high < 0 ? .below : .crosses
  }

  /// Mean and interval with four decimals, as in `+0.1234 [+0.1000, +0.1468]`.
  public var text: String {
    "\(FixedText.signed(mean)) [\(FixedText.signed(low)), \(FixedText.signed(high))]"
  }
}
