/// Recordings for tests: a small writer of its own, which shares nothing with the reader.
///
/// The numbers are made up, and the same each time. Gap 1 drops and scales nothing, so that the
/// sums of layer 1 are larger at test; gap 2 is right.
package struct RecordingSample: Sendable {
  /// The number of layers.
  package var layers = 3
  /// The units of a layer that are shown.
  package var shown = 8
  /// The class of the model.
  package var model = "MLP"
  /// The process of the training.
  package var process = 4711
  /// The name in front of the number of a layer.
  package var prefix = "fc"
  /// Whether gap 1 is right, too.
  package var isRight = false
  /// The share that gaps 1 and 2 keep.
  package var keep = 0.7

  package init() {}

  /// The header.
  package var header: String {
    let all = (0..<layers).map { layer in
      "{\"name\": \"\(prefix)\(layer + 1)\", \"call\": 1, \"kind\": \"Linear\", \"inputs\": 32, "
        + "\"units\": 32, \"shape\": [32], \"source\": \"train.py:\(14 + layer)\", "
        + "\"shown inputs\": \(shownList), \"shown units\": \(shownList)}"
    }
    return "{\"recording\": 1, \"program\": \"0.1.0\", \"python\": \"3.11.7\", "
      + "\"frameworks\": {\"torch\": \"2.13.0+cpu\"}, \"started\": \"2026-01-02T03:04:05Z\", "
      + "\"model\": \"\(model)\", \"process\": \(process), \"examples\": 32, \"passes\": 4, "
      + "\"budget\": 0.02, \"every\": null, \"layers\": [" + all.joined(separator: ", ") + "]}"
  }

  private var shownList: [Int] { (0..<shown).map { $0 * 3 } }

  /// A look; each one judges where `judges` says so.
  package func look(_ number: Int, judges: Bool = true) -> String {
    let step = number * 40
    let decay = 1 / (1 + Double(number) / 10)
    var line =
      "{\"look\": \(number), \"step\": \(step), \"seconds\": \(Self.text(Double(number) / 8))"
    line += ", \"spent\": \(Self.text(Double(number) / 400)), \"loss\": {\"batch\": "
    line += Self.text(0.7 * decay) + ", \"train\": " + Self.text(0.6 * decay + 0.05)
    line += ", \"test\": " + Self.text(0.5 * decay + 0.1) + "}, \"layers\": {\"divergence\": ["
    line += column { isWrong($0) ? 0.43 + 0.01 * Double(number % 5) : 0.01 + 0.002 * Double($0) }
    line += "], \"floor\": [" + column { 0.01 + 0.001 * Double($0) } + "], \"ratio\": ["
    line += column { isWrong($0) ? 0.7 : 1 } + "]}, \"units\": ["
    line += (0..<layers).map { units($0, number) }.joined(separator: ", ")
    line += "], \"masks\": [" + masks(number) + "]"
    if judges { line += ", \"gaps\": \(gaps(number)), \"findings\": \(findings)" }
    return line + ", \"calls\": {\"train\": \(step), \"backward\": \(step), \"eval\": 0, "
      + "\"eval with gradient\": 0}}"
  }

  /// The last line.
  package func end(looks: Int) -> String {
    "{\"end\": \"closed\", \"step\": \(looks * 40), \"looks\": \(looks), \"seconds\": 12.5}"
  }

  /// A whole recording.
  package func text(looks: Int, isClosed: Bool = true) -> String {
    var lines = [header] + (1...max(1, looks)).prefix(looks).map { look($0) }
    if isClosed { lines.append(end(looks: looks)) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func isWrong(_ layer: Int) -> Bool { layer >= 1 && !isRight }

  private func column(_ value: (Int) -> Double) -> String {
    (0..<layers).map { Self.text(value($0)) }.joined(separator: ", ")
  }

  private func units(_ layer: Int, _ number: Int) -> String {
    let test = (0..<shown).map { unit in
      Double((unit * 7 + layer * 3) % 11 - 5) / 2 + Double(number % 3) / 10
    }
    let training = test.map { isWrong(layer) ? $0 * keep : $0 }
    func list(_ values: [Double]) -> String {
      "[" + values.map(Self.text).joined(separator: ", ") + "]"
    }
    let step = training.enumerated().map { $0.element + Double(($0.offset + number) % 5 - 2) / 10 }
    return "{\"layer\": \(layer), \"step\": \(list(step)), \"train\": \(list(training)), \"sd\": "
      + list(test.map { _ in 0.15 }) + ", \"test\": \(list(test))}"
  }

  private func masks(_ number: Int) -> String {
    (1..<max(1, min(3, layers))).map { gap in
      let kept = (0..<shown).map { unit in
        unit == 5 ? "?" : (unit * 5 + number * 3 + gap) % 10 < Int(keep * 10) ? "1" : "0"
      }
      return "{\"gap\": \(gap), \"kept\": \"\(kept.joined())\"}"
    }.joined(separator: ", ")
  }

  private func gaps(_ number: Int) -> String {
    func list(_ value: (Int) -> String) -> String {
      "[" + (0...layers).map(value).joined(separator: ", ") + "]"
    }
    func drops(_ gap: Int) -> Bool { gap == 1 || gap == 2 }
    return "{\"verdict\": "
      + list { gap in
        drops(gap) ? gap == 1 && !isRight ? "\"unscaled\"" : "\"right\"" : "\"none\""
      } + ", \"keep\": " + list { drops($0) ? Self.text(keep) : "1" } + ", \"error\": "
      + list { drops($0) ? Self.text(0.4 / Double(number)) : "null" } + ", \"factor\": "
      + list { gap in drops(gap) && (gap == 2 || isRight) ? Self.text(1 / keep) : "1" }
      + ", \"draws\": " + list { drops($0) ? "\(number * 1000)" : "null" } + "}"
  }

  private var findings: String {
    guard !isRight, layers > 1 else { return "[]" }
    return """
      [{"severity": "bug", "verdict": "unscaled", "gap": 1, "where": "between \(prefix)1 and \
      \(prefix)2", "source": "train.py:21", "sentence": "keep 0.70, nothing is scaled: sums at \
      test are 1.43 times those in training.", "cure": "Divide by 0.70 in training, or use \
      nn.Dropout(0.3)."}]
      """
  }

  /// A number with four digits.
  private static func text(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }
}
