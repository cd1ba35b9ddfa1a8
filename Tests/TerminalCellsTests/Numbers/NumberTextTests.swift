import Foundation
import RepeatableRandom
import TerminalCells
import Testing

@Suite("Numbers as text") struct NumberTextTests {
  /// The C library's text.
  private func library(_ value: Double, decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", value)
    return text.hasPrefix("-") && !text.contains { "123456789".contains($0) }
      ? String(text.dropFirst()) : text
  }

  @Test("Fixed decimals are those of the C library, for any value below 1e15") func fixed() {
    var random = Generator(seed: 31)
    for round in 0..<20_000 {
      let value =
        round % 2 == 0
        ? Double(bitPattern: random.next())
        : Double(random.int(-1_000_000...1_000_000)) / random.element([1, 3, 8, 1000, 1024, 1e9])
      guard value.magnitude < 1e15 else { continue }
      let decimals = random.int(0...17)
      #expect(NumberText.fixed(value, decimals: decimals) == library(value, decimals: decimals))
    }
  }

  @Test("Halves round to even, zero has no sign, plus only where it is asked for") func signs() {
    #expect(NumberText.fixed(0.5, decimals: 0) == "0" && NumberText.fixed(1.5, decimals: 0) == "2")
    #expect(NumberText.fixed(2.5, decimals: 0) == "2")
    #expect(NumberText.fixed(-0.001, decimals: 2) == "0.00")
    #expect(NumberText.fixed(-0.0, decimals: 1, plus: true) == "0.0")
    #expect(NumberText.fixed(1.284, decimals: 2, plus: true) == "+1.28")
    #expect(NumberText.fixed(1, decimals: -3) == "1")
    #expect(NumberText.fixed(-1.5e20, decimals: 2) == "-1.5e20")
  }

  @Test("What is not finite has a name") func special() {
    for text in [
      NumberText.fixed(.nan, decimals: 2), NumberText.significant(.nan, digits: 2),
      NumberText.percent(.nan), NumberText.compact(Double.nan),
    ] {
      #expect(text == "n/a")
    }
    #expect(NumberText.fixed(-.infinity, decimals: 2) == "-inf")
    #expect(NumberText.compact(Double.infinity) == "inf")
  }

  @Test("Significant digits are as many as asked for, unless whole digits are more")
  func significant() {
    #expect(NumberText.significant(0.01234, digits: 2) == "0.012")
    #expect(NumberText.significant(1234.5, digits: 2) == "1234")
    #expect(NumberText.significant(1.5e-9, digits: 2) == "1.5e-9")
    #expect(NumberText.significant(9.996, digits: 3) == "10.0")
    #expect(NumberText.significant(0.0001, digits: 1) == "0.0001")
    #expect(NumberText.significant(0, digits: 3) == "0.00")
    #expect(NumberText.significant(-9.99e-7, digits: 2) == "-1.0e-6")
    #expect(NumberText.significant(.leastNonzeroMagnitude, digits: 3) == "5.00e-324")
    #expect(NumberText.significant(1.7e308, digits: 2) == "1.7e308")
  }

  @Test("Significant digits read back within half of their last digit") func readsBack() {
    var random = Generator(seed: 32)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite, value != 0, value.magnitude < 1e14 else { continue }
      let digits = random.int(1...9)
      let text = NumberText.significant(value, digits: digits)
      let error = ((Double(text) ?? .nan) - value).magnitude / value.magnitude
      #expect(error <= 0.5000001 * pow(10, Double(1 - digits)), "\(value) \(digits) \(text)")
      let figures = text.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }.count
      #expect(figures == digits || value.magnitude >= pow(10, Double(digits)) * 0.9)
    }
  }

  @Test("Compact text has at most five characters below 999 T") func compact() {
    let known: [(Double, String)] = [
      (0, "0"), (999, "999"), (1200, "1.2k"), (35_000, "35k"), (1.2e6, "1.2M"), (4e9, "4.0G"),
      (2.1e12, "2.1T"), (999_499, "999k"), (999_500, "1.0M"), (0.25, "0.2"), (-1250, "-1.2k"),
    ]
    for (value, text) in known { #expect(NumberText.compact(value) == text) }
    #expect(NumberText.compact(12) == "12" && NumberText.compact(Int.max) == "9.22e18")
    var random = Generator(seed: 33)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.magnitude < 9.99e14 else { continue }
      #expect(NumberText.compact(value).count <= 5)
    }
  }

  @Test("A number that does not fit loses decimals, and is never cut in the middle")
  func fitted() {
    #expect(NumberText.fitted(1.284, decimals: 2, width: 6) == "  1.28")
    #expect(NumberText.fitted(-12.84, decimals: 2, width: 5) == "-12.8")
    #expect(NumberText.fitted(1234567, decimals: 2, width: 5) == "1.2e6")
    #expect(NumberText.fitted(1234567, decimals: 2, width: 2) == "##")
    #expect(NumberText.fitted(.nan, decimals: 2, width: 3) == "n/a")
    var random = Generator(seed: 34)
    for _ in 0..<20_000 {
      let width = random.int(-1...12)
      let text = NumberText.fitted(random.value(), decimals: random.int(-1...6), width: width)
      #expect(text.count == max(0, width))
    }
  }

  @Test("A share is a percentage") func percent() {
    #expect(NumberText.percent(0.842) == "84 %" && NumberText.percent(0.5, decimals: 1) == "50.0 %")
    #expect(
      NumberText.padded("漢", width: 4) == "  漢" && NumberText.padded("long", width: 2) == "long")
  }
}
