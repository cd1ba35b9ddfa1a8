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

  /// A sum of products with the first ones put in: `0.52 * 1.20 + 0.31 * 0.80 + 3 more = 1.92`.
  static func sum(_ terms: [(Double, Double)], _ total: Double) -> BoxLine {
    let there = terms.filter { $0.0 * $0.1 != 0 }
    let added = there.reduce(0) { $0 + $1.0 * $1.1 }
    // Terms that other factors change do not stand for the sum.
    guard (added - total).magnitude < 1e-4 * max(1, total.magnitude) else {
      return formula("= \(number(total))")
    }
    var parts = there.prefix(3).map { "\(number($0.0, 2)) * \(number($0.1, 2))" }
    if there.count > 3 { parts.append("\(there.count - 3) more") }
    return formula((parts.isEmpty ? "0" : parts.joined(separator: " + ")) + " = \(number(total))")
  }

  /// A remark.
  static func note(_ text: String) -> BoxLine { BoxLine(text, Style(.dim)) }
}
