import Foundation

extension Figure {
  /// The median and the spread, as in `123 (120 to 131)`.
  public var text: String {
    samples.count == 1
      ? Figure.text(median)
      : "\(Figure.text(median)) (\(Figure.text(lowest)) to \(Figure.text(highest)))"
  }

  /// A number with three significant digits and separated thousands: `0.0123`, `1.23`, `123`,
  /// `1,230,000`.
  public static func text(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    guard value != 0 else { return "0" }
    var digits = Int(log10(value.magnitude).rounded(.down))
    let power = pow(10, Double(digits - 2))
    let rounded = (value / power).rounded() * power
    // 99.99 rounds to a number with one more digit.
    if rounded.magnitude >= pow(10, Double(digits + 1)) { digits += 1 }
    guard digits >= 2 else { return String(format: "%.\(2 - digits)f", rounded) }
    var text = String(format: "%.0f", rounded.magnitude)
    var end = text.count - 3
    while end > 0 {
      text.insert(",", at: text.index(text.startIndex, offsetBy: end))
      end -= 3
    }
    return (rounded < 0 ? "-" : "") + text
  }
}
