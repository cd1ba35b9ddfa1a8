/// A variant in words and formulas with the current p put in, and its line in two frameworks.
public struct VariantDescription: Equatable, Sendable {
  /// A description, in a sentence.
  public let summary: String
  /// The output of a unit in training.
  public let training: String
  /// The output of a unit at test.
  public let test: String
  /// The factor of the gradient.
  public let gradient: String
  /// The line in PyTorch; its `Dropout` takes the drop rate, and a mask is drawn above it.
  public let pyTorch: String
  /// The line in Keras; its `Dropout` takes the drop rate.
  public let keras: String
  /// Whether one of the two lines has the drop rate in it.
  public let namesDropRate: Bool
  /// A thing that it is often confused with, and the difference; nil where there is none.
  public let distinction: String?

  /// Describes a variant at a keep probability.
  ///
  /// a is the activation, m its mask, 0 or 1. Frameworks take the drop rate, 1 - p. Numbers have at
  /// most `decimals` decimals, where these suffice.
  public init(_ variant: Variant, keepProbability: Double, decimals: Int = 3) {
    let definition = variant.definition
    let numbers = VariantNumbers(keepProbability: keepProbability, decimals: decimals)
    summary = definition.summary
    training = numbers.filled(definition.training)
    test = numbers.filled(definition.test)
    gradient = numbers.filled(definition.gradient)
    pyTorch = numbers.filled(definition.pyTorch)
    keras = numbers.filled(definition.keras)
    namesDropRate = [definition.pyTorch, definition.keras].contains { $0.contains("{1-p}") }
    distinction = definition.distinction
  }
}

/// The numbers in formulas and framework lines at one keep probability.
private struct VariantNumbers {
  /// The names in braces that a template may have, each with its value.
  let values: [(name: String, text: String)]

  init(keepProbability: Double, decimals: Int) {
    let text = KeepText(keepProbability, decimals: decimals) {
      VariantNumbers.short($0, decimals: decimals)
    }
    values = [
      ("{p}", text.keep), ("{1-p}", text.drop), ("{1/p}", text.inverse),
      ("{1/(1-p)}", text.inverseDrop), ("{(1-p)/p}", text.spread),
    ]
  }

  /// A template with its numbers put in, in brackets where a product needs them.
  func filled(_ template: String) -> String {
    var text = ""
    var rest = Substring(template)
    while let brace = rest.firstIndex(of: "{") {
      text += rest[..<brace]
      rest = rest[brace...]
      guard let value = values.first(where: { rest.hasPrefix($0.name) }) else {
        text.append(rest.removeFirst())
        continue
      }
      rest = rest.dropFirst(value.name.count)
      let isFactor = text.hasSuffix("* ") || text.hasSuffix("times ") || rest.hasPrefix(" *")
      text += isFactor ? KeepText.factor(value.text) : value.text
    }
    return text + rest
  }

  /// A value below a million with a number of decimals at most, without zeros at the end.
  private static func short(_ value: Double, decimals: Int) -> String {
    let one = (0..<decimals).reduce(1) { product, _ in product * 10 }
    let parts = Int(nearest: value * Double(one), in: 0...1_000_000 * one)
    var digits = String(parts % one)
    digits = String(repeating: "0", count: decimals - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return digits.isEmpty ? "\(parts / one)" : "\(parts / one).\(digits)"
  }
}
