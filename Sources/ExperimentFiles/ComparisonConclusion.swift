import DropoutEngine
public import DropoutMeasure

/// The conclusions that the seeds allow about two variants.
public enum ComparisonConclusion {
  /// A sentence that compares a variant's test loss with that of the first variant.
  public static func sentence(_ member: ComparisonMember, in group: ComparisonGroup) -> String {
    guard let reference = member.reference, let difference = member.differences[.testLoss] else {
      return ""
    }
    let name = member.variant.rawValue
    let other = reference.rawValue
    let text: String
    if difference.pairs == 0 {
      text =
        "\(name): no seed has a finite test loss both here and with \(other), so nothing can be "
        + "concluded."
    } else if difference.pairs == 1 {
      text =
        "\(name): one pair of seeds only (\(ComparisonFormat.signed(difference.mean)) in test loss "
        + "against \(other)); there is no interval, and nothing can be concluded about other seeds."
    } else if difference.isConstant, difference.mean == 0 {
      text =
        "\(name): the same test loss as \(other) in each of \(difference.pairs) seeds, to the last "
        + "bit."
    } else if difference.isConstant {
      text =
        "\(name): the test loss differs from that of \(other) by "
        + "\(ComparisonFormat.signed(difference.mean)) in each of "
        + "\(difference.pairs) seeds alike, so an interval says nothing."
    } else {
      text = interval(difference, name: name, other: other)
    }
    let lost =
      member.seeds.count - difference.pairs
    guard lost > 0, difference.pairs > 0 else { return text }
    return text
      + " \(lost) of its seeds \(lost == 1 ? "is" : "are") not in this: one of the two has no "
      + "finite loss there, or is not finished."
  }

  private static func interval(
    _ difference: PairedDifference, name: String, other: String
  ) -> String {
    let direction = difference.mean < 0 ? "lower" : "higher"
    let size = number(difference.mean.magnitude)
    let range =
      "\(signed(difference.low)) to \(signed(difference.high)), \(difference.pairs) paired seeds"
    if difference.crossesZero {
      return
        "\(name): test loss \(size) \(direction) than \(other) on average, but the interval "
        + "(\(range)) crosses 0: these seeds do not tell the two apart, which is not to say that "
        + "they are equal."
    }
    return
      "\(name): test loss \(direction) than \(other) by \(size); the interval (\(range)) does not "
      + "contain 0: these seeds tell the two apart, on these data, with this network and these "
      + "settings."
  }

  /// Four decimals, or two significant digits where four decimals would all be 0.
  private static func number(_ value: Double) -> String {
    value.magnitude >= 0.001 || value == 0 ? MetricsFormat.short(value) : twoDigits(value)
  }

  private static func signed(_ value: Double) -> String {
    value > 0 ? "+\(number(value))" : number(value)
  }

  private static func twoDigits(_ value: Double) -> String {
    guard value.isFinite else { return MetricsFormat.short(value) }
    let exponent = value.exponentOfTen
    let scale = ElementaryFunctions.power(10, 1 - exponent)
    let digits = (value * scale).rounded() / 10
    return "\(digits)e\(exponent)"
  }
}

extension Double {
  /// The power of ten of the first digit, for numbers below 1.
  fileprivate var exponentOfTen: Int {
    var exponent = 0
    var power = 1.0
    while power > magnitude, exponent > -300 {
      power /= 10
      exponent -= 1
    }
    return exponent
  }
}
