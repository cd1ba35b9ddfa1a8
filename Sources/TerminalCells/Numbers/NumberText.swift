/// Numbers as text, the same on every machine and in every locale.
///
/// Not-a-number is `n/a`, the infinities are `inf` and `-inf`; a value that rounds to zero has no
/// minus sign. Fixed decimals round the exact binary value, half to even.
public enum NumberText {
  /// The text for NaN.
  public static let notAvailable = "n/a"

  /// A value with a fixed number of decimals.
  ///
  /// ```swift
  /// NumberText.fixed(1.284, decimals: 2)  // "1.28"
  /// NumberText.fixed(-0.001, decimals: 2)  // "0.00"
  /// ```
  /// Magnitudes from 1e15 on are written in powers of ten (`1.5e20`), so the text stays short.
  /// - Parameters:
  ///   - value: The number.
  ///   - decimals: Digits after the point, clamped to 0...17.
  ///   - plus: Whether a value above zero carries a plus sign.
  /// - Returns: The text, without padding.
  public static func fixed(_ value: Double, decimals: Int, plus: Bool = false) -> String {
    if let special = special(value) { return special }
    guard value.magnitude < 1e15 else { return sign(value, plus) + powers(value.magnitude) }
    let places = min(max(0, decimals), 17)
    let digits = scaled(value.magnitude, by: places)
    let isZero = digits.allSatisfy { $0 == "0" }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let whole = padded.dropLast(places)
    let text = places == 0 ? String(whole) : whole + "." + padded.suffix(places)
    return (isZero ? "" : sign(value, plus)) + text
  }

  /// A value with a number of significant digits, in powers of ten where it is very large or small.
  ///
  /// ```swift
  /// NumberText.significant(0.01234, digits: 2)  // "0.012"
  /// NumberText.significant(1234.5, digits: 2)  // "1234" (whole digits are never cut)
  /// NumberText.significant(1.5e-9, digits: 2)  // "1.5e-9"
  /// ```
  public static func significant(_ value: Double, digits: Int) -> String {
    if let special = special(value) { return special }
    let magnitude = value.magnitude
    if magnitude == 0 { return fixed(0, decimals: max(0, digits - 1)) }
    guard magnitude < 1e15 else { return fixed(value, decimals: 0) }
    let exponent = decimalExponent(magnitude)
    if exponent < -5 { return sign(value, false) + scientific(magnitude, digits: digits) }
    let decimals = max(0, max(1, digits) - 1 - exponent)
    let text = fixed(value, decimals: decimals)
    // 9.996 with three digits rounds up to 10.00, which has one too many.
    let figures = text.filter(\.isNumber).drop { $0 == "0" }.count
    return decimals > 0 && figures > max(1, digits) ? fixed(value, decimals: decimals - 1) : text
  }

  /// A share as a percentage: `percent(0.842)` is `84 %`.
  ///
  /// Only a whole is `100 %`: `percent(0.998)` is `99 %`.
  public static func percent(_ share: Double, decimals: Int = 0) -> String {
    if let special = special(share) { return special }
    let text = fixed(share * 100, decimals: decimals)
    guard share < 1, text == fixed(100, decimals: decimals) else { return text + " %" }
    let nines = decimals > 0 ? "99." + String(repeating: "9", count: decimals) : "99"
    return nines + " %"
  }

  /// A magnitude in at most five characters: `999`, `1.2k`, `35k`, `1.2M`, `4.0G`, `2.1T`.
  ///
  /// Beyond 999 T powers of ten are used and the text may be longer.
  public static func compact(_ value: Double) -> String {
    if let special = special(value) { return special }
    let units = ["", "k", "M", "G", "T"]
    var scaled = value
    var unit = 0
    while (scaled.magnitude >= 999.5 || (unit == 0 && scaled.magnitude > 999)),
      unit < units.count - 1
    {
      scaled /= 1000
      unit += 1
    }
    if scaled.magnitude >= 999.5 { return significant(value, digits: 2) }
    let isWhole = unit == 0 && scaled == scaled.rounded()
    return fixed(scaled, decimals: isWhole || scaled.magnitude >= 9.95 ? 0 : 1) + units[unit]
  }

  /// A whole number in compact form, exact up to 999.
  public static func compact(_ value: Int) -> String { compact(Double(value)) }

  /// Text padded with spaces on the left up to a number of columns; never cut.
  public static func padded(_ text: String, width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.columns)) + text
  }

  /// A value with fixed decimals that fits a width; decimals are dropped first.
  ///
  /// Where even the whole digits do not fit, a power of ten is tried. The last resort is a row of
  /// `#`, so that a number is never cut in the middle.
  public static func fitted(_ value: Double, decimals: Int, width: Int) -> String {
    for places in stride(from: max(0, decimals), through: 0, by: -1) {
      let text = fixed(value, decimals: places)
      if text.count <= width { return padded(text, width: width) }
    }
    for digits in [3, 2, 1] where value.isFinite {
      let text = sign(value, false) + scientific(value.magnitude, digits: digits)
      if text.count <= width { return padded(text, width: width) }
    }
    return String(repeating: "#", count: max(0, width))
  }

  private static func special(_ value: Double) -> String? {
    if value.isNaN { return notAvailable }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return nil
  }

  private static func sign(_ value: Double, _ plus: Bool) -> String {
    value < 0 ? "-" : plus && value > 0 ? "+" : ""
  }
}
