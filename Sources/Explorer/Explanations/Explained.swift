import TerminalCells

/// The words that explanations of numbers share.
enum Explained: Formulas {
  /// The number of an explanation and its name, as its first line.
  static func head(_ name: String, _ value: String) -> BoxLine {
    title("\(name) = \(value)")
  }

  /// The meaning of a number, in a sentence.
  static func gloss(_ text: String) -> BoxLine { BoxLine(text) }

  /// A formula, with its values put in.
  static func formula(_ text: String) -> BoxLine { BoxLine("  " + text, Style(.strong)) }

  /// A sum of products with its largest ones put in.
  static func sum(_ weights: [Double], _ values: [Double], _ total: Double) -> BoxLine {
    let added = zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
    // Terms that other factors change do not stand for the sum.
    guard (added - total).magnitude < 1e-4 * max(1, total.magnitude) else {
      return formula("= \(number(total))")
    }
    let products = largestProducts(weights, values, atMost: 3) { number($0, 3) }
    return formula("\(products) = \(number(total))")
  }

  /// A remark.
  static func note(_ text: String) -> BoxLine { BoxLine(text, Style(.dim)) }
}
