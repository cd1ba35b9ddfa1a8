import RepeatableRandom
import TerminalCells

/// Random values, areas and texts to draw.
extension Generator {
  /// Any value: ordinary, zero, huge, tiny, infinite or NaN.
  mutating func value() -> Double {
    switch int(0...9) {
    case 0...4: Double.random(in: -3...3, using: &self)
    case 5: Double(int(-1_000_000...1_000_000))
    case 6: element([0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1e-308, 1e-9])
    case 7: element([1e308, -1e308, 1.7e308, -1.7e308, 1e305, 1e15])
    case 8: element([.infinity, -.infinity, .nan])
    default: Double(bitPattern: next())
    }
  }

  mutating func values(atMost count: Int) -> [Double] {
    (0..<int(0...count)).map { _ in value() }
  }

  mutating func range() -> ClosedRange<Double>? {
    guard int(0...2) == 0 else { return nil }
    let (a, b) = (value(), value())
    return a.isNaN || b.isNaN ? nil : min(a, b)...max(a, b)
  }

  /// An area that may be empty, and may lie partly or wholly outside a buffer of 40 x 12.
  mutating func area() -> Rect {
    int(0...3) == 0
      ? Rect(x: int(-5...45), y: int(-5...15), width: int(0...1), height: int(0...1))
      : Rect(x: int(-10...45), y: int(-5...15), width: int(0...50), height: int(0...16))
  }

  /// A line of text with wide, combining and control characters among others.
  mutating func text(atMost count: Int) -> String {
    let pieces = [
      "a", "Z", " ", "é", "e\u{301}", "漢", "😀", "\u{1b}", "\n", "\t", "│", "⣿", "-", "\u{200d}",
    ]
    return (0..<int(0...count)).map { _ in element(pieces) }.joined()
  }

  mutating func glyphs() -> GlyphSet {
    element([GlyphSet.unicode, .ascii, GlyphSet.unicode.adjusted(to: .colors8)])
  }

  mutating func role() -> Role {
    element([
      .text, .training, .test, .extra, .theory, .dim, .classHue(int(-9...9)),
      .heat(hue: int(-9...9), level: int(-3...20)), .diverging(level: int(-20...20)),
      .gray(level: int(-3...40)),
    ])
  }
}
