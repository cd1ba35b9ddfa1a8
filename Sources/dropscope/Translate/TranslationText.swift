import DropoutEngine
import ExperimentFiles
import Frameworks

/// The translation of a line of dropout, as text or Markdown.
struct TranslationText {
  private let reading: DropoutReading
  private let line: String?

  init(_ reading: DropoutReading, line: String?) {
    self.reading = reading
    self.line = line
  }

  /// The lines for a terminal.
  var lines: [String] {
    var lines = line.map { [$0, ""] } ?? []
    lines += (meaning + reading.remarks).flatMap { Prose.lines($0, indent: 0) }
    guard let probability = reading.probability else { return lines + traps(indent: 0) }
    lines += ["", "Here: dropscope \(options(probability))"]
    if reading.variant == .inverted {
      lines += ["", "The same elsewhere:"]
    } else {
      lines += ["", "As it stands, elsewhere:"] + table(same(probability))
      lines += ["", "Inverted dropout with the same p, which most frameworks have:"]
    }
    let traps = traps(indent: 0)
    return lines + table(inverted(probability)) + (traps.isEmpty ? [] : [""] + traps)
  }

  /// The same as a table, with the traps and where they are written.
  var markdown: [String] {
    guard let probability = reading.probability else { return lines }
    let rows = Framework.all.map { framework in
      let line = framework.line(probability, variant: framework.variant)
      let number = framework.number.map { $0 == .keep ? "kept" : "dropped" } ?? ""
      return "| \(framework.name) | \(line.map { "`\($0)`" } ?? "none") | \(number) "
        + "| \(line == nil ? "" : "`\(framework.variant.rawValue)`") "
        + "| [source](\(framework.source)) |"
    }
    let traps = Framework.all.flatMap { framework -> [String] in
      guard let trap = framework.trap else { return [] }
      let lines = Prose.lines(
        "**\(framework.name)**: \(probability.put(into: trap))", width: 98)
      return lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
    }
    return [
      "| framework | the line for p = \(probability.keep) | its number is the share that is "
        + "| here | |", "|---|---|---|---|---|",
    ] + rows + [""] + traps
  }

  // MARK: Parts

  /// The number, and what the line does with it.
  private var meaning: [String] {
    let names = reading.frameworks.map(\.name)
    let also =
      names.count > 1 ? " (the same in \(names.dropFirst().joined(separator: " and ")))" : ""
    let who = names.first.map { "This is \($0)\(also). " } ?? ""
    guard let number = reading.number else { return [who + "It has no dropout."] }
    let event = number == .keep ? "kept" : "dropped"
    guard let probability = reading.probability else {
      return [
        who + "\(reading.text) is the probability that a unit is \(event), whatever its value. "
          + "For the lines of other frameworks give the number, as --\(number.rawValue) P."
      ]
    }
    let both =
      number == .keep
      ? "kept with probability \(probability.keep) and dropped with probability "
        + probability.drop
      : "dropped with probability \(probability.drop) and kept with probability "
        + probability.keep
    let description = VariantDescription(
      reading.variant, keepProbability: probability.value, decimals: 6)
    return [
      who + "A unit is \(both).",
      "That is '\(reading.variant.rawValue)' here (\(description.summary)). In training a unit "
        + "gives \(description.training), at test \(description.test).",
    ]
  }

  private func options(_ probability: KeepProbability) -> String {
    "--keep \(ParameterText.text(probability.value)) --variant \(reading.variant.rawValue)"
  }

  private typealias Row = (name: String, line: String, number: Framework.Number?)

  /// The lines of frameworks that do what the line does, where it is not inverted dropout.
  private func same(_ probability: KeepProbability) -> [Row] {
    let description = VariantDescription(
      reading.variant, keepProbability: probability.value, decimals: 6)
    let byHand: [Row] = [
      ("PyTorch", description.pyTorch, nil), ("Keras", description.keras, nil),
    ]
    return byHand
      + Framework.all.compactMap { framework in
        framework.line(probability, variant: reading.variant).map {
          (framework.name, $0, framework.number)
        }
      }
  }

  private func inverted(_ probability: KeepProbability) -> [Row] {
    Framework.all.map { framework in
      let other = framework.line(probability, variant: framework.variant)
      let line =
        framework.line(probability) ?? other.map { "\($0)   is '\(framework.variant.rawValue)'" }
      return (framework.name, line ?? "has no dropout", framework.number)
    }
  }

  /// Columns: the name, the meaning of the number, and the line.
  private func table(_ rows: [Row]) -> [String] {
    let width = rows.map(\.name.count).max() ?? 0
    return rows.map { row in
      let name = row.name + String(repeating: " ", count: width - row.name.count)
      return "  \(name)  \(row.number?.rawValue ?? "    ")  \(row.line)"
    }
  }

  /// The traps of the frameworks that the line is of.
  private func traps(indent: Int) -> [String] {
    reading.frameworks.flatMap { framework -> [String] in
      guard let trap = framework.trap else { return [] }
      let text = reading.probability?.put(into: trap) ?? trap.replacing("{1-p}", with: reading.text)
      return Prose.lines("\(framework.name): \(text)", indent: indent)
        + ["\(String(repeating: " ", count: indent))  \(framework.source)"]
    }
  }
}
