import TerminalCells

/// A namespace of formulas of one panel; it adds the words that all formulas share.
protocol Formulas {}

extension Formulas {
  /// A number as formulas write it.
  static func number(_ value: Double, _ decimals: Int = 4) -> String {
    NumberText.fixed(value, decimals: decimals)
  }

  /// A factor of a mask or of a pass.
  static func factor(_ value: Float) -> String { NumberText.factor(Double(value), decimals: 3) }

  /// The heading of some formulas.
  static func title(_ text: String) -> BoxLine { BoxLine(text, Style(.title)) }

  /// The line in place of numbers that are being measured.
  static var pending: [BoxLine] { [BoxLine(PanelFrame.pendingText)] }

  /// A sum of products written out: `0.31*1.20 - 0.4*0.00 + ...`.
  static func products(_ weights: [Double], _ values: [Double]) -> String {
    var text = ""
    for (weight, value) in zip(weights, values) {
      let factor = number(weight.magnitude, 3)
      let sign = weight < 0 ? (text.isEmpty ? "-" : " - ") : (text.isEmpty ? "" : " + ")
      text += sign + factor + "*" + number(value, 3)
    }
    return text.isEmpty ? "0" : text
  }

  /// A sum of products written out, its largest terms first where there are more than some; terms
  /// that are 0 are counted.
  static func largestProducts(
    _ first: [Double], _ second: [Double], atMost most: Int, digits: (Double) -> String
  ) -> String {
    let terms = first.indices.filter { first[$0] * second[$0] != 0 }
    let largest = terms.sorted {
      (first[$0] * second[$0]).magnitude > (first[$1] * second[$1]).magnitude
    }
    let shown = terms.count > most ? Array(largest.prefix(most)) : terms
    var text = ""
    for index in shown {
      let sign = (first[index] < 0) != (second[index] < 0)
      text += text.isEmpty ? (sign ? "-" : "") : (sign ? " - " : " + ")
      text += digits(first[index].magnitude) + "*" + digits(second[index].magnitude)
    }
    let zeros = first.count - terms.count
    func count(_ number: Int, _ singular: String, _ plural: String) -> String {
      "\(number) \(number == 1 ? singular : plural)"
    }
    if shown.count < terms.count {
      text += " + " + count(terms.count - shown.count, "smaller term", "smaller terms")
    }
    if zeros > 0 {
      text += (text.isEmpty ? "" : " + ") + count(zeros, "zero term", "zero terms")
    }
    return text.isEmpty ? "0" : text
  }
}
