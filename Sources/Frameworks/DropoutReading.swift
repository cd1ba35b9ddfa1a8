public import DropoutEngine

/// The dropout of a line of code.
public struct DropoutReading: Sendable {
  /// The frameworks in which the line is written like this.
  public let frameworks: [Framework]
  /// The number as it stands in the line, and what it means; nil where there is no dropout.
  public let number: Framework.Number?
  /// The number's text: `0.2`, `args.dropout`.
  public let text: String
  /// The probability; nil where the text is no number.
  public let probability: KeepProbability?
  /// The variant that the line trains and tests by.
  public let variant: Variant
  /// Remarks about this very line, in sentences.
  public let remarks: [String]
}

extension DropoutReading {
  /// Inverted dropout with a probability that was given without a line.
  public init(_ probability: KeepProbability, as number: Framework.Number) {
    self.init(
      frameworks: [], number: number, text: number == .keep ? probability.keep : probability.drop,
      probability: probability, variant: .inverted, remarks: [])
  }
}

/// A reason why a line cannot be translated.
public enum DropoutReadingError: Error, Equatable {
  /// Nothing in the line is about dropout, as far as this program knows.
  case unknown
  /// The number is no probability that something is kept with; the range is in words.
  case notAProbability(text: String, range: String)
}

extension DropoutReading {
  /// Reads a line of code.
  ///
  /// - Parameter line: a line in any framework, such as `nn.Dropout(0.2)` or `keep_prob: 0.8`.
  /// - Returns: the readings; two where the same line means two things in two versions.
  /// - Throws: ``DropoutReadingError``.
  public static func readings(of line: String) throws(DropoutReadingError) -> [DropoutReading] {
    let calls = CodeCall.all(in: line)
    for call in calls {
      let rules = DropoutRule.all.filter { $0.matches(call, line) }
      let found = rules.compactMap { $0.read(call, line) }
      if let first = found.first {
        let sure = first.isDoubtful ? found : [first]
        var readings: [DropoutReading] = []
        for one in sure { readings.append(try reading(one)) }
        return readings
      }
    }
    for arguments in calls.map(\.arguments) + [CodeCall.arguments(Array(line))] {
      for argument in arguments {
        if let found = DropoutRule.byName(argument) { return [try reading(found)] }
      }
    }
    throw .unknown
  }

  private static func reading(
    _ found: DropoutRule.Found
  ) throws(DropoutReadingError) -> DropoutReading {
    var probability: KeepProbability?
    var number = found.number
    var remarks = found.remarks
    if let named = number, let (value, isComplement) = value(found.text) {
      if isComplement {
        number = named == .keep ? .drop : .keep
        remarks.insert(
          "The line subtracts \(found.text.split(separator: "-").last ?? "") from 1.", at: 0)
      }
      switch number {
      case .keep where value > 0 && value <= 1: probability = KeepProbability(keep: value)
      case .drop where value >= 0 && value < 1: probability = KeepProbability(drop: value)
      case .keep: throw .notAProbability(text: found.text, range: "above 0 and at most 1")
      default: throw .notAProbability(text: found.text, range: "from 0 to below 1")
      }
    }
    return DropoutReading(
      frameworks: found.frameworks, number: number, text: found.text, probability: probability,
      variant: found.variant, remarks: remarks)
  }

  /// The number of a text, and whether the text subtracts it from 1; nil for a name.
  private static func value(_ text: String) -> (value: Double, isComplement: Bool)? {
    let text = text.filter { $0 != " " && $0 != "_" }
    for one in ["1-", "1.-", "1.0-", "1.0f-"] where text.hasPrefix(one) {
      return number(String(text.dropFirst(one.count))).map { ($0, true) }
    }
    return number(text).map { ($0, false) }
  }

  /// A number as languages write it: `0.2`, `.2`, `2e-1`, `0.2f`.
  private static func number(_ text: String) -> Double? {
    var text = text
    if let last = text.last, "fFdD".contains(last) { text.removeLast() }
    return ParameterText.number(text)
  }
}
