import CLibrary
import DropoutLaws

extension LawFormat {
  private static let indent = 6

  /// The lines of a law for a person: verdict, name and numbers, then the statement and the
  /// evidence.
  static func table(_ outcome: LawOutcome, after previous: LawOutcome?) -> [String] {
    var lines: [String] = []
    if outcome.topic != previous?.topic {
      if previous != nil { lines.append("") }
      lines.append(outcome.topic.rawValue.uppercased())
      lines.append(row("", "law", ["measured", "expected", "error", "tolerance"]))
    }
    let verdict = outcome.holds ? "holds" : "FAILS"
    if let worst = outcome.worst {
      lines.append(
        row(
          verdict, outcome.law,
          [
            number(worst.measured, digits: 5),
            (worst.relation == .equal ? "" : worst.relation.rawValue)
              + number(worst.expected, digits: 5),
            number(worst.error, digits: 2), number(worst.tolerance, digits: 2),
          ]))
    } else {
      lines.append(row(verdict, outcome.law, ["n/a", "n/a", "n/a", "n/a"]))
    }
    lines += Prose.lines("\(outcome.statement) [\(outcome.source)]", indent: indent)
    lines += Prose.lines(evidence(outcome), indent: indent)
    return lines
  }

  /// The measured quantity, the number of draws and their spread.
  private static func evidence(_ outcome: LawOutcome) -> String {
    if let obstacle = outcome.obstacle { return "FAILS: \(obstacle)" }
    guard let worst = outcome.worst else { return "" }
    var text = outcome.quantities == 1 ? "" : "worst of \(outcome.quantities): "
    text += worst.quantity
    if let sampling = worst.sampling {
      text += "; \(sampling.samples) samples, sigma \(number(sampling.sigma, digits: 2))"
    }
    if !outcome.holds {
      text =
        "FAILS: \(text); the error is \(number(worst.error / worst.tolerance, digits: 2)) "
        + "tolerances"
    }
    return text
  }

  private static func row(_ verdict: String, _ name: String, _ numbers: [String]) -> String {
    let widths = [11, 11, 9, 10]
    return padded(verdict, to: indent) + padded(name, to: 26)
      + zip(numbers, widths).map { text, width in
        String(repeating: " ", count: max(1, width - text.count)) + text
      }.joined()
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func number(_ value: Double, digits: Int) -> String {
    guard !value.isNaN else { return "n/a" }
    return withVaList([Int32(digits), value]) { arguments in
      var text = [CChar](repeating: 0, count: 32)
      let length = vsnprintf(&text, text.count, "%.*g", arguments)
      return String(decoding: text.prefix(Int(length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }
}
