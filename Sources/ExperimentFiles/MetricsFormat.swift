/// The formats of lines of metrics.
public enum MetricsFormat: String, CaseIterable, Sendable {
  /// Columns for a person.
  case table
  /// Comma-separated values with a header line.
  case csv
  /// One JSON object on each line.
  case json

  /// The value in every digit.
  public static func exact(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return "\(value)"
  }

  /// Four decimals; the other formats have more digits.
  static func short(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "n/a" : (value < 0 ? "-inf" : "inf") }
    guard abs(value) < 1e9 else { return "\(Float(value))" }
    let scaled = Int((abs(value) * 10_000).rounded())
    let fraction = String(scaled % 10_000)
    let sign = value < 0 && scaled != 0 ? "-" : ""
    return "\(sign)\(scaled / 10_000)." + String(repeating: "0", count: 4 - fraction.count)
      + fraction
  }

  /// Four decimals of a value that a person has set, or every digit where it is below 0.0001, or
  /// where four decimals would show 1, or a number that is more than a hundredth away.
  static func setting(_ value: Double) -> String {
    let text = short(value)
    let shown = Double(text) ?? value
    return abs(shown - value) > abs(value) / 100 || (abs(value) < 1e-4 && value != 0)
      || (text == "1.0000" && value != 1)
      ? exact(value) : text
  }
}
