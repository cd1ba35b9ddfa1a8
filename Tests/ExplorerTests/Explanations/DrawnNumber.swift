/// A number as it stands on a screen, with the digits that it is drawn with.
struct DrawnNumber {
  /// Its value.
  let value: Double
  /// Half a unit of its last digit.
  let tolerance: Double

  /// Reads a text that is nothing but a number, perhaps a percentage or a multiple; nil for any
  /// other text.
  init?(alone text: String) {
    let words = text.split(separator: " ")
    guard let first = words.first, words.count == 1 || words.count == 2 && words[1] == "%" else {
      return nil
    }
    let digits = first.hasSuffix("x") || first.hasSuffix("%") ? first.dropLast() : first
    guard let value = Double(digits), value.isFinite else { return nil }
    self.value = value
    let mantissa = digits.prefix { $0 != "e" }
    let exponent = digits.contains("e") ? Int(digits.drop { $0 != "e" }.dropFirst()) ?? 0 : 0
    let decimals = mantissa.contains(".") ? mantissa.reversed().prefix { $0 != "." }.count : 0
    var unit = 0.5001
    for _ in 0..<abs(decimals - exponent) { unit *= decimals > exponent ? 0.1 : 10 }
    tolerance = unit
  }

  /// Whether a line has the number, with these digits or more, or as a share of 1.
  func stands(in line: String) -> Bool {
    line.split { !($0.isNumber || ".-e".contains($0)) }.contains { word in
      let trimmed = word.hasSuffix(".") ? word.dropLast() : word
      guard let other = Double(trimmed) else { return false }
      return abs(other - value) <= tolerance || abs(100 * other - value) <= tolerance
    }
  }
}
