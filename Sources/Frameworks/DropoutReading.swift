public import DropoutEngine

/// The dropout of a piece of code, as one framework means it.
public struct DropoutReading: Sendable {
  /// The frameworks in which the code is written like this.
  public let frameworks: [Framework]
  /// The number as it stands in the code, and what it means; nil where there is no dropout.
  public let number: Framework.Number?
  /// The number's text: `0.2`, `args.dropout`.
  public let text: String
  /// The keep probability; nil where the text is no number, and where everything is dropped.
  public let probability: KeepProbability?
  /// A unit's treatment in training and at test.
  public let effect: DropoutEffect
  /// Remarks about this very code, in sentences.
  public let remarks: [String]
  /// The dimensions of the channels that are dropped as a whole; nil where single units are.
  public var channelDimensions: Int?
}

extension DropoutReading {
  /// Inverted dropout with a probability that was given without a line.
  public init(_ probability: KeepProbability, as number: Framework.Number) {
    self.init(
      frameworks: [], number: number, text: number == .keep ? probability.keep : probability.drop,
      probability: probability, effect: .variant(.inverted), remarks: [])
  }

  /// The variant that the code trains and tests by; nil where no variant does what it does.
  public var variant: Variant? {
    if case .variant(let variant) = effect { variant } else { nil }
  }
}

/// A reason why a line cannot be translated.
public enum DropoutReadingError: Error, Equatable {
  /// Nothing in the line is about dropout, as far as this program knows.
  case unknown
  /// The number is no probability to keep, or to drop; the range is in words.
  case notAProbability(text: String, Framework.Number, range: String)
  /// A named probability of a call, which the framework does not have under this name.
  case unknownArgument(name: String, call: String)
  /// A call without its number, which has no value where none stands.
  case noNumber(call: String)
  /// Arguments that a call takes out of a list or a dictionary, which the line does not show.
  case unpackedArgument(text: String, call: String)
}

extension DropoutReading {
  /// Gives a find its numbers.
  init(_ found: DropoutRule.Found) throws(DropoutReadingError) {
    var (number, remarks, effect) = (found.number, found.remarks, found.effect)
    let written = CodeNumber(found.text)
    var probability: KeepProbability?
    if let named = number, let given = written.given {
      if written.isComplement {
        number = named == .keep ? .drop : .keep
        remarks.insert("The line subtracts \(written.text) from 1.", at: 0)
      }
      let dropping = found.frameworks.filter(\.dropsAll)
      switch number {
      case .keep where given > 0 && given <= 1: probability = KeepProbability(keep: given)
      case .drop where given >= 0 && given < 1: probability = KeepProbability(drop: given)
      case .drop where given == 1 && !dropping.isEmpty:
        self.init(
          frameworks: dropping, number: number, text: written.text, probability: nil,
          effect: effect == .variant(.none)
            ? effect : .dropsAll(atTest: effect == .variant(.leftOnAtTest)), remarks: remarks)
        return
      case .keep?:
        throw .notAProbability(text: found.text, .keep, range: "above 0 and at most 1")
      case .drop?, nil:
        throw .notAProbability(
          text: found.text, .drop, range: dropping.isEmpty ? "from 0 to below 1" : "from 0 to 1")
      }
    }
    if let probability, case .factor(let factor) = effect {
      effect = Self.effect(factor: factor, keep: probability.value)
    }
    self.init(
      frameworks: found.frameworks, number: number, text: found.text, probability: probability,
      effect: effect, remarks: remarks, channelDimensions: found.channelDimensions)
  }

  /// The effect of a factor in training, with rounding left out.
  private static func effect(factor: Double, keep: Double) -> DropoutEffect {
    if (factor * keep - 1).magnitude < 1e-12 { return .variant(.inverted) }
    if factor == 1 { return .variant(.unscaled) }
    return (factor * (1 - keep) - 1).magnitude < 1e-12 ? .variant(.dropScaled) : .factor(factor)
  }
}
