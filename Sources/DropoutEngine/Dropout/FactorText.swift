/// A probability or a multiplier as text: with a few decimals where they suffice, else in the
/// shortest form that is true.
///
/// Two decimals of 1e-17 would read 0, which no keep probability is; two decimals of 1 - 1e-17
/// would read 1.
///
/// ```swift
/// FactorText(decimals: 2) { … }.text(0.8)  // as the closure writes it
/// FactorText(decimals: 2) { … }.text(1e-17)  // "1e-17"
/// FactorText(decimals: 2) { … }.text(1, beyondOne: -1e-17)  // "1-1e-17"
/// ```
package struct FactorText {
  private let half: Double
  private let ordinary: (Double) -> String

  /// Creates a form that leaves a value below a million to `ordinary` where that many decimals tell
  /// it from 0 and from 1.
  package init(decimals: Int, ordinary: @escaping (Double) -> String) {
    half = 0.5 / ElementaryFunctions.power(10, max(0, decimals))
    self.ordinary = ordinary
  }

  /// The text of a value.
  ///
  /// `excess` is its distance beyond 1, of which a value near 1 cannot hold all digits.
  package func text(_ value: Double, beyondOne excess: Double? = nil) -> String {
    let excess = excess ?? value - 1
    guard value.isFinite, value != 0 else { return ordinary(value) }
    let saysOne = excess != 0 && excess.magnitude <= half
    guard saysOne || value.magnitude <= half || value.magnitude >= 1e6 else {
      return ordinary(value)
    }
    guard saysOne else { return FactorText.brief(value) }
    // So close to 1, the number itself may have lost the digits of its distance.
    let holdsExcess = (value - 1 - excess).magnitude <= 1e-3 * excess.magnitude
    if holdsExcess, let exact = FactorText.exact(value) { return exact }
    return "1" + (excess < 0 ? "-" : "+") + FactorText.brief(excess.magnitude)
  }

  /// A value in all its digits where they are few, else in three significant ones and a power of
  /// ten.
  package static func brief(_ value: Double) -> String { exact(value) ?? significant(value) }

  /// A value in all its digits; nil where they take more than eight characters.
  private static func exact(_ value: Double) -> String? {
    // Powers of ten are written without a plus sign.
    let text = ParameterText.text(value).filter { $0 != "+" }
    return text.utf8.count <= 8 ? text : nil
  }

  /// Three significant digits and a power of ten, without zeros at the end: `1.11e-16`, `1e17`.
  ///
  /// They are rounded from the shortest decimal form, a half away from zero.
  package static func significant(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return ParameterText.text(value) }
    let parts = value.magnitude.description.split(separator: "e")
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    exponent += (parts[0].firstIndex(of: ".").map { parts[0][..<$0].count } ?? parts[0].count) - 1
    var digits = parts[0].compactMap(\.wholeNumberValue)
    while digits.count > 1, digits[0] == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    digits += [0, 0, 0]
    var whole = digits[0] * 100 + digits[1] * 10 + digits[2]
    if digits[3...].first.map({ $0 >= 5 }) ?? false { whole += 1 }
    if whole == 1000 { (whole, exponent) = (100, exponent + 1) }
    var tail = String(String(whole).dropFirst())
    while tail.hasSuffix("0") { tail.removeLast() }
    return (value < 0 ? "-" : "") + "\(whole / 100)" + (tail.isEmpty ? "" : ".") + tail
      + "e\(exponent)"
  }
}
