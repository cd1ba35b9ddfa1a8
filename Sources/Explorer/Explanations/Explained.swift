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

  /// A remark.
  static func note(_ text: String) -> BoxLine { BoxLine(text, Style(.dim)) }
}
