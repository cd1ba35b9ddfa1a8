extension JSONScanner {
  /// The next number; values that are not finite are the strings `NaN`, `Infinity`, `-Infinity`.
  package mutating func number() throws(JSONProblem) -> Double {
    guard let first = peek() else { throw wrongKind("a number") }
    if first == UInt8(ascii: "\"") { return try special() }
    let from = position
    var isNegative = false
    if first == UInt8(ascii: "-") {
      isNegative = true
      advance()
    }
    var mantissa: UInt64 = 0
    var exponent = 0
    var isExact = true
    let whole = digits(into: &mantissa, &isExact)
    guard whole > 0 else { throw wrong(from, "a number") }
    if whole > 1, bytes[position - whole] == UInt8(ascii: "0") { throw wrong(from, "a number") }
    if position < end, bytes[position] == UInt8(ascii: ".") {
      advance()
      let fraction = digits(into: &mantissa, &isExact)
      guard fraction > 0 else { throw wrong(from, "a number") }
      exponent = -fraction
    }
    if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
      advance()
      var isBelow = false
      if position < end, bytes[position] == UInt8(ascii: "-") || bytes[position] == 0x2B {
        isBelow = bytes[position] == UInt8(ascii: "-")
        advance()
      }
      var power: UInt64 = 0
      var isShort = true
      guard digits(into: &power, &isShort) > 0 else { throw wrong(from, "a number") }
      let magnitude = isShort ? Int(clamping: min(power, 100_000)) : 100_000
      exponent += isBelow ? -magnitude : magnitude
    }
    // Both are exact as numbers of 64 bits, so that one operation rounds once.
    if isExact, mantissa <= 1 << 53, exponent.magnitude <= 22 {
      let value = Double(mantissa)
      let power = Self.powers[Int(exponent.magnitude)]
      let result = exponent < 0 ? value / power : value * power
      return isNegative ? -result : result
    }
    guard let value = Double(String(decoding: bytes[from..<position], as: UTF8.self)) else {
      throw wrong(from, "a number")
    }
    return value
  }

  /// The next number; nil for `null`.
  package mutating func optionalNumber() throws(JSONProblem) -> Double? {
    try takeNull() ? nil : try number()
  }

  /// The next whole number, which lies in a range.
  package mutating func integer(_ range: ClosedRange<Int>) throws(JSONProblem) -> Int {
    guard let first = peek(), first == UInt8(ascii: "-") || Self.isDigit(first) else {
      throw wrongKind("a whole number")
    }
    let from = position
    if first == UInt8(ascii: "-") { advance() }
    var magnitude: UInt64 = 0
    var isExact = true
    guard digits(into: &magnitude, &isExact) > 0 else { throw wrong(from, "a whole number") }
    if position < end, [UInt8(ascii: "."), 0x65, 0x45].contains(bytes[position]) {
      throw wrong(from, "a whole number")
    }
    let value = Int(exactly: magnitude).map { first == UInt8(ascii: "-") ? -$0 : $0 }
    guard isExact, let value, range.contains(value) else {
      let text = String(decoding: bytes[from..<min(position, from + 24)], as: UTF8.self)
      throw .outOfRange(value: text, range: "\(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// The powers of ten that are exact as numbers of 64 bits.
  private static let powers: [Double] = (0...22).reduce(into: []) { powers, _ in
    powers.append((powers.last ?? 0.1) * 10)
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Takes digits and says how many there were; `isExact` turns false where they are too many.
  private mutating func digits(into value: inout UInt64, _ isExact: inout Bool) -> Int {
    let from = position
    while position < end, Self.isDigit(bytes[position]) {
      if value < 1_000_000_000_000_000_000 {
        value = value * 10 + UInt64(bytes[position] &- 0x30)
      } else {
        isExact = false
      }
      advance()
    }
    return position - from
  }

  private mutating func special() throws(JSONProblem) -> Double {
    let here = self
    switch try text() {
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default: throw here.wrongKind("a number, or \"NaN\", \"Infinity\", \"-Infinity\"")
    }
  }

  /// The error of a value that starts at an earlier byte, or that the end cuts off.
  private func wrong(_ from: Int, _ expected: String) -> JSONProblem {
    guard position < end else { return broken(expected) }
    var there = self
    there.advance(from - position)
    return there.wrongKind(expected)
  }
}
