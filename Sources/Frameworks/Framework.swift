public import DropoutEngine

/// One framework's dropout: a row of the table of frameworks.
public struct Framework: Sendable {
  /// The meaning of the number that a person writes.
  public enum Number: String, Sendable {
    /// The probability that a unit is kept: p.
    case keep
    /// The probability that a unit is dropped: 1 - p.
    case drop
  }

  /// The name, with the versions that it is about where they matter.
  public let name: String
  /// The meaning of its number; nil where there is no dropout.
  public let number: Number?
  /// The line that sets dropout up; `{p}` is the keep probability, `{1-p}` the drop rate.
  let template: String
  /// The variant that its dropout is.
  public let variant: Variant
  /// The line for classic dropout, where it has one of its own.
  let classicTemplate: String?
  /// The layer that drops whole channels; nil where there is none of its own.
  let channels: ChannelLayer?
  /// Whether it takes the probability 1 to drop, and then drops everything.
  let dropsAll: Bool
  /// A trap, in a sentence or two: above all versions in which the number's meaning changed.
  public let trap: String?
  /// The address of the page or the source that says so.
  public let source: String

  init(
    _ name: String, _ number: Number?, _ template: String, variant: Variant = .inverted,
    classic: String? = nil, channels: ChannelLayer? = nil, dropsAll: Bool = false,
    trap: String? = nil, source: String
  ) {
    self.name = name
    self.number = number
    self.template = template
    self.variant = variant
    classicTemplate = classic
    self.channels = channels
    self.dropsAll = dropsAll
    self.trap = trap
    self.source = source
  }

  /// The line for a probability; nil where the framework has none for what the variant does.
  public func line(_ probability: KeepProbability, variant: Variant = .inverted) -> String? {
    if variant == .classic, let classicTemplate { return probability.put(into: classicTemplate) }
    return number != nil && variant == self.variant ? probability.put(into: template) : nil
  }
}

/// A framework's layer that drops whole channels.
struct ChannelLayer: Sendable {
  /// The line that sets it up; `{d}` is the number of dimensions of a channel.
  let template: String
  /// The dimensions for which there is one.
  var dimensions = 1...3
  /// The variant that it is.
  var variant = Variant.inverted
}

extension Framework {
  /// The line that drops whole channels, and the variant that it is; nil where there is none.
  ///
  /// - Parameters:
  ///   - probability: the keep probability.
  ///   - dimensions: the dimensions of a channel.
  /// - Returns: the line and its variant.
  public func channelLine(
    _ probability: KeepProbability, dimensions: Int
  ) -> (line: String, variant: Variant)? {
    guard let channels, channels.dimensions.contains(dimensions) else { return nil }
    let template = channels.template.replacing("{d}", with: "\(dimensions)")
    return (probability.put(into: template), channels.variant)
  }
}

/// A keep probability p with the text of p and of 1 - p, to all digits.
public struct KeepProbability: Equatable, Sendable {
  /// p, in (0, 1].
  public let value: Double
  /// p as text.
  public let keep: String
  /// 1 - p as text.
  public let drop: String
  /// 1/p as text, to four digits.
  public let inverse: String

  /// From p.
  public init(keep probability: Double) {
    let text = Self.text(probability)
    self.init(value: probability, keep: text.keep, drop: text.drop, inverse: text.inverse)
  }

  /// From 1 - p, in [0, 1).
  public init(drop rate: Double) {
    let text = Self.text(rate)
    let value = Double(text.drop) ?? 1 - rate
    self.init(
      value: value, keep: text.drop, drop: text.keep, inverse: Self.text(value).inverse)
  }

  private init(value: Double, keep: String, drop: String, inverse: String) {
    self.value = value
    self.keep = keep
    self.drop = drop
    self.inverse = inverse
  }

  /// A text with p in the place of `{p}`, and 1 - p in that of `{1-p}`.
  public func put(into template: String) -> String {
    template.replacing("{p}", with: keep).replacing("{1-p}", with: drop)
  }

  private static func text(_ probability: Double) -> KeepText {
    // Twelve decimals are all that a person writes; 1 - 0.8 has an error in the seventeenth.
    KeepText(probability, decimals: 12) { value in
      value.magnitude >= 10 || value > 1
        ? ParameterText.text((value * 10_000).rounded() / 10_000)
        : ParameterText.text((value * 1e12).rounded() / 1e12)
    }
  }
}
