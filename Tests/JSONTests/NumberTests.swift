import JSON
import RepeatableRandom
import Testing

@Suite("Numbers of JSON") struct NumberTests {
  private func number(_ text: String) throws -> Double {
    var scanner = JSONScanner(text)
    let value = try scanner.number()
    try scanner.finish()
    return value
  }

  @Test("A value has the bits that Swift reads from the same text") func bits() throws {
    var generator = Generator(seed: 1)
    for _ in 0..<50_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      #expect(try number("\(value)").bitPattern == value.bitPattern, "\(value)")
    }
    for _ in 0..<50_000 {
      // Up to 19 digits before an exponent: some are exact as numbers of 64 bits, others are not.
      let digits = generator.next() >> UInt64(generator.int(1...63))
      let text = "\(digits).\(generator.int(0...9_999))e\(generator.int(-40...40))"
      #expect(try number(text) == Double(text), "\(text)")
    }
  }

  @Test(
    "Signs, fractions and exponents",
    arguments: ["0", "-0", "-0.0", "10", "1.5", "-1.25e3", "1E+2", "1e-400", "9007199254740993"])
  func forms(text: String) throws {
    let value = try number(text)
    #expect(value == Double(text))
    #expect(value.sign == (text.hasPrefix("-") ? .minus : .plus))
  }

  @Test("Values that are not finite are words") func words() throws {
    #expect(try number("\"NaN\"").isNaN)
    #expect(try number("\"Infinity\"") == .infinity)
    #expect(try number("\"-Infinity\"") == -.infinity)
    #expect(throws: JSONProblem.self) { try number("\"nan\"") }
  }

  @Test(
    "What Swift or a person may take for a number, and JSON does not",
    arguments: ["+1", "01", "-01", ".5", "1.", "1.e2", "1e", "1e+", "0x10", "-", "NaN", "1,5", ""])
  func refused(text: String) { #expect(throws: JSONProblem.self) { try number(text) } }

  @Test("A whole number lies in its range, to the last one") func integers() throws {
    func integer(_ text: String, _ range: ClosedRange<Int> = Int.min...Int.max) throws -> Int {
      var scanner = JSONScanner(text)
      return try scanner.integer(range)
    }
    #expect(try integer("\(Int.max)") == Int.max)
    #expect(try integer("-12") == -12)
    #expect(try integer("7", 7...7) == 7)
    #expect(throws: JSONProblem.outOfRange(value: "8", range: "0 to 7")) {
      try integer("8", 0...7)
    }
    for text in ["1.0", "1e2", "9223372036854775808", "99999999999999999999", "\"1\"", "null"] {
      #expect(throws: JSONProblem.self, "\(text)") { try integer(text) }
    }
  }
}

extension JSONScanner {
  /// Reads a whole text.
  init(_ text: String) {
    let bytes = Array(text.utf8)
    self.init(bytes, 0..<bytes.count)
  }
}
