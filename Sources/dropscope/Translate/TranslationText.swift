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
    guard reading.effect != .alpha else { return lines }
    if let variant = reading.variant {
      lines += ["", "Here: dropscope \(options(probability, variant))"]
      if variant == .inverted, reading.channelDimensions != nil {
        lines += [
          "With one mask for N units, as for a channel of N: --variant grouped --mask-groups N"
        ]
      }
    }
    if reading.variant == .inverted {
      lines += [
        "",
        reading.channelDimensions == nil
          ? "The same elsewhere:" : "The same elsewhere, where a layer drops whole channels:",
      ]
    } else {
      if let variant = reading.variant, reading.channelDimensions == nil {
        lines += ["", "As it stands, elsewhere:"] + table(same(probability, variant))
      }
      lines += [
        "",
        reading.channelDimensions == nil
          ? "Inverted dropout with the same p, which most frameworks have:"
          : "Layers that drop whole channels, with the same p:",
      ]
    }
    let traps = traps(indent: 0)
    return lines + table(inverted(probability)) + (traps.isEmpty ? [] : [""] + traps)
  }

  /// The same as a table, with the traps and where they are written.
  var markdown: [String] {
    guard let probability = reading.probability else { return lines }
    let dimensions = reading.channelDimensions
    let frameworks = Framework.all.filter { framework in
      dimensions.map { framework.channelLine(probability, dimensions: $0) != nil } ?? true
    }
    let rows = frameworks.map { framework in
      let channels = dimensions.flatMap { framework.channelLine(probability, dimensions: $0) }
      let variant = channels?.variant ?? framework.variant
      let line = channels?.line ?? framework.line(probability, variant: variant)
      let number = framework.number.map { $0 == .keep ? "kept" : "dropped" } ?? ""
      return "| \(framework.name) | \(line.map { "`\($0)`" } ?? "none") | \(number) "
        + "| \(line == nil ? "" : "`\(variant.rawValue)`") "
        + "| [source](\(framework.source)) |"
    }
    let traps = frameworks.flatMap { framework -> [String] in
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
      if case .dropsAll(let atTest) = reading.effect {
        return [
          who + "Every unit is dropped: in training the layer gives 0, whatever goes in, at test "
            + "\(atTest ? "0 too" : "a"). That is allowed, but nothing can be learned through it."
        ]
      }
      return [
        who + "\(reading.text) is the probability that a unit is \(event), whatever its value. "
          + "For the lines of other frameworks give the number, as --\(number.rawValue) P."
      ] + unnumbered
    }
    let both =
      number == .keep
      ? "kept with probability \(probability.keep) and dropped with probability "
        + probability.drop
      : "dropped with probability \(probability.drop) and kept with probability "
        + probability.keep
    if reading.variant == Variant.none {
      return [
        who + "Its number says that a unit is \(both), but this code never drops any: in "
          + "training as at test a unit gives a.",
        "That is '\(Variant.none.rawValue)' here.",
      ]
    }
    if reading.variant == .gaussian {
      let variance = text((1 - probability.value) / probability.value)
      return [
        who + "No unit is dropped: in training each is multiplied by noise of mean 1 and variance "
          + "(1-p)/p = \(variance), as dropout with keep probability p = \(probability.keep) has."
      ] + effect(probability)
    }
    return [who + "A unit is \(both)."] + effect(probability)
  }

  /// The effect in words, where the probability has a name in place of a number.
  private var unnumbered: [String] {
    switch reading.effect {
    case .variant(.none): ["But this code never drops any unit."]
    case .variant(let variant):
      [
        "That is '\(variant.rawValue)' here "
          + "(\(VariantDescription(variant, keepProbability: 0.5).summary))."
      ]
    case .always(let inTraining, let variant):
      [
        "In training as at test it does what '\(variant.rawValue)' does "
          + "\(inTraining ? "in training" : "at test"); no variant here does that."
      ]
    case .factor(let factor):
      [
        "In training a unit that is kept is multiplied by \(text(factor)). That is 'inverted' if "
          + "it is 1/p, and a bug if it is not."
      ]
    case .divided(let divisor):
      [
        "In training a unit that is kept is divided by \(divisor). That is 'inverted' if that is "
          + "the probability to keep, and a bug if it is not."
      ]
    case .alpha, .dropsAll: []
    }
  }

  /// A unit's output in training and at test.
  private func effect(_ probability: KeepProbability) -> [String] {
    func description(_ variant: Variant) -> VariantDescription {
      VariantDescription(variant, keepProbability: probability.value, decimals: 6)
    }
    switch reading.effect {
    case .variant(let variant):
      let words = description(variant)
      return [
        "That is '\(variant.rawValue)' here (\(words.summary)). In training a unit gives "
          + "\(words.training), at test \(words.test)."
      ]
    case .always(let inTraining, let variant):
      let words = description(variant)
      return [
        "In training as at test a unit gives \(inTraining ? words.training : words.test): it is "
          + "half of '\(variant.rawValue)', and no variant here does that."
      ]
    case .factor(let factor):
      let ratio = factor * probability.value
      return [
        "In training a unit that is kept is multiplied by \(text(factor)), where 1/p is "
          + "\(probability.inverse); at test nothing is. On average over masks, training gives "
          + "\(text(ratio)) times what testing gives. That is a bug, where no other line makes up "
          + "for it. No variant here does that."
      ]
    case .divided(let divisor):
      return [
        "In training a unit that is kept is divided by \(divisor). That is 'inverted' if that is "
          + "the probability to keep, and a bug if it is not."
      ]
    case .alpha, .dropsAll: return []
    }
  }

  /// A factor to six decimals.
  private func text(_ factor: Double) -> String {
    factor.magnitude < 1e-3 || factor.magnitude > 1e6
      ? ParameterText.text(factor) : ParameterText.text((factor * 1e6).rounded() / 1e6)
  }

  private func options(_ probability: KeepProbability, _ variant: Variant) -> String {
    "--keep \(ParameterText.text(probability.value)) --variant \(variant.rawValue)"
  }

  private typealias Row = (name: String, line: String, number: Framework.Number?)

  /// The lines of frameworks that do what the line does, where it is not inverted dropout.
  private func same(_ probability: KeepProbability, _ variant: Variant) -> [Row] {
    let description = VariantDescription(
      variant, keepProbability: probability.value, decimals: 6)
    let byHand: [Row] = [
      ("PyTorch", description.pyTorch, nil), ("Keras", description.keras, nil),
    ]
    return byHand
      + Framework.all.compactMap { framework in
        framework.line(probability, variant: variant).map {
          (framework.name, $0, framework.number)
        }
      }
  }

  private func inverted(_ probability: KeepProbability) -> [Row] {
    if let dimensions = reading.channelDimensions {
      return Framework.all.compactMap { framework in
        framework.channelLine(probability, dimensions: dimensions).map { line, variant in
          let name = variant == .inverted ? "" : "   is '\(variant.rawValue)'"
          return (framework.name, line + name, framework.number)
        }
      }
    }
    return Framework.all.map { framework in
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
